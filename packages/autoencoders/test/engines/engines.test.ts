import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engines/createEngine.js'
import { engines } from '../../src/index.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'

beforeEach(activateCpuBackend)
afterEach(() => tf.disposeVariables())

const scalars = { x: { shape: [2], dtype: 'float32' } } as const

async function createCounter(name: (typeof engines)[number]) {
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

describe.each(engines)('the engine %s', (name) => {
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
