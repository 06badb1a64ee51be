import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEngine } from '../../src/engines/createEngine.js'
import { locateTensorflow } from '../../src/engines/locateTensorflow.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'
import { type PresentEngine, presentEngines, withEngine } from './presentEngines.js'

beforeEach(activateCpuBackend)
afterEach(() => tf.disposeVariables())

const scalars = { x: { shape: [2], dtype: 'float32' } } as const

async function createCounter(name: PresentEngine['name']) {
  const engine = await createEngine(name, { threads: 1 })
  const total = tf.tidy(() => tf.variable(tf.tensor1d([10, 20])))
  const state = engine.createState({ total })
  const add = await state.compile(({ x = tf.scalar(0) }) => {
    total.assign(tf.add(total, x) as tf.Tensor1D)
    return { sum: tf.sum(total) }
  }, scalars)
  const scale = await state.compile(({ x = tf.scalar(0) }) => ({ scaled: tf.mul(total, x) }), scalars)
  return { engine, state, add, scale }
}

for (const present of presentEngines) {
  const { title, name, missing } = present
  describe.skipIf(missing)(`the engine ${title}${missing ? ` (skipped: ${missing})` : ''}`, () => {
    const it = (behaviour: string, body: () => Promise<void>) => test(behaviour, () => withEngine(present, body))
    it('shares one state between functions, and keeps what they assign', async () => {
      const { engine, state, add, scale } = await createCounter(name)
      expect(engine.name).toBe(name)
      expect(await add.run({ x: Float32Array.of(1, 2) })).toEqual({ sum: Float32Array.of(33) })
      expect(await add.run({ x: Float32Array.of(1, 2) })).toEqual({ sum: Float32Array.of(36) })
      expect(await scale.run({ x: Float32Array.of(-1, 0.5) })).toEqual({ scaled: Float32Array.of(-12, 12) })
      expect(state.snapshot()).toEqual({ total: { shape: [2], values: Float32Array.of(12, 24) } })
    })

    it('takes a snapshot that later runs leave alone, and goes back to it', async () => {
      const { state, add } = await createCounter(name)
      const snapshot = state.snapshot()
      const x = Float32Array.of(5, 5)
      await add.run({ x })
      x.fill(0)
      expect(snapshot).toEqual({ total: { shape: [2], values: Float32Array.of(10, 20) } })
      state.restore(snapshot)
      expect(await add.run({ x })).toEqual({ sum: Float32Array.of(30) })
    })

    it('refuses inputs of another length', async () => {
      const { add } = await createCounter(name)
      await expect(add.run({ x: new Float32Array(3) })).rejects.toThrow(/input x: expected 2 values/)
    })
  })
}

/** Runs with another version of Node, as far as anyone can tell. */
function withNode(node: string, body: () => void): void {
  const versions = Object.getOwnPropertyDescriptor(process, 'versions') ?? {}
  Object.defineProperty(process, 'versions', { ...versions, value: { ...process.versions, node } })
  try {
    body()
  } finally {
    Object.defineProperty(process, 'versions', versions)
  }
}

describe('the engine tensorflow', () => {
  const before = process.env.HOURGLASS_TENSORFLOW
  afterEach(() => {
    if (before === undefined) delete process.env.HOURGLASS_TENSORFLOW
    else process.env.HOURGLASS_TENSORFLOW = before
  })

  test('is unavailable where its package is not installed, and says how to get it', () => {
    process.env.HOURGLASS_TENSORFLOW = '/nowhere'
    withNode('22.12.0', () => {
      expect(() => locateTensorflow()).toThrow(
        expect.objectContaining({
          code: 'ENGINE_UNAVAILABLE',
          message: expect.stringMatching(
            /^engine tensorflow: expected @tensorflow\/tfjs-node, got none in \/nowhere, which HOURGLASS_TENSORFLOW names; `npm run tensorflow` installs it/,
          ),
        }),
      )
    })
  })

  test('is unavailable on a Node that its package does not run on', () => {
    withNode('24.1.0', () => {
      expect(() => locateTensorflow()).toThrow('expected Node 20 or 22, the last that @tensorflow/tfjs-node runs on, got Node 24.1.0')
    })
  })
})
