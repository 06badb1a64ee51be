import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import '../../src/engines/registerGradients.js'
import type { MiniBatchOptimizerConfig } from '../../src/config/RunConfig.js'
import { completeRunConfig, type RunConfigInput } from '../../src/index.js'
import { createOptimizer } from '../../src/optimizers/createOptimizer.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'

beforeAll(activateCpuBackend)
afterEach(() => tf.disposeVariables())

/** A variable, without the tensor that it begins with. */
const variableOf = (begin: () => tf.Tensor) => tf.tidy(() => tf.variable(begin()))

const complete = (optimizer: RunConfigInput['optimizer']) => completeRunConfig({ optimizer }).optimizer as MiniBatchOptimizerConfig
const length = { epochs: 10, stepsPerEpoch: 4 }

/** The learning rate of each step of a training, read off plain descent along a gradient of 1. */
function ratesOf(pacing: object): number[] {
  const x = variableOf(() => tf.tensor1d([0]))
  const optimizer = createOptimizer(complete({ kind: 'sgd', learningRate: 0.5, ...pacing }), { x }, length)
  return Array.from({ length: length.epochs * length.stepsPerEpoch }, () => {
    const before = x.dataSync()[0] ?? Number.NaN
    tf.tidy(() => optimizer.applyGradients({ x: tf.tensor1d([1]) }))
    return before - (x.dataSync()[0] ?? Number.NaN)
  })
}

/** Compares with a formula of steps that count from 1. */
function expectRates(rates: readonly number[], expected: (step: number) => number): void {
  for (const [index, rate] of rates.entries()) expect(Math.abs(rate - expected(index + 1)), `step ${index + 1}`).toBeLessThan(2e-6)
}

describe('the learning rate', () => {
  it('is the same in all steps by itself', () => {
    expectRates(ratesOf({}), () => 0.5)
  })

  it('falls by a factor every few epochs', () => {
    expectRates(ratesOf({ schedule: { kind: 'step', every: 3, factor: 0.1 } }), (step) => 0.5 * 0.1 ** Math.floor((step - 1) / 12))
  })

  it('falls along half a cosine to what is to be left of it in the last step', () => {
    const cosine = (step: number) => 0.5 * (0.2 + (0.8 * (1 + Math.cos((Math.PI * (step - 1)) / 39))) / 2)
    expectRates(ratesOf({ schedule: { kind: 'cosine', final: 0.2 } }), cosine)
  })

  it('rises in the warm-up, behind which the schedule begins', () => {
    expectRates(ratesOf({ warmupEpochs: 2 }), (step) => 0.5 * Math.min(1, step / 8))
    const stepped = (step: number) => (step <= 8 ? (0.5 * step) / 8 : 0.5 * 0.5 ** Math.floor((step - 9) / 4))
    expectRates(ratesOf({ warmupEpochs: 2, schedule: { kind: 'step', every: 1, factor: 0.5 } }), stepped)
    const cosine = (step: number) => (step <= 8 ? (0.5 * step) / 8 : (0.5 * (1 + Math.cos((Math.PI * (step - 9)) / 31))) / 2)
    expectRates(ratesOf({ warmupEpochs: 2, schedule: { kind: 'cosine' } }), cosine)
  })

  it('rises to its full height in a training that is shorter than the warm-up', () => {
    expectRates(ratesOf({ warmupEpochs: 500 }), (step) => (0.5 * step) / 40)
  })
})

describe('gradients that are clipped', () => {
  it('are shortened to the norm that they may have together, and point where they did', () => {
    const [a, b] = [variableOf(() => tf.zeros([2])), variableOf(() => tf.zeros([1, 2]))]
    const optimizer = createOptimizer(complete({ kind: 'sgd', learningRate: 1, clipNorm: 2 }), { a, b })
    tf.tidy(() => optimizer.applyGradients({ a: tf.tensor1d([3, 0]), b: tf.tensor2d([[0, -4]]) }))
    for (const [index, expected] of [-1.2, 0, 0, 1.6].entries()) {
      expect([...a.dataSync(), ...b.dataSync()][index]).toBeCloseTo(expected, 6)
    }
  })

  it('are left alone below it, and stay 0 where they are', () => {
    const x = variableOf(() => tf.zeros([2]))
    const optimizer = createOptimizer(complete({ kind: 'sgd', learningRate: 1, clipNorm: 2 }), { x })
    tf.tidy(() => optimizer.applyGradients({ x: tf.tensor1d([1, -1]) }))
    expect([...x.dataSync()]).toEqual([-1, 1])
    tf.tidy(() => optimizer.applyGradients({ x: tf.zeros([2]) }))
    expect([...x.dataSync()]).toEqual([-1, 1])
  })
})

describe('AdamW', () => {
  it('follows the published algorithm in double precision to 1e-5 for 100 steps, and leaves biases to Adam', () => {
    const [rate, decay, beta1, beta2, epsilon] = [0.05, 0.1, 0.9, 0.999, 1e-7]
    const [weights, bias] = [variableOf(() => tf.tensor2d([[0.5, -1.5]])), variableOf(() => tf.tensor1d([2]))]
    const optimizer = createOptimizer(complete({ kind: 'adamw', learningRate: rate, weightDecay: decay }), { weights, bias })
    const own = [0.5, -1.5, 2].map((value) => ({ value, first: 0, second: 0 }))
    const slopes = [1, 10, 0.1]
    for (let step = 1; step <= 100; step++) {
      tf.tidy(() =>
        optimizer.applyGradients({ weights: tf.mul(weights, tf.tensor2d([slopes.slice(0, 2)])), bias: tf.mul(bias, slopes[2] ?? 0) }),
      )
      for (const [index, each] of own.entries()) {
        const gradient = each.value * (slopes[index] ?? 0)
        each.first = beta1 * each.first + (1 - beta1) * gradient
        each.second = beta2 * each.second + (1 - beta2) * gradient ** 2
        const update = each.first / (1 - beta1 ** step) / (Math.sqrt(each.second / (1 - beta2 ** step)) + epsilon)
        each.value = each.value * (index < 2 ? 1 - rate * decay : 1) - rate * update
      }
      const values = [...weights.dataSync(), ...bias.dataSync()]
      for (const [index, each] of own.entries()) expect(Math.abs((values[index] ?? Number.NaN) - each.value)).toBeLessThan(1e-5)
    }
  })
})
