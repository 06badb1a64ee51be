import { afterEach, describe, expect, it } from 'vitest'
import { tf } from '../eager.js'
import { decode, encode, type Loss, squaredError, trained } from './smallTraining.js'

afterEach(() => tf.disposeVariables())

describe('what falls back to the whole step, and why', () => {
  it.each<[string, Loss, number, RegExp]>([
    [
      'a penalty of mean activations',
      (x, parameters) => {
        const codes = encode(x, parameters)
        const activations = tf.mean(codes, 0)
        return tf.add(squaredError(x, parameters), tf.sum(tf.square(tf.sub(activations, 0.05)))) as tf.Scalar
      },
      8,
      /needs a sum over the whole batch for each example/,
    ],
    [
      'statistics of the batch',
      (x, parameters) => {
        const codes = encode(x, parameters)
        const { mean, variance } = tf.moments(codes, 0)
        return tf.losses.meanSquaredError(x, decode(tf.div(tf.sub(codes, mean), tf.sqrt(tf.add(variance, 1e-3))), parameters)) as tf.Scalar
      },
      8,
      /needs a sum over the whole batch for each example/,
    ],
    [
      'a maximum over the examples',
      (x, parameters) => tf.max(tf.mean(tf.square(tf.sub(x, decode(encode(x, parameters), parameters))), 1)),
      8,
      /ReduceMax\(float32\[8/,
    ],
    [
      'products of examples',
      (x, parameters) => tf.mean(tf.matMul(encode(x, parameters), encode(x, parameters), false, true)),
      8,
      /multiplies examples with each other/,
    ],
    ['one example', squaredError, 1, /a batch of one example has no halves/],
  ])('%s', async (_, loss, batch, reason) => {
    const whole = await trained({ loss }, batch, { step: 'whole', steps: 10 })
    const asked = await trained({ loss }, batch, { step: 'halves', steps: 10, threads: 1 })
    expect(asked.compiled.step.kind).toBe('whole')
    expect(asked.compiled.step.reasons.join('\n')).toMatch(reason)
    expect(asked.snapshot).toEqual(whole.snapshot)
    expect(whole.compiled.step.reasons).toEqual([])
  })
})
