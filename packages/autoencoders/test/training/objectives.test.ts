import type { Dataset } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { measurePca } from '../../src/analysis/measurePca.js'
import {
  completeRunConfig,
  createDecoder,
  createEncoder,
  decodeSafetensors,
  encodeSafetensors,
  type RunConfigInput,
} from '../../src/index.js'
import {
  computePcaBaseline,
  type EpochCompleted,
  type TrainAutoencoderOptions,
  type TrainingEvent,
  trainAutoencoder,
} from '../../src/training.js'

/** Examples as they lie in their files, none held out. */
const inOrder = { validationCount: 0, selection: 'first' } as const
let mnist: Dataset
beforeAll(async () => {
  mnist = await loadDataset('mnist', { trainCount: 600, testCount: 200, ...inOrder })
})

const configOf = (changes: RunConfigInput) =>
  completeRunConfig({
    architecture: { kind: 'dense', latentDimension: 8 },
    ...changes,
    data: { dataset: 'mnist', trainCount: 600, testCount: 200, ...inOrder, ...changes.data },
    training: { epochs: 3, batchSize: 100, ...changes.training },
  })

async function run(changes: RunConfigInput, options: Pick<TrainAutoencoderOptions, 'resumeFrom' | 'sampleCount'> = {}) {
  const events: TrainingEvent[] = []
  for await (const event of trainAutoencoder({ config: configOf(changes), dataset: mnist, threads: 1, ...options })) events.push(event)
  const epochs = events.filter((event): event is EpochCompleted => event.type === 'epochCompleted')
  return { events, epochs, losses: epochs.map(({ metrics }) => [metrics.trainLoss, metrics.validationLoss]) }
}

const variational: RunConfigInput = {
  architecture: { kind: 'dense', latentDimension: 4, hiddenWidths: [32], encoder: { kind: 'variational', beta: 2 } },
  loss: 'binaryCrossEntropy',
}
const sigmoidCode: RunConfigInput['architecture'] = { kind: 'dense', latentDimension: 8, codeActivation: 'sigmoid' }

const objectives: [string, RunConfigInput][] = [
  ['uniform noise', { corruption: { kind: 'uniform', amplitude: 0.5 } }],
  ['masking', { corruption: { kind: 'masking', probability: 0.4 } }],
  ['a variational encoder', variational],
  ['an L1 penalty', { regularizer: { kind: 'l1', weight: 0.1 } }],
  ['a KL penalty', { architecture: sigmoidCode, regularizer: { kind: 'klSparsity', weight: 1, target: 0.1 } }],
  ['a contractive penalty', { architecture: sigmoidCode, regularizer: { kind: 'contractive', weight: 0.1 } }],
  [
    'stacked pretraining',
    { architecture: { kind: 'dense', latentDimension: 4, hiddenWidths: [32] }, training: { pretraining: { kind: 'stacked', epochs: 2 } } },
  ],
  ['L-BFGS', { optimizer: { kind: 'lbfgs', iterationsPerEpoch: 4, historySize: 3 } }],
]

describe.each(objectives)('training with %s', (_name, changes) => {
  it('learns', async () => {
    const { losses } = await run(changes)
    expect(losses.at(-1)?.[1]).toBeLessThan(losses[0]?.[1] ?? 0)
  })

  it('resumes and goes on to the last bit', async () => {
    const whole = await run(changes)
    const trainingState = decodeSafetensors(encodeSafetensors(whole.epochs[0]?.trainingState ?? {}))
    const rest = await run(changes, { resumeFrom: { epoch: 1, trainingState } })
    expect(rest.losses).toEqual(whole.losses.slice(1))
    expect(rest.epochs.at(-1)?.trainingState).toEqual(whole.epochs.at(-1)?.trainingState)
  })
})

