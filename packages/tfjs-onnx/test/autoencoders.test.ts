import * as layers from '@tensorflow/tfjs-layers'
import { afterEach, describe, expect, it } from 'vitest'
import { createState, optimizerVariables } from '../src/index.js'
import { type Batches, compareTraining, type Training } from './compareTraining.js'
import { tf } from './eager.js'
import { uniformArray } from './numbers.js'

afterEach(() => {
  tf.disposeVariables()
})

const steps = 50
/** Of every loss; of every variable in the end ten times as much. */
const tolerance = 1e-4

/** Three batches of images in turn, so that there is something to learn. */
function batchesOf(shape: readonly number[]): Batches {
  return { shapes: { x: shape }, steps: Array.from({ length: steps }, (_, step) => ({ x: uniformArray(step % 3, size(shape), 0, 1) })) }
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, each) => product * each, 1)
}

type Weights = Readonly<Record<string, tf.Variable>>

function glorot(seed: number, shape: readonly number[]): tf.Variable {
  const bound = Math.sqrt(6 / (size(shape.slice(0, -2)) * ((shape.at(-2) ?? 1) + (shape.at(-1) ?? 1))))
  return tf.tidy(() => tf.variable(tf.tensor(uniformArray(seed, size(shape), -bound, bound), [...shape])))
}

/** @param others are variables that change without a gradient, such as the moving averages of batch normalisation. */
function minimizing<Name extends string = 'x'>(
  weights: Weights,
  lossOf: (inputs: Readonly<Record<Name, tf.Tensor>>) => tf.Scalar,
  others: Weights = {},
): Training<Name> {
  const optimizer = tf.train.adam(0.01)
  const state = createState({ ...weights, ...others, ...optimizerVariables(optimizer, weights) })
  return { state, step: (inputs) => ({ loss: optimizer.minimize(() => lossOf(inputs), true, Object.values(weights)) as tf.Scalar }) }
}

function layersTraining(model: layers.LayersModel): Training {
  const variables = (weights: readonly layers.LayerVariable[]): Weights =>
    Object.fromEntries(weights.map((weight) => [weight.name, weight.read() as tf.Variable]))
  return minimizing(
    variables(model.trainableWeights),
    ({ x }) => tf.losses.meanSquaredError(x, model.apply(x, { training: true }) as tf.Tensor),
    variables(model.nonTrainableWeights),
  )
}

const initializer = (seed: number) => layers.initializers.glorotUniform({ seed })
const { layers: make } = layers

async function expectToFollow<Name extends string>(training: Training<Name>, batches: Batches<Name>): Promise<void> {
  const losses = await compareTraining(training, batches, tolerance)
  expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0)
}

describe(`${steps} steps of Adam follow tfjs:`, () => {
  it('a dense autoencoder', async () => {
    const model = layers.sequential({
      layers: [
        make.dense({ units: 5, inputShape: [20], activation: 'relu', kernelInitializer: initializer(1) }),
        make.dense({ units: 20, activation: 'sigmoid', kernelInitializer: initializer(2) }),
      ],
    })
    await expectToFollow(layersTraining(model), batchesOf([16, 20]))
  })

  it('a convolutional autoencoder with strides and transposed convolutions', async () => {
    const shared = { kernelSize: 3, strides: 2, padding: 'same' } as const
    const model = layers.sequential({
      layers: [
        make.reshape({ targetShape: [8, 8, 1], inputShape: [64] }),
        make.conv2d({ ...shared, filters: 3, activation: 'relu', kernelInitializer: initializer(1) }),
        make.conv2d({ ...shared, filters: 4, activation: 'relu', kernelInitializer: initializer(2) }),
        make.conv2dTranspose({ ...shared, filters: 3, activation: 'relu', kernelInitializer: initializer(3) }),
        make.conv2dTranspose({ ...shared, filters: 1, activation: 'sigmoid', kernelInitializer: initializer(4) }),
        make.flatten(),
      ],
    })
    await expectToFollow(layersTraining(model), batchesOf([16, 64]))
  })

  it('a convolutional autoencoder with maxima, upsampling, a dense code and batch normalisation', async () => {
    const shared = { kernelSize: 3, padding: 'same', activation: 'elu' } as const
    const model = layers.sequential({
      layers: [
        make.conv2d({ ...shared, filters: 3, inputShape: [8, 8, 2], kernelInitializer: initializer(1) }),
        make.batchNormalization(),
        make.maxPooling2d({ poolSize: 2 }),
        make.flatten(),
        make.dense({ units: 6, kernelInitializer: initializer(2) }),
        make.dense({ units: 48, kernelInitializer: initializer(3) }),
        make.reshape({ targetShape: [4, 4, 3] }),
        make.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthwiseInitializer: initializer(4) }),
        make.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }),
        make.conv2d({ ...shared, filters: 2, kernelInitializer: initializer(5) }),
      ],
    })
    await expectToFollow(layersTraining(model), batchesOf([16, 8, 8, 2]))
  })

  it('a variational autoencoder whose noise is an input', async () => {
    const [pixels, hidden, latent, batch] = [20, 12, 3, 16]
    const weights = {
      encoder: glorot(1, [pixels, hidden]),
      mean: glorot(2, [hidden, latent]),
      logVariance: glorot(3, [hidden, latent]),
      decoder: glorot(4, [latent, pixels]),
      bias: tf.tidy(() => tf.variable(tf.zeros([pixels]))),
    }
    const training = minimizing<'x' | 'noise'>(weights, ({ x, noise }) => {
      const features = tf.tanh(tf.matMul(x, weights.encoder))
      const [mean, logVariance] = [tf.matMul(features, weights.mean), tf.matMul(features, weights.logVariance)]
      const codes = tf.add(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), noise))
      const logits = tf.add(tf.matMul(codes, weights.decoder), weights.bias)
      const likelihood = tf.mean(tf.sum(tf.sub(tf.softplus(logits), tf.mul(x, logits)), 1))
      const divergence = tf.mul(0.5, tf.sum(tf.sub(tf.add(tf.exp(logVariance), tf.square(mean)), tf.add(1, logVariance)), 1))
      return tf.add(likelihood, tf.mean(divergence)) as tf.Scalar
    })
    const images = batchesOf([batch, pixels])
    await expectToFollow(training, {
      shapes: { ...images.shapes, noise: [batch, latent] },
      steps: images.steps.map((values, step) => ({ ...values, noise: uniformArray(1000 + step, batch * latent, -1.7, 1.7) })),
    })
  })

  it.each([
    ['sigmoid', tf.sigmoid],
    ['tanh', tf.tanh],
  ])('a contractive autoencoder with the Jacobian of its %s encoder by second derivatives', async (_, activation) => {
    const [pixels, code, batch] = [12, 4, 8]
    const weights = { encoder: glorot(1, [pixels, code]), decoder: glorot(2, [code, pixels]) }
    const encode = (x: tf.Tensor) => activation(tf.matMul(x, weights.encoder))
    const training = minimizing(weights, ({ x }) => {
      const rows = Array.from({ length: code }, (_unit, unit) =>
        tf.grad((each) => tf.sum(tf.slice(encode(each), [0, unit], [batch, 1])))(x),
      )
      const penalty = tf.mean(tf.addN(rows.map((row) => tf.sum(tf.square(row), 1))))
      const reconstruction = tf.losses.meanSquaredError(x, tf.matMul(encode(x), weights.decoder))
      return tf.add(reconstruction, tf.mul(0.1, penalty)) as tf.Scalar
    })
    await expectToFollow(training, batchesOf([batch, pixels]))
  })
})
