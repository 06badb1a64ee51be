import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { type CompileOptions, compile, createState, optimizerVariables, type State } from '../src/index.js'
import { tf } from './eager.js'
import { uniformArray } from './numbers.js'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
const megabyte = 2 ** 20

const [batch, size, code] = [8, 32, 8]
const inputs = { x: { shape: [batch, size], dtype: 'float32' } } as const
const batches = Array.from({ length: 50 }, (_, index) => uniformArray(index, batch * size, 0, 1))

afterEach(() => tf.disposeVariables())

interface Memory {
  /** JavaScript objects. */
  readonly heap: number
  /** What they hold outside the heap: buffers, WebAssembly memories. */
  readonly external: number
  /** All that the process has, ONNX Runtime's share among it. */
  readonly resident: number
}

/** Measures in megabytes, once the garbage collector and whatever waits for it have had their turns. */
async function measureMemory(): Promise<Memory> {
  for (let turn = 0; turn < 4; turn++) {
    collectGarbage()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heap: heapUsed / megabyte, external: external / megabyte, resident: rss / megabyte }
}

function expectGrowthBelow(before: Memory, after: Memory, most: Memory): void {
  for (const kind of ['heap', 'external', 'resident'] as const) {
    expect(after[kind] - before[kind], `${kind} grew from ${before[kind]} MB to ${after[kind]} MB`).toBeLessThan(most[kind])
  }
}

/** A dense autoencoder in training with Adam. */
function makeTraining() {
  const draw = (seed: number, shape: [number, number]) =>
    tf.tidy(() => tf.variable(tf.tensor2d(uniformArray(seed, size * code, -0.3, 0.3), shape)))
  const parameters = { encoder: draw(1, [size, code]), decoder: draw(2, [code, size]) }
  const optimizer = tf.train.adam(0.01)
  const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) })
  const step = ({ x }: { readonly x: tf.Tensor }) => {
    const reconstruct = () => tf.sigmoid(tf.matMul(tf.tanh(tf.matMul(x, parameters.encoder)), parameters.decoder))
    const loss = optimizer.minimize(() => tf.losses.meanSquaredError(x, reconstruct()), true, Object.values(parameters))
    return { loss: loss as tf.Scalar }
  }
  return { state, step }
}

type Step = ReturnType<typeof makeTraining>['step']
/** The ways to compute a step. */
const ways = [
  ['whole', { threads: 1 }],
  ['by halves on one thread', { threads: 1, step: 'halves' }],
  ['by halves on two threads', { threads: 2, step: 'halves' }],
] as const satisfies readonly (readonly [string, Pick<CompileOptions<never>, 'threads' | 'step'>])[]
type Way = (typeof ways)[number][1]
const compileStep = (step: Step, state: State, way: Way) => compile(step, { state, inputs, ...way })

describe('memory', () => {
  it.each(ways)('does not grow in 10,000 training steps, %s', async (_, way) => {
    const { state, step } = makeTraining()
    const compiled = await compileStep(step, state, way)
    const train = async (count: number) => {
      let loss = Number.NaN
      for (let index = 0; index < count; index++)
        loss = (await compiled.run({ x: batches[index % batches.length] as Float32Array })).loss[0] ?? Number.NaN
      return loss
    }
    const first = await train(1)
    await train(3_000)
    const tensors = tf.memory().numTensors
    const before = await measureMemory()
    const last = await train(10_000)
    expectGrowthBelow(before, await measureMemory(), { heap: 2, external: 2, resident: 32 })
    expect(last).toBeLessThan(first)
    expect(tf.memory().numTensors).toBe(tensors)
    await compiled.dispose()
  })

  it.each(ways)('does not grow when 100 functions are compiled, run and disposed of, %s', async (_, way) => {
    const { state, step } = makeTraining()
    const compileOften = async (count: number) => {
      for (let index = 0; index < count; index++) {
        const compiled = await compileStep(step, state, way)
        await compiled.run({ x: batches[0] as Float32Array })
        await compiled.dispose()
      }
    }
    await compileOften(30)
    const tensors = tf.memory().numTensors
    const before = await measureMemory()
    await compileOften(100)
    expectGrowthBelow(before, await measureMemory(), { heap: 4, external: 4, resident: 48 })
    expect(tf.memory().numTensors).toBe(tensors)
  })
})