describe('a linear autoencoder in closed form', () => {
  const linear = { kind: 'dense', latentDimension: 8, outputActivation: 'linear' } as const
  const closedForm: RunConfigInput = { architecture: linear, optimizer: { kind: 'closedForm' }, training: { epochs: 1 } }

  it('is PCA of the training examples, which no gradient steps get below', async () => {
    const { epochs } = await run(closedForm)
    const [solved] = epochs
    const { meanSquaredErrors, principalComponents } = await computePcaBaseline({ dataset: mnist })
    expect(solved?.metrics.unclippedMeanSquaredError).toBeCloseTo(meanSquaredErrors[7] ?? Number.NaN, 6)
    // What is shown is clipped, and compared with PCA that is clipped too.
    const requests = [{ codeSize: 8, corruption: { kind: 'none' } as const }]
    const [fair] = await measurePca({ dataset: mnist, principalComponents, requests })
    expect(solved?.metrics.validationMeanSquaredError).toBeCloseTo(fair?.meanSquaredError ?? Number.NaN, 6)
    expect(solved?.metrics.validationMeanSquaredError).toBeLessThan(meanSquaredErrors[7] ?? 0)
    // What is lost of the training examples is the variance along the components that are left out.
    const lost = principalComponents.variances.subarray(8).reduce((sum, variance) => sum + variance, 0) / 784
    expect(solved?.metrics.trainLoss).toBeCloseTo(lost, 8)
    const searched = await run({ architecture: linear, training: { epochs: 40 } })
    expect(searched.epochs.at(-1)?.metrics.trainLoss).toBeGreaterThan(lost)
    expect(searched.epochs.at(-1)?.metrics.trainLoss).toBeLessThan(1.5 * lost)
  })

  it('uses no more of the training examples than the configuration asks for', async () => {
    const { epochs } = await run({ ...closedForm, data: { trainCount: 300 } })
    const dataset = await loadDataset('mnist', { trainCount: 300, testCount: 200, ...inOrder })
    const { meanSquaredErrors } = await computePcaBaseline({ dataset })
    expect(epochs[0]?.metrics.unclippedMeanSquaredError).toBeCloseTo(meanSquaredErrors[7] ?? Number.NaN, 6)
  })

  it('uses no more units than there are components, and leaves the others at 0', async () => {
    const dataset = await loadDataset('mnist', { trainCount: 20, testCount: 200, ...inOrder })
    const { meanSquaredErrors } = await computePcaBaseline({ dataset })
    const { epochs } = await run({ ...closedForm, architecture: { ...linear, latentDimension: 100 }, data: { trainCount: 20 } })
    expect(meanSquaredErrors).toHaveLength(19)
    expect(epochs[0]?.metrics.unclippedMeanSquaredError).toBeCloseTo(meanSquaredErrors[18] ?? Number.NaN, 6)
    expect(epochs[0]?.codes.dimensions.filter(({ standardDeviation }) => standardDeviation > 0)).toHaveLength(19)
  })

  it('reconstructs a single training example', async () => {
    const { epochs } = await run({ ...closedForm, data: { trainCount: 1 } })
    expect(epochs[0]?.metrics.trainLoss).toBeCloseTo(0, 12)
    expect(epochs[0]?.metrics.validationMeanSquaredError).toBeGreaterThan(0)
  })

  it('is stored and read again as any other training state', async () => {
    const { epochs } = await run(closedForm)
    const trainingState = epochs[0]?.trainingState ?? {}
    const { epochs: none } = await run(closedForm, { resumeFrom: { epoch: 1, trainingState } })
    expect(none).toEqual([])
    await expect(run(closedForm, { resumeFrom: { epoch: 1, trainingState: {} } })).rejects.toMatchObject({ code: 'INVALID_TRAINING_STATE' })
  })
})

