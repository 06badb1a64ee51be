import * as layers from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { compile, createState, layerVariables, optimizerVariables } from '../src/index.js'
import { tf } from './eager.js'

const batch = 8

function createModel() {
  const model = layers.sequential()
  model.add(layers.layers.dense({ units: 4, activation: 'tanh', inputShape: [3], name: 'encoder' }))
  model.add(layers.layers.batchNormalization({ name: 'normalization' }))
  model.add(layers.layers.dense({ units: 3, name: 'decoder' }))
  return model
}

describe('the variables of a layers model', () => {
  it('are named as its weights are, those that train apart from all', () => {
    const model = createModel()
    const trained = ['encoder/kernel', 'encoder/bias', 'normalization/gamma', 'normalization/beta', 'decoder/kernel', 'decoder/bias']
    expect(Object.keys(layerVariables(model.trainableWeights))).toEqual(trained)
    expect(Object.keys(layerVariables(model.weights))).toEqual([...trained, 'normalization/moving_mean', 'normalization/moving_variance'])
    model.dispose()
  })

  it('are a state in which the model trains, with what it keeps beside its parameters', async () => {
    const model = createModel()
    const parameters = layerVariables(model.trainableWeights)
    const optimizer = tf.train.adam(0.05)
    const state = createState({ ...layerVariables(model.weights), ...optimizerVariables(optimizer, parameters) })
    const step = await compile(
      ({ x }) => {
        const loss = () => tf.losses.meanSquaredError<tf.Tensor, tf.Scalar>(x, model.apply(x, { training: true }) as tf.Tensor)
        return { loss: optimizer.minimize(loss, true, Object.values(parameters)) ?? tf.scalar(0) }
      },
      { state, inputs: { x: { shape: [batch, 3], dtype: 'float32' } } },
    )
    const before = state.read('normalization/moving_mean')
    const x = Float32Array.from({ length: batch * 3 }, (_, index) => Math.sin(index))
    const losses: number[] = []
    for (let index = 0; index < 50; index++) losses.push((await step.run({ x })).loss[0] ?? Number.NaN)
    expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] ?? 0))
    expect(state.read('normalization/moving_mean')).not.toEqual(before)
    await step.dispose()
    model.dispose()
  })

  it('are not made of what is no variable, nor under one name', () => {
    const weight = (tensor: tf.Tensor) => ({ originalName: 'kernel', read: () => tensor })
    const variable = tf.variable(tf.scalar(1))
    expect(() => layerVariables([weight(tf.scalar(1))])).toThrow(
      /^weight kernel: expected a weight that is a tf.Variable, got another tensor/,
    )
    expect(() => layerVariables([weight(variable), weight(variable)])).toThrow(/^weight kernel: expected names that differ/)
  })
})
