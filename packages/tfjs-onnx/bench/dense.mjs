// Trains a dense autoencoder 784-32-784 with hand-written Adam and prints images a second.
// node packages/tfjs-onnx/bench/dense.mjs [batch] [code] [threads] [seconds]
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers' // registers tfjs's gradients
import { compile, createState, printGraph } from '../dist/index.js'

const [batch = 128, code = 32, threads = 2, seconds = 4] = process.argv.slice(2).map(Number)
const size = 784
await tf.setBackend('cpu')

const parameters = {
  'encoder/kernel': tf.variable(tf.randomUniform([size, code], -0.08, 0.08, 'float32', 1)),
  'encoder/bias': tf.variable(tf.zeros([code])),
  'decoder/kernel': tf.variable(tf.randomUniform([code, size], -0.08, 0.08, 'float32', 2)),
  'decoder/bias': tf.variable(tf.zeros([size])),
}
const slots = Object.fromEntries(
  Object.entries(parameters).flatMap(([name, variable]) =>
    ['m', 'v'].map((slot) => [`optimizer/${slot}/${name}`, tf.variable(tf.zerosLike(variable))]),
  ),
)
const step = tf.variable(tf.scalar(0))
const state = createState({ ...parameters, ...slots, 'optimizer/step': step })
const [rate, beta1, beta2, epsilon] = [0.001, 0.9, 0.999, 1e-7]

function trainStep({ x }) {
  const { value, grads } = tf.variableGrads(() => {
    const codes = tf.relu(tf.add(tf.matMul(x, parameters['encoder/kernel']), parameters['encoder/bias']))
    const output = tf.sigmoid(tf.add(tf.matMul(codes, parameters['decoder/kernel']), parameters['decoder/bias']))
    return tf.mean(tf.squaredDifference(x, output))
  }, Object.values(parameters))
  const t = tf.add(step, 1)
  step.assign(t)
  const scale = tf.mul(rate, tf.div(tf.sqrt(tf.sub(1, tf.pow(beta2, t))), tf.sub(1, tf.pow(beta1, t))))
  for (const [name, variable] of Object.entries(parameters)) {
    const gradient = grads[variable.name]
    const m = slots[`optimizer/m/${name}`]
    const v = slots[`optimizer/v/${name}`]
    const nextM = tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1))
    const nextV = tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2))
    m.assign(nextM)
    v.assign(nextV)
    variable.assign(tf.sub(variable, tf.mul(scale, tf.div(nextM, tf.add(tf.sqrt(nextV), epsilon)))))
  }
  return { loss: value }
}

const compileStart = performance.now()
const train = await compile(trainStep, {
  state,
  inputs: { x: { shape: [batch, size], dtype: 'float32' } },
  threads,
  spinning: process.env.SPIN === '1',
})
const compileMilliseconds = performance.now() - compileStart
if (process.env.PRINT) console.log(printGraph(train.graph))

const count = 64 * batch
const images = new Float32Array(count * size)
for (let i = 0; i < images.length; i++) images[i] = (i * 2654435761) % 5 === 0 ? ((i * 40503) % 256) / 255 : 0
const rates = []
for (let second = 0; second < seconds; second++) {
  const start = performance.now()
  let steps = 0
  let loss = 0
  while (performance.now() - start < 1000) {
    const offset = (steps % 64) * batch * size
    loss = (await train.run({ x: images.subarray(offset, offset + batch * size) })).loss[0]
    steps++
  }
  rates.push((steps * batch * 1000) / (performance.now() - start))
  console.log(`loss ${loss.toFixed(5)}  ${Math.round(rates.at(-1))} images/s`)
}
console.log(
  JSON.stringify({
    batch,
    code,
    threads,
    nodes: train.graph.nodes.length,
    compileMilliseconds: Math.round(compileMilliseconds),
    imagesPerSecond: Math.round(rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)]),
    residentMegabytes: Math.round(process.memoryUsage().rss / 2 ** 20),
  }),
)
