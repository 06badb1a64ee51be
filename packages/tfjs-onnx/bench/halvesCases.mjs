/** The training steps that bench/halves.mjs measures: dense and convolutional autoencoders of images of 28 by 28 pixels, with Adam. */
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers' // registers tfjs's gradients
import { createState, optimizerVariables } from '../dist/index.js'

const size = 784

/** A dense autoencoder 784-code-784. */
function dense(code) {
  const draw = (shape, seed) => tf.variable(tf.randomUniform(shape, -0.08, 0.08, 'float32', seed))
  const parameters = {
    'encoder/kernel': draw([size, code], 1),
    'encoder/bias': tf.variable(tf.zeros([code])),
    'decoder/kernel': draw([code, size], 2),
    'decoder/bias': tf.variable(tf.zeros([size])),
  }
  const reconstruct = (x) => {
    const codes = tf.relu(tf.add(tf.matMul(x, parameters['encoder/kernel']), parameters['encoder/bias']))
    return tf.sigmoid(tf.add(tf.matMul(codes, parameters['decoder/kernel']), parameters['decoder/bias']))
  }
  return { parameters, reconstruct }
}

/** Convolutions with 16 and 32 filters of 3 by 3 and stride 2, transposed back. */
function convolutional(batch) {
  const kernel = (shape, seed) => tf.variable(tf.randomUniform(shape, -0.1, 0.1, 'float32', seed))
  const bias = (length) => tf.variable(tf.zeros([length]))
  const parameters = {
    kernel1: kernel([3, 3, 1, 16], 1),
    bias1: bias(16),
    kernel2: kernel([3, 3, 16, 32], 2),
    bias2: bias(32),
    kernel3: kernel([3, 3, 16, 32], 3),
    bias3: bias(16),
    kernel4: kernel([3, 3, 1, 16], 4),
    bias4: bias(1),
  }
  const { kernel1, bias1, kernel2, bias2, kernel3, bias3, kernel4, bias4 } = parameters
  const reconstruct = (flat) => {
    const x = tf.reshape(flat, [batch, 28, 28, 1])
    const first = tf.relu(tf.add(tf.conv2d(x, kernel1, 2, 'same'), bias1))
    const code = tf.relu(tf.add(tf.conv2d(first, kernel2, 2, 'same'), bias2))
    const third = tf.relu(tf.add(tf.conv2dTranspose(code, kernel3, [batch, 14, 14, 16], 2, 'same'), bias3))
    return tf.reshape(tf.sigmoid(tf.add(tf.conv2dTranspose(third, kernel4, [batch, 28, 28, 1], 2, 'same'), bias4)), [batch, size])
  }
  return { parameters, reconstruct }
}

/** A training step, the state that it changes, and its input. */
export function makeTraining({ kind, code, batch }) {
  const { parameters, reconstruct } = kind === 'dense' ? dense(code) : convolutional(batch)
  const optimizer = tf.train.adam(0.001)
  const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) })
  const step = ({ x }) => {
    // The mean over a batch of each example's error, as the lab computes it.
    const loss = () => tf.mean(tf.mean(tf.squaredDifference(x, reconstruct(x)), 1))
    return { loss: optimizer.minimize(loss, true, Object.values(parameters)) }
  }
  return { state, step, inputs: { x: { shape: [batch, size], dtype: 'float32' } } }
}

/** In the order in which they are measured. */
export const cases = [
  { kind: 'dense', code: 32, batch: 32 },
  { kind: 'dense', code: 32, batch: 128 },
  { kind: 'dense', code: 256, batch: 128 },
  { kind: 'dense', code: 784, batch: 32 },
  { kind: 'convolutional', code: 0, batch: 128 },
]
