/** Trains the dense autoencoder 784-32-784 with Adam on random images in a page and tells how many images a second it got through. */
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-webgl'
import { compile, createState, optimizerVariables } from '@hourglass/tfjs-onnx'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers'
import { env } from 'onnxruntime-web/wasm'

const [BATCH, SIZE, CODE] = [128, 784, 32]
const STEPS_AT_A_TIME = 8

/** Each compiles or prepares one training step on [128, 784] images, which resolves with the loss; its name is the backend's for initial values. */
const engines = {
  async onnx({ threads }) {
    env.wasm.wasmPaths = '/'
    await tf.setBackend('cpu')
    const { parameters, optimizer, lossOf } = createModel()
    const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) })
    const step = await compile(({ x }) => ({ loss: optimizer.minimize(() => lossOf(x), true) }), {
      state,
      inputs: { x: { shape: [BATCH, SIZE], dtype: 'float32' } },
      threads,
    })
    return async (images) => (await step.run({ x: images })).loss[0]
  },
  wasm: ({ threads }) => {
    setWasmPaths('/')
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1)
    return createEagerStep('wasm')
  },
  webgl: () => createEagerStep('webgl'),
}

async function createEagerStep(backend) {
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend} here`)
  const { optimizer, lossOf } = createModel()
  return async (images, isLast) => {
    const loss = tf.tidy(() => {
      const x = tf.tensor2d(images, [BATCH, SIZE])
      return optimizer.minimize(() => lossOf(x), true)
    })
    // Reading the loss waits for the device: once for several steps, to its advantage.
    const value = isLast ? (await loss.data())[0] : undefined
    loss.dispose()
    return value
  }
}

function createModel() {
  const parameters = {
    encoder: tf.variable(tf.randomUniform([SIZE, CODE], -0.08, 0.08, 'float32', 1)),
    encoderBias: tf.variable(tf.zeros([CODE])),
    decoder: tf.variable(tf.randomUniform([CODE, SIZE], -0.08, 0.08, 'float32', 2)),
    decoderBias: tf.variable(tf.zeros([SIZE])),
  }
  /** @type {(x: tf.Tensor) => tf.Scalar} */
  const lossOf = (x) => {
    const code = tf.relu(tf.add(tf.matMul(x, parameters.encoder), parameters.encoderBias))
    return tf.mean(tf.squaredDifference(x, tf.sigmoid(tf.add(tf.matMul(code, parameters.decoder), parameters.decoderBias))))
  }
  return { parameters, optimizer: tf.train.adam(0.001), lossOf }
}

/** Trains for some seconds after one that does not count, and returns images a second, the first and the last loss. */
async function measure({ engine, seconds, threads }) {
  const step = await engines[engine]({ threads })
  const images = Float32Array.from({ length: BATCH * SIZE }, (_, index) => ((index * 40503) % 256) / 255)
  const losses = []
  const train = async (milliseconds) => {
    const started = performance.now()
    let count = 0
    while (performance.now() - started < milliseconds) {
      for (let each = 1; each <= STEPS_AT_A_TIME; each++) losses.push(await step(images, each === STEPS_AT_A_TIME))
      count += STEPS_AT_A_TIME
    }
    return (1000 * BATCH * count) / (performance.now() - started)
  }
  await train(1000)
  return { imagesPerSecond: await train(1000 * seconds), first: losses.find((loss) => loss !== undefined), last: losses.at(-1) }
}

Object.assign(globalThis, { measure })
