import { describe, expect, it } from 'vitest'
import { compile, type Rules, ruleCategories } from '../../src/index.js'
import { tf } from '../eager.js'

const values = Float32Array.of(Number.NaN, Infinity, -Infinity, 0, -0, 1e-40, 3e38, -3e38, 90, -90, 0.5, 2.5, -0.5)

/** Kernels of one tensor and no attributes. */
const { ClipByValue, EluGrad, LeakyRelu, Prelu, ...unaryRules }: Rules = ruleCategories.basic_math

/** Stated in the notes of their rules. */
const nanDiffers = new Set(['Sign', 'Step'])

describe('for NaN, infinities, zeros and the ends of the range', () => {
  it.each(Object.entries(unaryRules))('%s gives what tfjs gives', async (kernelName, { tolerance }) => {
    const run = (x: tf.Tensor) => tf.cast(tf.engine().runKernel(kernelName, { x }, { alpha: 0 }) as tf.Tensor, 'float32')
    const expected = tf.tidy(() => run(tf.tensor1d(values)).dataSync<'float32'>())
    const compiled = await compile(({ x }) => ({ y: run(x) }), { inputs: { x: { shape: [values.length], dtype: 'float32' } }, threads: 1 })
    const { y } = await compiled.run({ x: values })
    await compiled.dispose()
    expected.forEach((value, index) => {
      if (Number.isNaN(values[index]) && nanDiffers.has(kernelName)) return
      const actual = y[index] ?? 0
      const isSame = Object.is(value, actual) || value === actual || Math.abs(value - actual) <= tolerance * (1 + Math.abs(value))
      expect(isSame, `${kernelName}(${values[index]}) is ${actual} instead of ${value}`).toBe(true)
    })
  })
})
