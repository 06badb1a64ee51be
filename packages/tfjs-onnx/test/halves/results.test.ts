import { afterEach, describe, expect, it } from 'vitest'
import { compile, createState } from '../../src/index.js'
import { tf } from '../eager.js'
import { expectClose, uniformArray } from '../numbers.js'
import { compileTraining, makeTraining, size, squaredError } from './smallTraining.js'

afterEach(() => tf.disposeVariables())

describe('what a step by halves returns and is given', () => {
  it('may have a part for each example, be a sum over them, or depend on none', async () => {
    const weights = tf.tidy(() => tf.variable(tf.tensor2d(uniformArray(5, 12, -1, 1), [4, 3])))
    const state = createState({ weights })
    const step = ({ x, rate }: { readonly x: tf.Tensor; readonly rate: tf.Tensor }) => {
      const products = tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D)
      const gradient = tf.matMul(x as tf.Tensor2D, products as tf.Tensor2D, true)
      weights.assign(tf.sub(weights, tf.mul(rate, gradient)))
      return {
        products,
        first: tf.cast(tf.argMax(products, 1), 'float32'),
        total: tf.sum(products),
        columns: tf.mean(products, 0),
        norm: tf.sum(tf.square(weights)),
        x,
      }
    }
    const inputs = { x: { shape: [5, 4], dtype: 'float32' }, rate: { shape: [], dtype: 'float32' } } as const
    const values = { x: uniformArray(6, 20, -1, 1), rate: Float32Array.of(0.125) }
    const start = state.snapshot()
    const whole = await compile(step, { state, inputs, threads: 1 })
    const expected = await whole.run(values)
    const updated = state.read('weights')
    await whole.dispose()
    for (const threads of [1, 2]) {
      state.restore(start)
      const halves = await compile(step, { state, inputs, threads, step: 'halves' })
      const results = await halves.run(values)
      expect(halves.step).toEqual({ kind: 'halves', threads, reasons: [] })
      expect(Object.keys(results)).toEqual(Object.keys(expected))
      for (const [name, result] of Object.entries(results)) expectClose(result, expected[name as keyof typeof expected], 1e-6)
      expectClose(state.read('weights'), updated, 1e-6)
      await halves.dispose()
    }
  })

  it('is refused by the same names as of a whole step', async () => {
    const made = makeTraining()
    const compiled = await compileTraining(made, 4, { step: 'halves' })
    const before = made.state.snapshot()
    await expect(compiled.run({} as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(compiled.run({ x: new Float32Array(5) })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(compiled.run({ x: new Float32Array(4 * size), y: new Float32Array(1) } as never)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    expect(made.state.snapshot()).toEqual(before)
    await compiled.dispose()
    await expect(compiled.run({ x: new Float32Array(4 * size) })).rejects.toMatchObject({ code: 'DISPOSED' })
    await expect(compileTraining(made, 4, { step: 'quarters' as never })).rejects.toMatchObject({ code: 'INVALID_OPTION' })
  })

  it.each([1, 2])('may clip its gradients by their norm, which takes the sums of the whole batch, on %i threads', async (threads) => {
    const clipping = () => {
      const { parameters, state } = makeTraining({ makeOptimizer: () => tf.train.sgd(0.5) })
      const step = ({ x }: { readonly x: tf.Tensor }) => {
        const { value, grads } = tf.variableGrads(() => squaredError(x as tf.Tensor2D, parameters), Object.values(parameters))
        const norm = tf.sqrt(tf.addN(Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)))))
        const scale = tf.minimum(1, tf.div(0.05, norm))
        for (const parameter of Object.values(parameters)) {
          parameter.assign(tf.sub(parameter, tf.mul(scale, grads[parameter.name] as tf.Tensor)))
        }
        return { loss: value, norm }
      }
      return { state, step }
    }
    const inputs = { x: { shape: [9, size], dtype: 'float32' } } as const
    const [whole, halves] = [clipping(), clipping()]
    const reference = await compile(whole.step, { state: whole.state, inputs, threads: 1 })
    const compiled = await compile(halves.step, { state: halves.state, inputs, threads, step: 'halves' })
    expect(compiled.step).toEqual({ kind: 'halves', threads, reasons: [] })
    for (let step = 0; step < 20; step++) {
      const values = { x: uniformArray(step, 9 * size, 0, 1) }
      const [expected, got] = [await reference.run(values), await compiled.run(values)]
      expectClose(got.norm, expected.norm, 1e-5)
      expectClose(got.loss, expected.loss, 1e-5)
    }
    await Promise.all([reference.dispose(), compiled.dispose()])
  })

  it.each([1, 2])('changes nothing where a half fails, on %i threads', async (threads) => {
    const table = tf.tidy(() => tf.variable(tf.tensor2d(uniformArray(7, 12, -1, 1), [4, 3])))
    const scale = tf.tidy(() => tf.variable(tf.ones([3])))
    const state = createState({ table, scale }, { seed: 1 })
    const step = ({ index }: { readonly index: tf.Tensor }) => {
      const rows = tf.add(tf.gather(table, index as tf.Tensor1D), tf.randomNormal([8, 3]))
      scale.assign(tf.sub(scale, tf.mean(rows, 0)) as tf.Tensor1D)
      return { loss: tf.mean(rows) }
    }
    const compiled = await compile(step, { state, inputs: { index: { shape: [8], dtype: 'int32' } }, threads, step: 'halves' })
    expect(compiled.step.kind).toBe('halves')
    await compiled.run({ index: Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3) })
    const before = state.snapshot()
    for (const bad of [1, 6]) {
      const index = Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3).with(bad, 9)
      await expect(compiled.run({ index })).rejects.toMatchObject({ code: 'RUN_FAILED' })
      expect(state.snapshot()).toEqual(before)
    }
    await compiled.run({ index: Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3) })
    expect(state.read('scale')).not.toEqual(before.scale?.values)
    await compiled.dispose()
  })
})
