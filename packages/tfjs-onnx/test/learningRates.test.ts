import { describe, expect, it } from 'vitest'
import { compile, createState, optimizerVariables } from '../src/index.js'
import { tf } from './eager.js'
import { expectClose, uniformArray } from './numbers.js'

const optimizers = {
  sgd: (rate: number) => tf.train.sgd(rate),
  momentum: (rate: number) => tf.train.momentum(rate, 0.9),
  adagrad: (rate: number) => tf.train.adagrad(rate),
  adam: (rate: number) => tf.train.adam(rate),
  adamax: (rate: number) => tf.train.adamax(rate),
}

const steps = 20
const x = uniformArray(1, 8 * 6)

/** Trains a small network, by an optimizer of that rate, or by one of rate 1 whose moves are scaled by an input. */
async function train(create: (rate: number) => tf.Optimizer, { rate, isInput }: { rate: number; isInput: boolean }): Promise<Float32Array> {
  const weights = tf.variable(tf.tensor2d(uniformArray(2, 6 * 4), [6, 4]))
  const optimizer = create(isInput ? 1 : rate)
  const state = createState({ weights, ...optimizerVariables(optimizer, { weights }) })
  const step = await compile(
    (inputs) => {
      const before = tf.clone(weights)
      const lossOf = () =>
        tf.mean<tf.Scalar>(tf.squaredDifference(inputs.x, tf.matMul(tf.tanh(tf.matMul(inputs.x, weights)), weights, false, true)))
      const loss = optimizer.minimize(lossOf, true, [weights]) ?? tf.scalar(0)
      if (isInput) weights.assign(tf.add(before, tf.mul(inputs.rate, tf.sub(weights, before))))
      return { loss, rate: tf.clone(inputs.rate) }
    },
    { state, inputs: { x: { shape: [8, 6], dtype: 'float32' }, rate: { shape: [], dtype: 'float32' } } },
  )
  for (let index = 0; index < steps; index++) await step.run({ x, rate: Float32Array.of(rate) })
  await step.dispose()
  weights.dispose()
  optimizer.dispose()
  return state.read('weights')
}

describe('a learning rate that is an input', () => {
  it.each(Object.entries(optimizers))('moves as that of the optimizer would: %s', async (_name, create) => {
    const expected = await train(create, { rate: 0.02, isInput: false })
    expectClose(await train(create, { rate: 0.02, isInput: true }), expected, 1e-5)
    expect(expected).not.toEqual(uniformArray(2, 6 * 4))
  })
})
