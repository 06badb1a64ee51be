import { env } from 'onnxruntime-web'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type CompileOptions, compile, createState, optimizerVariables } from '../../src/index.js'
import { tf } from '../eager.js'
import { uniformArray } from '../numbers.js'

const [size, batch, inputs] = [260, 2, { x: { shape: [2, 260], dtype: 'float32' } }] as const

afterEach(() => tf.disposeVariables())

/** A linear autoencoder with Adam whose weights outweigh its batch. */
function makeTraining() {
  const draw = (seed: number) => tf.tidy(() => tf.variable(tf.tensor2d(uniformArray(seed, size * size, -0.1, 0.1), [size, size])))
  const parameters = { encoder: draw(1), decoder: draw(2), bias: tf.tidy(() => tf.variable(tf.zeros([size]))) }
  const optimizer = tf.train.adam(0.01)
  const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) })
  const step = ({ x }: { readonly x: tf.Tensor }) => {
    const reconstruct = () => tf.add(tf.matMul(tf.matMul(x, parameters.encoder), parameters.decoder), parameters.bias)
    return { loss: optimizer.minimize(() => tf.losses.meanSquaredError(x, reconstruct()), true, Object.values(parameters)) as tf.Scalar }
  }
  return { state, step }
}

type Options = Pick<CompileOptions<never>, 'step' | 'threads' | 'resumes'>

async function train(options: Options, steps = 20) {
  const { state, step } = makeTraining()
  const compiled = await compile(step, { state, inputs, ...options })
  const losses: number[] = []
  for (let index = 0; index < steps; index++) {
    losses.push((await compiled.run({ x: uniformArray(index, batch * size, 0, 1) })).loss[0] ?? Number.NaN)
  }
  await compiled.dispose()
  return { losses, snapshot: state.snapshot(), step: compiled.step }
}

describe('a step whose weights outweigh its batch', () => {
  it('is computed whole with its update divided, with the bits of ONNX Runtime on two threads, whatever the number of threads', async () => {
    const whole = await train({ step: 'whole', threads: 2 })
    for (const threads of [1, 2]) {
      const divided = await train({ step: 'halves', threads })
      expect(divided.step).toEqual({ kind: 'dividedUpdate', threads, reasons: [] })
      expect(divided.losses).toEqual(whole.losses)
      expect(divided.snapshot).toEqual(whole.snapshot)
    }
  })

  it('has no more threads in WebAssembly than it was given: a page may not be able to start them', async () => {
    vi.stubEnv('HOURGLASS_ONNX_RUNTIME', 'wasm')
    expect((await train({ step: 'halves', threads: 1 }, 1)).step).toEqual({ kind: 'dividedUpdate', threads: 1, reasons: [] })
    expect(env.wasm.numThreads).toBe(1)
    vi.unstubAllEnvs()
  })
})

describe('a state that goes on', () => {
  it('does so by the kind of step that it began with, or is told that it cannot', async () => {
    expect((await train({ resumes: 'dividedUpdate', threads: 1 }, 1)).step.kind).toBe('dividedUpdate')
    expect((await train({ resumes: 'whole' }, 1)).step.kind).toBe('whole')
    for (const options of [
      { resumes: 'halves' },
      { resumes: 'whole', step: 'halves' },
      { resumes: 'dividedUpdate', step: 'whole' },
    ] as const) {
      await expect(train(options)).rejects.toMatchObject({ code: 'STEP_MISMATCH' })
    }
    await expect(train({ resumes: 'thirds' as never })).rejects.toMatchObject({ code: 'INVALID_OPTION' })
  })

  it('says what does not allow halves any more', async () => {
    const weights = tf.tidy(() => tf.variable(tf.ones([3])))
    const step = ({ x }: { readonly x: tf.Tensor }) => {
      weights.assign(tf.sub(weights, tf.max(x, 0)) as tf.Tensor1D)
      return { loss: tf.sum(weights) }
    }
    const compiling = compile(step, {
      state: createState({ weights }),
      inputs: { x: { shape: [4, 3], dtype: 'float32' } },
      resumes: 'halves',
    })
    await expect(compiling).rejects.toThrow(
      /to go on as it began, halves, got whole: ReduceMax\(float32\[4,3\], int64\[1\]\) combines all examples/,
    )
  })
})
