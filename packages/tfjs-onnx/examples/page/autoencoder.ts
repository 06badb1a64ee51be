/** A dense autoencoder 256-64-8-64-256 of pictures of discs, and its training step: what Node and the page have in common. */
import '@tensorflow/tfjs-backend-cpu'
import { createRandom } from '@hourglass/random'
import { compile, createState, layerVariables, optimizerVariables } from '@hourglass/tfjs-onnx'
import * as tf from '@tensorflow/tfjs-core'
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers'

export const side = 16
export const batchSize = 64
const size = side * side
const widths = [
  { units: 64, activation: 'relu' },
  { units: 8, activation: 'linear' },
  { units: 64, activation: 'relu' },
  { units: size, activation: 'sigmoid' },
] as const

/** Draws discs of random places and radii, [count, 256], each pixel the share of it that is covered. */
export function drawDiscs(count: number): Float32Array {
  const random = createRandom(1, 'discs')
  const images = new Float32Array(count * size)
  for (let image = 0; image < count; image++) {
    const x = 4 + 8 * random.uniform(3 * image)
    const y = 4 + 8 * random.uniform(3 * image + 1)
    const radius = 1 + 3 * random.uniform(3 * image + 2)
    for (let pixel = 0; pixel < size; pixel++) {
      const distance = Math.hypot((pixel % side) - x, Math.floor(pixel / side) - y)
      images[image * size + pixel] = Math.min(1, Math.max(0, radius + 0.5 - distance))
    }
  }
  return images
}

/** The two functions of an autoencoder, compiled. Images are [64, 256]. */
export interface Autoencoder {
  readonly runtime: string
  /** Trains on one batch and returns its loss. */
  train(images: Float32Array): Promise<number>
  reconstruct(images: Float32Array): Promise<Float32Array>
}

export async function createAutoencoder(): Promise<Autoencoder> {
  await tf.setBackend('cpu')
  const model = sequential()
  model.add(layers.inputLayer({ inputShape: [size] }))
  for (const [index, layer] of widths.entries()) {
    model.add(layers.dense({ ...layer, kernelInitializer: initializers.glorotUniform({ seed: index + 1 }) }))
  }
  const parameters = layerVariables(model.trainableWeights)
  const optimizer = tf.train.adam(0.002)
  const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) })
  const options = { state, inputs: { x: { shape: [batchSize, size], dtype: 'float32' } } } as const

  const apply = (x: tf.Tensor2D) => model.apply(x) as tf.Tensor2D
  const step = await compile(({ x }) => {
    const loss = optimizer.minimize(() => tf.mean(tf.squaredDifference(apply(x), x)), true, Object.values(parameters))
    return { loss: loss as tf.Scalar }
  }, options)
  const reconstruction = await compile(({ x }) => ({ y: apply(x) }), options)
  return {
    runtime: step.runtime,
    train: async (x) => (await step.run({ x })).loss[0] ?? Number.NaN,
    reconstruct: async (x) => (await reconstruction.run({ x })).y,
  }
}

/** Trains on [count, 256] images, batch after batch, and returns the mean of the losses. */
export async function trainEpoch(autoencoder: Autoencoder, images: Float32Array): Promise<number> {
  const batches = images.length / (batchSize * size)
  let sum = 0
  for (let batch = 0; batch < batches; batch++) {
    sum += await autoencoder.train(images.subarray(batch * batchSize * size, (batch + 1) * batchSize * size))
  }
  return sum / batches
}
