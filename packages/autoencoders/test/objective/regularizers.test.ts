import { createRandom } from '@hourglass/datasets'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createNetwork } from '../../src/architectures/createNetwork.js'
import '../../src/engines/registerGradients.js'
import { type Activation, completeRunConfig, initializeParameters, type RegularizerConfig, type RunConfigInput } from '../../src/index.js'
import { penaltyOf } from '../../src/objective/regularizers.js'
import { activateCpuBackend } from '../../src/tensors/cpuBackend.js'

beforeAll(activateCpuBackend)
afterEach(() => expect(tf.memory().numTensors).toBe(0))

type Dense = Omit<Extract<NonNullable<RunConfigInput['architecture']>, { kind: 'dense' }>, 'kind'>

const SIZE = 5
const BATCH = 4

/** A small network whose weights are large enough for its activations to bend. */
function setUp(settings: Dense) {
  const { architecture } = completeRunConfig({
    architecture: { kind: 'dense', ...settings, initializer: { kind: 'normal', standardDeviation: 0.7 } },
  })
  const network = createNetwork(architecture, [SIZE])
  const tensors = initializeParameters(architecture, { exampleShape: [SIZE], seed: 3 })
  const parameters = Object.fromEntries(Object.entries(tensors).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]))
  const values = new Float32Array(BATCH * SIZE)
  createRandom(9, 'inputs').fillUniform(values, { low: -1, high: 1 })
  return { network, parameters, values }
}

function penalize(config: RegularizerConfig, codes: readonly (readonly number[])[]): number {
  return tf.tidy(() => {
    const { network, parameters, values } = setUp({ latentDimension: 2 })
    const inputs = tf.tensor2d(values, [BATCH, SIZE])
    const penalty = penaltyOf(config, { network, parameters, inputs, codes: tf.tensor2d(codes.flat(), [codes.length, 2]) })
    return penalty?.dataSync()[0] ?? Number.NaN
  })
}

describe('penalties', () => {
  it('is nothing where there is none', () => {
    expect(penalize({ kind: 'none' }, [[1, 2]])).toBeNaN()
  })

  it('adds up absolute values of a code, and takes the mean over the batch', () => {
    expect(
      penalize({ kind: 'l1', weight: 0.5 }, [
        [1, -2],
        [0, 0.5],
      ]),
    ).toBeCloseTo(0.5 * ((3 + 0.5) / 2), 6)
  })

  it('computes the divergence of mean activations from the target', () => {
    // Means 0.2 and 0.5 against 0.1: 0.1 ln(0.1/0.2) + 0.9 ln(0.9/0.8) and 0.1 ln(0.1/0.5) + 0.9 ln(0.9/0.5).
    const expected = 2 * (0.1 * Math.log(0.5) + 0.9 * Math.log(1.125) + 0.1 * Math.log(0.2) + 0.9 * Math.log(1.8))
    expect(
      penalize({ kind: 'klSparsity', weight: 2, target: 0.1 }, [
        [0.1, 0.4],
        [0.3, 0.6],
      ]),
    ).toBeCloseTo(expected, 5)
    expect(
      penalize({ kind: 'klSparsity', weight: 2, target: 0.25 }, [
        [0.2, 0.25],
        [0.3, 0.25],
      ]),
    ).toBeCloseTo(0, 6)
  })

  it('stays finite where units are always on or off', () => {
    expect(penalize({ kind: 'klSparsity', weight: 1, target: 0.05 }, [[0, 1]])).toBeLessThan(20)
  })

  const encoders: [string, Dense][] = [
    ...(['linear', 'relu', 'sigmoid', 'tanh'] as const).map((codeActivation: Activation): [string, Dense] => [
      `one ${codeActivation} layer`,
      { latentDimension: 3, codeActivation },
    ]),
    ['two layers', { latentDimension: 3, hiddenWidths: [4], hiddenActivation: 'tanh', codeActivation: 'sigmoid' }],
    ['four layers', { latentDimension: 2, hiddenWidths: [6, 4, 3], hiddenActivation: 'sigmoid', codeActivation: 'tanh' }],
  ]

  it.each(encoders)('computes the Jacobian’s squared norm of %s as finite differences do', (_name, settings) => {
    tf.tidy(() => {
      const { network, parameters, values } = setUp(settings)
      const encode = (inputs: Float32Array) => network.encode(parameters, tf.tensor2d(inputs, [BATCH, SIZE])).dataSync()
      const norms = network.squaredJacobianNorms?.(parameters, tf.tensor2d(values, [BATCH, SIZE])).dataSync() ?? []
      expect(norms).toHaveLength(BATCH)
      const latent = settings.latentDimension ?? 0
      const h = 1e-2
      for (let row = 0; row < BATCH; row++) {
        let expected = 0
        for (let input = 0; input < SIZE; input++) {
          const moved = (by: number) => encode(values.map((value, index) => (index === row * SIZE + input ? value + by : value)))
          const [far, near, minus, least] = [moved(2 * h), moved(h), moved(-h), moved(-2 * h)]
          for (let unit = row * latent; unit < (row + 1) * latent; unit++) {
            const [a = 0, b = 0, c = 0, d = 0] = [far[unit], near[unit], minus[unit], least[unit]]
            expected += ((8 * (b - c) - (a - d)) / (12 * h)) ** 2
          }
        }
        expect(Math.abs((norms[row] ?? Number.NaN) / expected - 1)).toBeLessThan(2e-3)
      }
    })
  })

  it('has the gradient of the contractive penalty that finite differences give', () => {
    tf.tidy(() => {
      const { network, parameters, values } = setUp({
        latentDimension: 3,
        hiddenWidths: [4],
        hiddenActivation: 'tanh',
        codeActivation: 'sigmoid',
      })
      const inputs = tf.tensor2d(values, [BATCH, SIZE])
      const penalty = (kernel: tf.Tensor) => {
        const changed = { ...parameters, 'encoder/0/kernel': kernel }
        const codes = network.encode(changed, inputs)
        return penaltyOf({ kind: 'contractive', weight: 1 }, { network, parameters: changed, inputs, codes }) as tf.Scalar
      }
      const kernel = parameters['encoder/0/kernel'] as tf.Tensor
      const gradient = tf.grad(penalty)(kernel).dataSync()
      const start = kernel.dataSync()
      const h = 1e-2
      gradient.forEach((slope, index) => {
        const at = (by: number) =>
          penalty(
            tf.tensor(
              start.map((value, at) => (at === index ? value + by : value)),
              kernel.shape,
            ),
          ).dataSync()[0] ?? 0
        expect(slope).toBeCloseTo((8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h), 3)
      })
    })
  })
})
