import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import '../../src/engines/registerGradients.js'
import { isMiniBatch, optimizerRowOf } from '../../src/config/optimizerRowOf.js'
import { optimizerRows, optimizer as optimizerSchema } from '../../src/config/optimizerSchema.js'
import type { MiniBatchOptimizerConfig } from '../../src/config/RunConfig.js'
import { createOptimizer } from '../../src/optimizers/createOptimizer.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'

beforeAll(activateCpuBackend)
afterEach(() => tf.disposeVariables())

const start = [0.5, -1.5, 2, 1e-3]
const scales = [1, 10, 0.1, 100]

/** A bowl that is steep in one direction and flat in another. */
const bowl = (x: tf.Tensor) => tf.sum(tf.mul(tf.tensor1d(scales), tf.square(x))) as tf.Scalar

/** Values after each of some steps down the bowl. */
function descend(x: tf.Variable, steps: number, step: (gradient: tf.Tensor) => void): number[][] {
  return Array.from({ length: steps }, () => {
    tf.tidy(() => step(tf.grad(bowl)(x)))
    return [...x.dataSync()]
  })
}

function descendOurs(config: MiniBatchOptimizerConfig, steps: number) {
  const x = tf.tidy(() => tf.variable(tf.tensor1d(start)))
  const optimizer = createOptimizer(config, { x })
  return { path: descend(x, steps, (gradient) => optimizer.applyGradients({ x: gradient })), optimizer }
}

function descendTheirs(optimizer: tf.Optimizer, steps: number) {
  const x = tf.tidy(() => tf.variable(tf.tensor1d(start)))
  const path = descend(x, steps, (gradient) => optimizer.applyGradients({ [x.name]: gradient }))
  optimizer.dispose()
  // Momentum does not dispose of what plain descent made for it.
  if (optimizer.getClassName() === 'Momentum') tf.SGDOptimizer.prototype.dispose.call(optimizer)
  return path
}

const steady = { schedule: { kind: 'constant' }, warmupEpochs: 0, clipNorm: null } as const
const adam = { kind: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, ...steady } as const
const sgd = { kind: 'sgd', learningRate: 0.004, momentum: 0, ...steady } as const
const rmsprop = { kind: 'rmsprop', learningRate: 0.01, decay: 0.9, momentum: 0, epsilon: 1e-7, ...steady } as const

describe('optimizers', () => {
  it.each([
    ['adam', adam, () => tf.train.adam(0.05, 0.9, 0.999, 1e-7)],
    ['adam with other decays', { ...adam, beta1: 0.5, beta2: 0.9, epsilon: 0.01 }, () => tf.train.adam(0.05, 0.5, 0.9, 0.01)],
    ['sgd', sgd, () => tf.train.sgd(0.004)],
    ['sgd with momentum', { ...sgd, momentum: 0.8 }, () => tf.train.momentum(0.004, 0.8)],
    ['rmsprop', rmsprop, () => tf.train.rmsprop(0.01, 0.9, 0, 1e-7)],
    ['rmsprop with momentum', { ...rmsprop, momentum: 0.5 }, () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7)],
  ] as const)('%s follows TensorFlow.js’s own to 1e-4 for 100 steps', (_name, config, theirs) => {
    const expected = descendTheirs(theirs(), 100)
    descendOurs(config, 100).path.forEach((values, step) => {
      values.forEach((value, i) => {
        expect(Math.abs(value - (expected[step]?.[i] ?? Number.NaN))).toBeLessThan(1e-4)
      })
    })
  })

  it('moves Adam’s first step by the learning rate against the gradient’s sign', () => {
    const [first] = descendOurs(adam, 1).path
    first?.forEach((value, i) => {
      expect(value).toBeCloseTo((start[i] ?? 0) - 0.05 * Math.sign(start[i] ?? 0), 5)
    })
  })

  it.each([0, 1 - 1e-12])('keeps Adam finite and moving with decays of %d', (beta) => {
    const [first] = descendOurs({ ...adam, beta1: beta, beta2: beta }, 1).path
    first?.forEach((value, i) => {
      expect(value).toBeCloseTo((start[i] ?? 0) - 0.05 * Math.sign(start[i] ?? 0), 4)
    })
  })

  it.each([
    [adam, ['optimizer/firstMoment/x', 'optimizer/secondMoment/x', 'optimizer/step']],
    [sgd, ['optimizer/step']],
    [{ ...sgd, momentum: 0.9 }, ['optimizer/momentum/x', 'optimizer/step']],
    [rmsprop, ['optimizer/meanSquare/x', 'optimizer/step']],
    [{ ...rmsprop, momentum: 0.9 }, ['optimizer/meanSquare/x', 'optimizer/momentum/x', 'optimizer/step']],
  ])('keeps all it remembers in named variables: %j', (config, names) => {
    const { variables } = descendOurs(config, 3).optimizer
    expect(Object.keys(variables)).toEqual(names)
    expect(variables['optimizer/step']?.dataSync()[0]).toBe(3)
  })

  it.each(Object.keys(optimizerRows))('%s keeps as many numbers for each parameter as its row says', (kind) => {
    for (const momentum of [0, 0.9]) {
      const defaults = optimizerSchema.parse({ kind })
      const config = 'momentum' in defaults ? { ...defaults, momentum } : defaults
      if (!isMiniBatch(config)) continue
      const { variables } = descendOurs(config, 1).optimizer
      const slots = Object.keys(variables).filter((name) => name.endsWith('/x'))
      expect(optimizerRowOf(config).numbersKept(config)).toBe(slots.length)
    }
  })

  it('keeps no tensors but its variables', () => {
    const before = tf.memory().numTensors
    const { optimizer } = descendOurs(adam, 1)
    expect(tf.memory().numTensors - before).toBe(1 + Object.keys(optimizer.variables).length)
  })
})
