/** Trains the dense autoencoder 784-32-784 with TensorFlow.js's WebAssembly backend, eagerly, and prints images per second. */
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { gatherExamples } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import * as wasm from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients, which the core leaves out.
import '@tensorflow/tfjs-layers'

const [batch, count] = process.argv.slice(2).map(Number)
wasm.setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`)
await tf.setBackend('wasm')
await tf.ready()

const { train } = await loadDataset('mnist', { trainCount: count })
const bound = Math.sqrt(6 / (784 + 32))
const kernel = (shape) => tf.variable(tf.randomUniform(shape, -bound, bound, 'float32', 1))
const [w1, b1, w2, b2] = [kernel([784, 32]), tf.variable(tf.zeros([32])), kernel([32, 784]), tf.variable(tf.zeros([784]))]
const optimizer = tf.train.adam(0.001)
const values = new Float32Array(batch * 784)
const order = Uint32Array.from({ length: count }, (_, index) => index)

const forward = (x) => tf.sigmoid(tf.add(tf.matMul(tf.add(tf.matMul(x, w1), b1), w2), b2))

const step = (start) => {
  gatherExamples(train, { indices: order, start, end: start + batch }, values)
  return tf.tidy(() => {
    const x = tf.tensor2d(values, [batch, 784])
    return optimizer.minimize(() => tf.losses.meanSquaredError(x, forward(x)), true).dataSync()[0]
  })
}
step(0)
const started = performance.now()
let images = 0
for (let start = 0; start + batch <= count; start += batch, images += batch) step(start)
process.stdout.write(`${JSON.stringify({ imagesPerSecond: (images * 1000) / (performance.now() - started) })}\n`)
