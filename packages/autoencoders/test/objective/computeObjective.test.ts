import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createNetwork } from '../../src/architectures/createNetwork.js'
import { completeRunConfig, type RunConfigInput } from '../../src/index.js'
import { lossFunctions } from '../../src/losses/losses.js'
import { computeObjective, type Objective } from '../../src/objective/computeObjective.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'

beforeAll(activateCpuBackend)
afterEach(() => expect(tf.memory().numTensors).toBe(0))

/** Two values, one code unit: every number of it can be worked out by hand. */
function setUp(changes: RunConfigInput) {
  const config = completeRunConfig({
    ...changes,
    architecture: {
      kind: 'dense',
      latentDimension: 1,
      outputActivation: 'linear',
      ...changes.architecture,
    } as RunConfigInput['architecture'],
  })
  const objective: Objective = {
    network: createNetwork(config.architecture, [2]),
    loss: lossFunctions[config.loss],
    regularizer: config.regularizer,
    encoder: config.architecture.encoder,
  }
  const parameters = {
    'encoder/0/kernel': tf.tensor2d([0.5, 0.25], [2, 1]),
    'encoder/0/bias': tf.tensor1d([0.1]),
    'encoder/logVariance/kernel': tf.tensor2d([-1, 0.5], [2, 1]),
    'encoder/logVariance/bias': tf.tensor1d([0.2]),
    'decoder/0/kernel': tf.tensor2d([2, -1], [1, 2]),
    'decoder/0/bias': tf.tensor1d([0, 0.5]),
  }
  return { objective, parameters }
}

const row = (...values: number[]) => tf.tensor2d(values, [1, values.length])

describe('the objective', () => {
  it('compares the reconstruction of the corrupted input with the clean target', () => {
    tf.tidy(() => {
      const { objective, parameters } = setUp({})
      const { losses, penalty, divergences } = computeObjective(objective, parameters, { targets: row(1, 2), inputs: row(2, 0) })
      // z = 2 · 0.5 + 0.1 = 1.1; r = [2.2, −0.6]
      expect(losses.dataSync()[0]).toBeCloseTo((1.2 ** 2 + 2.6 ** 2) / 2, 5)
      expect([penalty, divergences]).toEqual([null, null])
    })
  })

  it('divides penalties by the number of values, as it does the error', () => {
    tf.tidy(() => {
      const { objective, parameters } = setUp({ regularizer: { kind: 'l1', weight: 3 } })
      const { penalty } = computeObjective(objective, parameters, { targets: row(1, 2), inputs: row(1, 2) })
      expect(penalty?.dataSync()[0]).toBeCloseTo((3 * 1.1) / 2, 6)
    })
  })

  it('is the negative evidence lower bound with beta times the divergence, where the encoder is variational', () => {
    tf.tidy(() => {
      const { objective, parameters } = setUp({ architecture: { kind: 'dense', encoder: { kind: 'variational', beta: 4 } } })
      const { losses, penalty, divergences } = computeObjective(objective, parameters, {
        targets: row(1, 2),
        inputs: row(1, 2),
        noise: row(-0.7),
      })
      // μ = 0.5 + 0.5 + 0.1 = 1.1; ln σ² = −1 + 1 + 0.2 = 0.2; z = 1.1 − 0.7 e^0.1; r = [2 z, 0.5 − z]
      const z = 1.1 - 0.7 * Math.exp(0.1)
      const divergence = (1.1 ** 2 + Math.exp(0.2) - 0.2 - 1) / 2
      expect(losses.dataSync()[0]).toBeCloseTo(((2 * z - 1) ** 2 + (0.5 - z - 2) ** 2) / 2, 5)
      expect(divergences?.dataSync()[0]).toBeCloseTo(divergence, 5)
      expect(penalty?.dataSync()[0]).toBeCloseTo((4 * divergence) / 2, 5)
    })
  })

  it('refuses a variational encoder without noise', () => {
    expect(() =>
      tf.tidy(() => {
        const { objective, parameters } = setUp({ architecture: { kind: 'dense', encoder: { kind: 'variational' } } })
        computeObjective(objective, parameters, { targets: row(1, 2), inputs: row(1, 2) })
      }),
    ).toThrow(/noise: expected standard normal numbers/)
  })
})
