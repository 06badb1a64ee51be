import { describe, expect, it } from 'vitest'
import { compile, type Rules, ruleCategories } from '../../src/index.js'
import { tf } from '../eager.js'

const values = Float32Array.of(Number.NaN, Infinity, -Infinity, 0, -0, 1e-40, 3e38, -3e38, 90, -90, 0.5, 2.5, -0.5)

/** Kernels of one tensor and no attributes. */
const { ClipByValue, EluGrad, LeakyRelu, Prelu, ...unaryRules }: Rules = ruleCategories.basic_math

describe('for NaN, infinities, zeros and the ends of the range', () => {
  it.each(Object.entries(unaryRules))('%s gives what tfjs gives', async (kernelName, { tolerance }) => {
    const run = (x: tf.Tensor) => tf.cast(tf.engine().runKernel(kernelName, { x }, { alpha: 0 }) as tf.Tensor, 'float32')
    const expected = tf.tidy(() => run(tf.tensor1d(values)).dataSync<'float32'>())
    const compiled = await compile(({ x }) => ({ y: run(x) }), { inputs: { x: { shape: [values.length], dtype: 'float32' } }, threads: 1 })
    const { y } = await compiled.run({ x: values })
    await compiled.dispose()
    expected.forEach((value, index) => {
      const actual = y[index] ?? 0
      const isSame = Object.is(value, actual) || value === actual || Math.abs(value - actual) <= tolerance * (1 + Math.abs(value))
      expect(isSame, `${kernelName}(${values[index]}) is ${actual} instead of ${value}`).toBe(true)
    })
  })
})

describe('over NaN', () => {
  const rows: readonly (readonly number[])[] = [
    [3, Number.NaN, 2, 5],
    [Number.NaN, 1, 7, 0],
    [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
    [-Infinity, Number.NaN, -Infinity, Number.NaN],
    [4, 9, 9, -Infinity],
  ]
  /** Of the first two rows, whose windows all have a number. */
  const maximaOf = (x: tf.Tensor) => tf.maxPool(tf.reshape(tf.slice(x, 0, 2), [1, 2, 4, 1]) as tf.Tensor4D, [2, 3], 1, 'same')
  const reductions: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
    max: (x) => tf.max(x, 1),
    min: (x) => tf.min(x, 1),
    'max of all': (x) => tf.max(x),
    argMax: (x) => tf.argMax(x, 1),
    argMin: (x) => tf.argMin(x, 1),
    'argMax of columns': (x) => tf.argMax(x, 0),
    maxPool: (x) => maximaOf(x),
    'gradient of maxPool': (x) => tf.grad(maximaOf)(x),
    'gradient of elu': (x) => tf.grad((y) => tf.elu(y))(x),
    'int32 of it': (x) => tf.cast(x, 'int32'),
    'floorDiv by 0': (x) => tf.floorDiv(x, tf.zeros([4])),
    oneHot: (x) => tf.oneHot(tf.cast(x, 'int32') as tf.Tensor2D, 3),
  }

  it.each(Object.entries(reductions))('%s gives what tfjs gives', async (_, reduce) => {
    const run = (x: tf.Tensor) => tf.cast(reduce(x), 'float32')
    const expected = tf.tidy(() => run(tf.tensor2d(rows.flat(), [rows.length, 4])).dataSync<'float32'>())
    const compiled = await compile(({ x }) => ({ y: run(x) }), { inputs: { x: { shape: [rows.length, 4], dtype: 'float32' } }, threads: 1 })
    const { y } = await compiled.run({ x: Float32Array.from(rows.flat()) })
    await compiled.dispose()
    expect(Array.from(y)).toEqual(Array.from(expected))
  })
})