describe('what is reported', () => {
  it('shows the corrupted samples, the same for every seed, and measures against the clean ones', async () => {
    const corruption = { kind: 'uniform', amplitude: 0.5 } as const
    const [first, other] = [
      await run({ corruption, training: { epochs: 1 } }, { sampleCount: 200 }),
      await run({ corruption, training: { epochs: 1, seed: 2 } }, { sampleCount: 200 }),
    ]
    const [started] = first.events
    if (started?.type !== 'started' || !started.corrupted) throw new Error('expected corrupted samples')
    expect(other.events[0]).toHaveProperty('corrupted', started.corrupted)
    const noise = started.corrupted.map((value, index) => value - (started.originals[index] ?? 0))
    expect(noise.every((value) => Math.abs(value) <= 0.5 + 1e-6)).toBe(true)
    expect(noise.reduce((sum, value) => sum + value ** 2, 0) / noise.length).toBeCloseTo(0.25 / 3, 3)

    const [epoch] = first.epochs
    const error = (epoch?.reconstructions ?? new Float32Array()).reduce(
      (sum, value, i) => sum + (value - (started.originals[i] ?? 0)) ** 2,
      0,
    )
    expect(epoch?.metrics.validationMeanSquaredError).toBeCloseTo(error / started.originals.length, 5)

    const model = { config: configOf({}).architecture, exampleShape: [28, 28], parameters: epoch?.parameters ?? {} }
    const [encoder, decoder] = [await createEncoder(model), await createDecoder(model)]
    const denoised = decoder.decode(encoder.encode(started.corrupted, 200), 200)
    expect(denoised[400]).toBeCloseTo(epoch?.reconstructions[400] ?? Number.NaN, 4)
    encoder.dispose()
    decoder.dispose()
  })

  it('splits the objective into error and penalty, and a divergence into units', async () => {
    const { epochs } = await run(variational)
    const { metrics, codes } = epochs.at(-1) as EpochCompleted
    const total = codes.divergences?.reduce((sum, value) => sum + value, 0) ?? Number.NaN
    expect(codes.divergences).toHaveLength(4)
    expect(metrics.divergence).toBeCloseTo(total, 9)
    expect(metrics.validationLoss).toBeCloseTo(metrics.validationReconstructionError + (2 * total) / 784, 5)
    expect(metrics.bitsPerPixel).toBeCloseTo((metrics.validationReconstructionError + total / 784) / Math.LN2, 5)
    const deterministic = await run({ training: { epochs: 1 } })
    expect(deterministic.epochs[0]?.metrics).toMatchObject({ divergence: null, bitsPerPixel: null })
  })

  it('gives the negative log-likelihood of Bernoulli outputs in bits where no prior adds to it', async () => {
    const { epochs } = await run({ loss: 'binaryCrossEntropy', training: { epochs: 1 } })
    const { bitsPerPixel = null, validationReconstructionError = Number.NaN } = epochs[0]?.metrics ?? {}
    expect(bitsPerPixel).toBeCloseTo(validationReconstructionError / Math.LN2, 6)
  })

  it.each(['sigmoid', 'linear'] as const)(
    'computes the peak signal-to-noise ratio of each image and takes the mean, %s outputs as they are shown',
    async (outputActivation) => {
      const { epochs } = await run({ architecture: { kind: 'dense', outputActivation }, training: { epochs: 1 } }, { sampleCount: 200 })
      const [epoch] = epochs
      let sum = 0
      for (let image = 0; image < 200; image++) {
        let error = 0
        for (let i = image * 784; i < (image + 1) * 784; i++)
          error += ((mnist.test.values[i] ?? 0) / 255 - Math.min(1, Math.max(0, epoch?.reconstructions[i] ?? 0))) ** 2
        sum += -10 * Math.log10(error / 784)
      }
      expect(epoch?.metrics.peakSignalToNoiseRatio).toBeCloseTo(sum / 200, 3)
    },
  )

  it('tells of pretraining before the first epoch, and starts from what it learned', async () => {
    const deep: RunConfigInput = {
      architecture: { kind: 'dense', latentDimension: 4, hiddenWidths: [64, 32], hiddenActivation: 'sigmoid' },
    }
    const [plain, pretrained] = [
      await run({ ...deep, training: { epochs: 1 } }),
      await run({ ...deep, training: { epochs: 1, pretraining: { kind: 'stacked', epochs: 8 } } }),
    ]
    expect(pretrained.losses[0]?.[1]).toBeLessThan(plain.losses[0]?.[1] ?? 0)
    const stages = pretrained.events.flatMap((event) => (event.type === 'progress' ? [event.stage] : []))
    expect(stages).toEqual(stages.toSorted())
    for (const event of pretrained.events) {
      if (event.type === 'progress' && event.stage === 'pretraining') expect(event).toMatchObject({ epoch: 0, stepsPerEpoch: 3 * 8 * 6 })
    }
  })

  it('brings L-BFGS further in as many looks at the data as Adam', async () => {
    const [adam, lbfgs] = [
      await run({ optimizer: { kind: 'adam' }, training: { epochs: 20, batchSize: 600 } }),
      await run({ optimizer: { kind: 'lbfgs', iterationsPerEpoch: 10 }, training: { epochs: 2 } }),
    ]
    expect(lbfgs.losses.at(-1)?.[0]).toBeLessThan(adam.losses.at(-1)?.[0] ?? 0)
  })

  it('says of each epoch of L-BFGS how many iterations moved the parameters, and how large the gradient is after them', async () => {
    const architecture = { kind: 'dense', latentDimension: 1, outputActivation: 'linear' } as const
    const { epochs, losses } = await run({
      architecture,
      data: { trainCount: 60 },
      optimizer: { kind: 'lbfgs', iterationsPerEpoch: 20 },
      training: { epochs: 6 },
    })
    const taken = epochs.map(({ metrics }) => metrics.iterationsTaken ?? Number.NaN)
    const gradients = epochs.map(({ metrics }) => metrics.largestGradient ?? Number.NaN)
    expect(taken[0]).toBe(20)
    // At rest nothing moves any more, and it stays so.
    expect(taken.at(-1)).toBe(0)
    expect(gradients.at(-1)).toBeLessThan(1e-5)
    expect(gradients.at(-1)).toBeLessThan(gradients[0] ?? 0)
    expect(gradients.at(-1)).toBe(gradients.at(-2))
    expect(losses.at(-1)).toEqual(losses.at(-2))
    const { epochs: descended } = await run({ training: { epochs: 1 } })
    expect(descended[0]?.metrics).toMatchObject({ iterationsTaken: null, largestGradient: null })
  })

  it('leaves no tensors behind', () => {
    expect(tf.memory().numTensors).toBe(0)
  })
})
