import * as layers from '@tensorflow/tfjs-layers'
import { afterEach, describe, expect, it } from 'vitest'
import { compile, createState, optimizerVariables } from '../src/index.js'
import { type Batches, compareTraining, type Training } from './compareTraining.js'
import { tf } from './eager.js'
import { expectClose, uniformArray } from './numbers.js'

const [batch, size, code] = [16, 20, 5]

afterEach(() => {
  tf.disposeVariables()
})

function makeParameters(): Record<string, tf.Variable> {
  const kernel = (seed: number, rows: number, columns: number) =>
    tf.variable(tf.tensor2d(uniformArray(seed, rows * columns, -0.5, 0.5), [rows, columns]))
  return tf.tidy(() => ({
    'encoder/kernel': kernel(1, size, code),
    'encoder/bias': tf.variable(tf.zeros([code])),
    'decoder/kernel': kernel(2, code, size),
    'decoder/bias': tf.variable(tf.zeros([size])),
  }))
}

function variable(variables: Readonly<Record<string, tf.Variable>>, name: string): tf.Variable {
  const found = variables[name]
  if (!found) throw new Error(`no variable ${name}`)
  return found
}

function reconstruct(parameters: Readonly<Record<string, tf.Variable>>, x: tf.Tensor): tf.Tensor {
  const codes = tf.tanh(tf.add(tf.matMul(x, variable(parameters, 'encoder/kernel')), variable(parameters, 'encoder/bias')))
  return tf.add(tf.matMul(codes, variable(parameters, 'decoder/kernel')), variable(parameters, 'decoder/bias'))
}

type Loss = (x: tf.Tensor, logits: tf.Tensor) => tf.Scalar

const losses: Readonly<Record<string, Loss>> = {
  'mean squared error': (x, logits) => tf.mean(tf.squaredDifference(x, tf.sigmoid(logits))),
  'binary cross-entropy on logits': (x, logits) => tf.mean(tf.sub(tf.softplus(logits), tf.mul(x, logits))),
  'binary cross-entropy of max, product and log1p': (x, logits) =>
    tf.mean(tf.add(tf.sub(tf.maximum(logits, 0), tf.mul(x, logits)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))))),
  'tf.losses.meanSquaredError': (x, logits) => tf.losses.meanSquaredError(x, tf.sigmoid(logits)),
  'tf.losses.absoluteDifference': (x, logits) => tf.losses.absoluteDifference(x, tf.sigmoid(logits)),
  'tf.losses.logLoss': (x, logits) => tf.losses.logLoss(x, tf.sigmoid(logits)),
  'tf.losses.sigmoidCrossEntropy': (x, logits) => tf.losses.sigmoidCrossEntropy(x, logits),
  'tf.losses.softmaxCrossEntropy': (x, logits) => tf.losses.softmaxCrossEntropy(tf.softmax(x), logits),
  'tf.losses.huberLoss': (x, logits) => tf.losses.huberLoss(x, logits),
  'tf.losses.hingeLoss': (x, logits) => tf.losses.hingeLoss(tf.round(x), logits),
  'tf.losses.cosineDistance': (x, logits) => tf.losses.cosineDistance(x, logits, 1),
}

/** Adam as a user writes it: expressions on variables. */
function handWrittenAdam(loss: Loss): Training {
  const parameters = makeParameters()
  const slots: Record<string, tf.Variable> = {}
  for (const [name, parameter] of Object.entries(parameters)) {
    for (const slot of ['m', 'v']) slots[`optimizer/${slot}/${name}`] = tf.tidy(() => tf.variable(tf.zerosLike(parameter)))
  }
  const count = tf.tidy(() => tf.variable(tf.scalar(0)))
  const step: Training['step'] = ({ x }) => {
    const { value, grads } = tf.variableGrads(() => loss(x, reconstruct(parameters, x)), Object.values(parameters))
    const t = tf.add<tf.Scalar>(count, 1)
    count.assign(t)
    for (const [name, parameter] of Object.entries(parameters)) {
      const gradient = grads[parameter.name] as tf.Tensor
      const [m, v] = [variable(slots, `optimizer/m/${name}`), variable(slots, `optimizer/v/${name}`)]
      m.assign(tf.add(tf.mul(m, 0.9), tf.mul(gradient, 0.1)))
      v.assign(tf.add(tf.mul(v, 0.999), tf.mul(tf.square(gradient), 0.001)))
      const corrected = tf.div(m, tf.sub(1, tf.pow(0.9, t)))
      const root = tf.sqrt(tf.div(v, tf.sub(1, tf.pow(0.999, t))))
      parameter.assign(tf.sub(parameter, tf.mul(0.01, tf.div(corrected, tf.add(root, 1e-7)))))
    }
    return { loss: value }
  }
  return { state: createState({ ...parameters, ...slots, step: count }), step }
}

function withOptimizer(make: () => tf.Optimizer): Training {
  const parameters = makeParameters()
  const optimizer = make()
  const slots = optimizerVariables(optimizer, parameters)
  const loss = losses['mean squared error'] as Loss
  const step: Training['step'] = ({ x }) => {
    const value = optimizer.minimize(() => loss(x, reconstruct(parameters, x)), true, Object.values(parameters))
    return { loss: value as tf.Scalar }
  }
  return { state: createState({ ...parameters, ...slots }), step }
}

const batches = Array.from({ length: 50 }, (_, index) => uniformArray(100 + index, batch * size, 0, 1))
const images: Batches = { shapes: { x: [batch, size] }, steps: batches.map((x) => ({ x })) }

