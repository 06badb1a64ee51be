/**
 * Compiles one training step in a process that has compiled nothing before and prints as JSON what that took: with `whole` the call of compile
 * in milliseconds and the memory that it added in megabytes, with `stages` the milliseconds of each stage. node compileWorker.mjs MODEL whole|stages
 */
import '@tensorflow/tfjs-backend-cpu'
import { checkGraph, compile, createState, encodeGraph, optimizerVariables, rewriteGraph } from '@hourglass/tfjs-onnx'
import * as tf from '@tensorflow/tfjs-core'
// Registers the gradients, which the core leaves out.
import '@tensorflow/tfjs-layers'
import { createSession } from '../../packages/tfjs-onnx/dist/session/createSession.js'
import { trace } from '../../packages/tfjs-onnx/dist/trace.js'
import { splitUpdates } from '../../packages/tfjs-onnx/dist/updates/splitUpdates.js'

const batch = 128
const kernel = (...shape) => tf.variable(tf.randomUniform(shape, -0.05, 0.05, 'float32', 1))
const layer = (inputs, outputs) => ({ kernel: kernel(inputs, outputs), bias: tf.variable(tf.zeros([outputs])) })
const dense = (x, { kernel, bias }) => tf.add(tf.matMul(x, kernel), bias)
const convolution = (inputs, outputs) => ({ kernel: kernel(3, 3, inputs, outputs), bias: tf.variable(tf.zeros([outputs])) })
const down = (x, { kernel, bias }) => tf.relu(tf.add(tf.conv2d(x, kernel, 2, 'same'), bias))
const up = (x, { kernel }, shape) => tf.conv2dTranspose(x, kernel, shape, 2, 'same')
const squaredError = (x, output) => tf.mean(tf.squaredDifference(x, output))
const images = { x: { shape: [batch, 784], dtype: 'float32' } }

/** What is trained: its layers, its inputs, and the loss of a batch. */
const models = {
  dense: () => {
    const [encoder, decoder] = [layer(784, 32), layer(32, 784)]
    return {
      layers: [encoder, decoder],
      inputs: images,
      loss: ({ x }) => squaredError(x, tf.sigmoid(dense(tf.relu(dense(x, encoder)), decoder))),
    }
  },
  'deep dense': () => {
    const widths = [784, 512, 256, 128, 32, 128, 256, 512, 784]
    const layers = widths.slice(1).map((width, index) => layer(widths[index], width))
    return {
      layers,
      inputs: images,
      loss: ({ x }) => squaredError(x, tf.sigmoid(layers.reduce((h, each, index) => dense(index > 0 ? tf.relu(h) : h, each), x))),
    }
  },
  convolutional: () => {
    const [first, second, third, fourth] = [convolution(1, 16), convolution(16, 32), convolution(16, 32), convolution(1, 16)]
    const loss = ({ x }) => {
      const pixels = tf.reshape(x, [batch, 28, 28, 1])
      const hidden = tf.relu(up(down(down(pixels, first), second), third, [batch, 14, 14, 16]))
      return squaredError(pixels, tf.sigmoid(up(hidden, fourth, [batch, 28, 28, 1])))
    }
    return { layers: [first, second, { kernel: third.kernel }, { kernel: fourth.kernel }], inputs: images, loss }
  },
  variational: () => {
    const [hidden, mean, logVariance, back, decoder] = [layer(784, 256), layer(256, 16), layer(256, 16), layer(16, 256), layer(256, 784)]
    const loss = ({ x, noise }) => {
      const h = tf.relu(dense(x, hidden))
      const [mu, logSquare] = [dense(h, mean), dense(h, logVariance)]
      const z = tf.add(mu, tf.mul(tf.exp(tf.mul(logSquare, 0.5)), noise))
      const logits = dense(tf.relu(dense(z, back)), decoder)
      const reconstruction = tf.sum(tf.sub(tf.softplus(logits), tf.mul(x, logits)), 1)
      const divergence = tf.mul(-0.5, tf.sum(tf.sub(tf.add(1, logSquare), tf.add(tf.square(mu), tf.exp(logSquare))), 1))
      return tf.mean(tf.add(reconstruction, divergence))
    }
    const inputs = { ...images, noise: { shape: [batch, 16], dtype: 'float32' } }
    return { layers: [hidden, mean, logVariance, back, decoder], inputs, loss }
  },
}

const [name, mode] = process.argv.slice(2)
tf.env().set('PROD', true) // no advertisement
await tf.setBackend('cpu')
const { layers, inputs, loss } = models[name]()
const parameters = Object.fromEntries(
  layers.flatMap((each, index) => Object.entries(each).map(([part, value]) => [`${index}/${part}`, value])),
)
const optimizer = tf.train.adam(0.001)
const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) })
const step = (tensors) => ({ loss: optimizer.minimize(() => loss(tensors), true, Object.values(parameters)) })

process.stdout.write(`${JSON.stringify(mode === 'whole' ? await measureWhole() : await measureStages())}\n`)

async function measureWhole() {
  const before = process.memoryUsage().rss
  const started = performance.now()
  const compiled = await compile(step, { state, inputs, threads: 1 })
  const milliseconds = performance.now() - started
  const megabytes = (process.memoryUsage().rss - before) / 2 ** 20
  const values = Object.entries(inputs).map(([input, { shape }]) => [input, new Float32Array(shape[0] * shape[1]).fill(0.5)])
  const { loss: first } = await compiled.run(Object.fromEntries(values))
  if (!Number.isFinite(first[0])) throw new Error(`${name}: expected a finite loss, got ${first[0]}`)
  return { milliseconds, megabytes, operators: compiled.graph.nodes.length }
}

async function measureStages() {
  const stages = {}
  const timed = async (stage, work) => {
    const started = performance.now()
    const result = await work()
    stages[stage] = (stages[stage] ?? 0) + performance.now() - started
    return result
  }
  const traced = await timed('trace', () => trace(step, { inputs, variables: state.variables }))
  await timed('check', () => checkGraph(traced))
  const rewritten = await timed('rewrite', () => rewriteGraph(traced))
  await timed('check', () => checkGraph(rewritten))
  const { body } = await timed('split', () => splitUpdates(rewritten))
  const { model } = await timed('encode', () => encodeGraph(body))
  const session = await timed('session', () => createSession(model, { threads: 1, spinning: false }))
  await session.release()
  return stages
}
