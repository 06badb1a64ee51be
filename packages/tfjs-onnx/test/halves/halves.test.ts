import { afterEach, describe, expect, it } from 'vitest'
import { tf } from '../eager.js'
import { expectClose } from '../numbers.js'
import { code, compileTraining, decode, encode, type Loss, makeTraining, size, train, trained } from './smallTraining.js'

afterEach(() => tf.disposeVariables())

const optimizers: Readonly<Record<string, () => tf.Optimizer>> = {
  sgd: () => tf.train.sgd(0.5),
  momentum: () => tf.train.momentum(0.2, 0.9),
  'Nesterov momentum': () => tf.train.momentum(0.2, 0.9, true),
  rmsprop: () => tf.train.rmsprop(0.01),
  'centred rmsprop': () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-6, true),
  adam: () => tf.train.adam(0.01),
  adamax: () => tf.train.adamax(0.01),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(1),
}

describe('a step by halves', () => {
  it.each(Object.entries(optimizers))('stays within 1e-5 of the whole step over 100 steps: %s', async (_, makeOptimizer) => {
    const whole = await trained({ makeOptimizer }, 16, { step: 'whole' })
    const halves = await trained({ makeOptimizer }, 16, { step: 'halves' })
    expect(halves.compiled.step).toEqual({ kind: 'halves', threads: 1, reasons: [] })
    expectClose(halves.losses, whole.losses, 1e-5)
    for (const [name, { values }] of Object.entries(whole.snapshot)) expectClose(halves.snapshot[name]?.values ?? [], values, 1e-5)
  })

  it.each([2, 3, 7, 16])('has the same bits on one thread and on two: batches of %i', async (batch) => {
    const one = await trained({}, batch, { step: 'halves', threads: 1 })
    const two = await trained({}, batch, { step: 'halves', threads: 2 })
    expect(two.compiled.step.kind).toBe('halves')
    expect(two.losses).toEqual(one.losses)
    expect(two.snapshot).toEqual(one.snapshot)
    const whole = await trained({}, batch, { step: 'whole' })
    expectClose(one.losses, whole.losses, 1e-5)
  })

  it('goes on from a saved state to the bit, in another compiled function and on another number of threads', async () => {
    const made = makeTraining()
    const compiled = await compileTraining(made, 9, { step: 'halves', threads: 2 })
    await train(compiled, 9, [0, 10])
    const saved = made.state.snapshot()
    const losses = await train(compiled, 9, [10, 30])
    const uninterrupted = made.state.snapshot()
    await compiled.dispose()
    const other = makeTraining()
    other.state.restore(saved)
    const resumed = await compileTraining(other, 9, { step: 'halves', threads: 1 })
    expect(await train(resumed, 9, [10, 30])).toEqual(losses)
    expect(other.state.snapshot()).toEqual(uninterrupted)
    await resumed.dispose()
  })

  it('draws random numbers for the whole batch: those of the whole step, of which each half takes its examples', async () => {
    const noisy: Loss = (x, parameters) => {
      const seen = tf.mul(tf.dropout(x, 0.25), tf.cast(tf.greater(tf.randomUniform([11, size]), 0.1), 'float32')) as tf.Tensor2D
      const codes = tf.add(encode(seen, parameters), tf.mul(tf.randomNormal([11, code]), 0.1)) as tf.Tensor2D
      return tf.losses.meanSquaredError(x, decode(codes, parameters)) as tf.Scalar
    }
    const whole = await trained({ loss: noisy, seed: 3 }, 11, { step: 'whole' })
    const one = await trained({ loss: noisy, seed: 3 }, 11, { step: 'halves' })
    const two = await trained({ loss: noisy, seed: 3 }, 11, { step: 'halves', threads: 2 })
    expect(one.compiled.step.kind).toBe('halves')
    expect(two.snapshot).toEqual(one.snapshot)
    expectClose(one.losses, whole.losses, 1e-5)
  })

  it('takes penalties of weights and of single examples, and weights of examples', async () => {
    const penalized: Loss = (x, parameters) => {
      const codes = encode(x, parameters)
      const ofCodes = tf.mul(0.01, tf.mean(tf.sum(tf.abs(codes), 1)))
      const ofWeights = tf.mul(0.02, tf.add(tf.sum(tf.square(parameters.encoder)), tf.mean(tf.square(parameters.decoder))))
      const ofSlopes = tf.mul(
        0.03,
        tf.mean(tf.matMul(tf.square(tf.sub(1, tf.square(codes))), tf.sum(tf.square(parameters.encoder), 0, true), false, true)),
      )
      const importance = tf.tensor1d(Array.from({ length: 10 }, (_, example) => example / 10))
      const errors = tf.mean(tf.squaredDifference(x, decode(codes, parameters)), 1)
      return tf.addN([tf.mean(tf.mul(errors, importance)), ofCodes, ofWeights, ofSlopes]) as tf.Scalar
    }
    const whole = await trained({ loss: penalized }, 10, { step: 'whole' })
    const halves = await trained({ loss: penalized }, 10, { step: 'halves', threads: 2 })
    expect(halves.compiled.step.kind).toBe('halves')
    expectClose(halves.losses, whole.losses, 1e-5)
    for (const [name, { values }] of Object.entries(whole.snapshot)) expectClose(halves.snapshot[name]?.values ?? [], values, 1e-5)
  })
})
