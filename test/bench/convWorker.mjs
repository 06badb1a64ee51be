/**
 * Trains a convolutional autoencoder (16 and 32 filters, 3x3, stride 2, transposed back) with Adam, compiled or, with the engine tensorflow,
 * eagerly, and prints the median epoch's images per second as JSON. node convWorker.mjs ENGINE BATCH COUNT EPOCHS
 */
import { isEngineName } from '@hourglass/autoencoders'
import { checkEngine } from '@hourglass/autoencoders/training'
import { BatchGatherer, shuffledIndices } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import { compile, createState, optimizerVariables } from '@hourglass/tfjs-onnx'
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients, which the core leaves out.
import '@tensorflow/tfjs-layers'
import { median } from './statistics.mjs'

const [engine, ...numbers] = process.argv.slice(2)
const [batch, count, epochs] = numbers.map(Number)
const { train } = await loadDataset('mnist', { trainCount: count })
if (!isEngineName(engine)) throw new Error(`expected an engine, got ${engine}`)
await checkEngine(engine) // loads it
await tf.setBackend(engine === 'onnx' ? 'cpu' : engine)

/** @type {(shape: [number, number, number, number]) => tf.Variable<tf.Rank.R4>} */
const kernel = (shape) => tf.variable(tf.randomUniform(shape, -0.1, 0.1, 'float32', shape[2] ?? 1))
const parameters = {
  kernel1: kernel([3, 3, 1, 16]),
  bias1: tf.variable(tf.zeros([16])),
  kernel2: kernel([3, 3, 16, 32]),
  bias2: tf.variable(tf.zeros([32])),
  kernel3: kernel([3, 3, 16, 32]),
  bias3: tf.variable(tf.zeros([16])),
  kernel4: kernel([3, 3, 1, 16]),
  bias4: tf.variable(tf.zeros([1])),
}
const { kernel1, bias1, kernel2, bias2, kernel3, bias3, kernel4, bias4 } = parameters

/** @type {(x: tf.Tensor4D, bias: tf.Tensor) => tf.Tensor4D} */
const addBias = (x, bias) => tf.add(x, bias)

/** @param {tf.Tensor4D} x */
function autoencode(x) {
  const first = tf.relu(addBias(tf.conv2d(x, kernel1, 2, 'same'), bias1))
  const code = tf.relu(addBias(tf.conv2d(first, kernel2, 2, 'same'), bias2))
  const third = tf.relu(addBias(tf.conv2dTranspose(code, kernel3, [batch, 14, 14, 16], 2, 'same'), bias3))
  return tf.sigmoid(addBias(tf.conv2dTranspose(third, kernel4, [batch, 28, 28, 1], 2, 'same'), bias4))
}

const optimizer = tf.train.adam(0.001)
const trainingStep = ({ pixels }) => {
  /** @type {tf.Tensor4D} */
  const x = tf.reshape(pixels, [batch, 28, 28, 1])
  return { loss: optimizer.minimize(() => tf.mean(tf.squaredDifference(autoencode(x), x)), true, Object.values(parameters)) }
}

async function compileStep() {
  const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) })
  const compiled = await compile(trainingStep, { state, inputs: { pixels: { shape: [batch, 784], dtype: 'float32' } } })
  return (pixels) => compiled.run({ pixels })
}

const runEagerly = (pixels) => tf.tidy(() => trainingStep({ pixels: tf.tensor2d(pixels, [batch, 784]) }).loss.dataSync())
const step = engine === 'onnx' ? await compileStep() : runEagerly

const examples = new BatchGatherer({ split: train, batchSize: batch })
const speeds = []
for (let epoch = 1; epoch <= epochs; epoch++) {
  const start = performance.now()
  const order = shuffledIndices(count, { seed: 1, stream: `epoch/${epoch}` })
  for (let first = 0; first + batch <= count; first += batch) {
    await step(examples.gather(order, first, first + batch))
  }
  speeds.push((1000 * Math.floor(count / batch) * batch) / (performance.now() - start))
}
process.stdout.write(`${JSON.stringify({ imagesPerSecond: median(speeds) })}\n`)