describe('50 steps of a dense autoencoder with Adam written by hand', () => {
  it.each(Object.entries(losses))('follow tfjs: %s', async (_, loss) => {
    await compareTraining(handWrittenAdam(loss), images, 1e-4)
  })
})

describe('50 steps with an optimizer of tfjs', () => {
  it.each([
    ['sgd', () => tf.train.sgd(0.5)],
    ['momentum', () => tf.train.momentum(0.2, 0.9)],
    ['Nesterov momentum', () => tf.train.momentum(0.2, 0.9, true)],
    ['rmsprop', () => tf.train.rmsprop(0.01)],
    ['centred rmsprop', () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-6, true)],
    ['adam', () => tf.train.adam(0.01)],
    ['adamax', () => tf.train.adamax(0.01)],
    ['adagrad', () => tf.train.adagrad(0.1)],
    ['adadelta', () => tf.train.adadelta(1)],
  ])('follow tfjs: %s', async (_, make) => {
    await compareTraining(withOptimizer(make), images, 1e-4)
  })
})

describe('optimizerVariables', () => {
  it('names the slots after the parameters and leaves all values as they were', () => {
    const parameters = makeParameters()
    const before = Object.values(parameters).map((each) => Array.from(each.dataSync()))
    const optimizer = tf.train.adam(0.01)
    const slots = optimizerVariables(optimizer, parameters)
    expect(Object.keys(slots).sort()).toEqual([
      'accBeta1',
      'accBeta2',
      ...['accumulatedFirstMoment', 'accumulatedSecondMoment'].flatMap((slot) =>
        ['decoder/bias', 'decoder/kernel', 'encoder/bias', 'encoder/kernel'].map((name) => `${slot}/${name}`),
      ),
    ])
    expect(variable(slots, 'accBeta1').dataSync()[0]).toBeCloseTo(0.9)
    expect(Object.values(parameters).map((each) => Array.from(each.dataSync()))).toEqual(before)
    expect(optimizer.iterations).toBe(0)
  })
})

it('traces a layers model with tf.train.adam', async () => {
  const model = layers.sequential({
    layers: [
      layers.layers.dense({
        units: code,
        inputShape: [size],
        activation: 'relu',
        kernelInitializer: layers.initializers.glorotUniform({ seed: 3 }),
      }),
      layers.layers.dense({ units: size, activation: 'sigmoid', kernelInitializer: layers.initializers.glorotUniform({ seed: 4 }) }),
    ],
  })
  const weights = Object.fromEntries(model.trainableWeights.map((weight) => [weight.name, weight.read() as tf.Variable]))
  const optimizer = tf.train.adam(0.01)
  const state = createState({ ...weights, ...optimizerVariables(optimizer, weights) })
  const step: Training['step'] = ({ x }) => ({
    loss: optimizer.minimize(
      () => tf.losses.meanSquaredError(x, model.apply(x, { training: true }) as tf.Tensor),
      true,
      Object.values(weights),
    ) as tf.Scalar,
  })
  await compareTraining({ state, step }, images, 1e-4)
})

describe('compiled functions that share a state', () => {
  it('see what another one has trained', async () => {
    const parameters = makeParameters()
    const state = createState(parameters)
    const x = { shape: [batch, size], dtype: 'float32' } as const
    const loss = losses['mean squared error'] as Loss
    const train = await compile(
      (inputs) => {
        const { value, grads } = tf.variableGrads(() => loss(inputs.x, reconstruct(parameters, inputs.x)), Object.values(parameters))
        for (const parameter of Object.values(parameters))
          parameter.assign(tf.sub(parameter, tf.mul(0.5, grads[parameter.name] as tf.Tensor)))
        return { loss: value }
      },
      { state, inputs: { x } },
    )
    const evaluate = await compile((inputs) => ({ loss: loss(inputs.x, reconstruct(parameters, inputs.x)) }), { state, inputs: { x } })
    const values = { x: batches[0] as Float32Array }
    for (let index = 0; index < 5; index++) {
      const evaluated = await evaluate.run(values)
      const trained = await train.run(values)
      expectClose(evaluated.loss, trained.loss, 1e-6)
    }
    expect(evaluate.graph.updates).toEqual([])
    await Promise.all([train.dispose(), evaluate.dispose()])
  })
})

describe('determinism', () => {
  it('gives the same bits in 200 steps of two sessions', async () => {
    const run = async () => {
      const training = handWrittenAdam(losses['mean squared error'] as Loss)
      const compiled = await compile(training.step, {
        state: training.state,
        inputs: { x: { shape: [batch, size], dtype: 'float32' } },
        threads: 2,
      })
      const history: number[] = []
      for (let index = 0; index < 200; index++) {
        history.push((await compiled.run({ x: batches[index % batches.length] as Float32Array })).loss[0] ?? Number.NaN)
      }
      await compiled.dispose()
      return { history, snapshot: training.state.snapshot() }
    }
    const [first, second] = [await run(), await run()]
    expect(second.history).toEqual(first.history)
    expect(second.snapshot).toEqual(first.snapshot)
  })

  it('continues from a snapshot with the same bits', async () => {
    const training = handWrittenAdam(losses['mean squared error'] as Loss)
    const compiled = await compile(training.step, { state: training.state, inputs: { x: { shape: [batch, size], dtype: 'float32' } } })
    const steps = async (from: number, to: number) => {
      for (const x of batches.slice(from, to)) await compiled.run({ x })
    }
    await steps(0, 7)
    const snapshot = training.state.snapshot()
    await steps(7, 20)
    const uninterrupted = training.state.snapshot()
    training.state.restore(snapshot)
    await steps(7, 20)
    expect(training.state.snapshot()).toEqual(uninterrupted)
    await compiled.dispose()
  })
})
