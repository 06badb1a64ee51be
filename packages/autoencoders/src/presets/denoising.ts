import type { DatasetId } from '@hourglass/datasets'
import type { RunConfigInput } from '../config/RunConfig.js'
import { fewImages, overSeeds, type Preset, type PresetRun, type PresetRuns, shortenRuns, sweepCodeSizes } from './Preset.js'

type Corruption = NonNullable<RunConfigInput['corruption']>

/** The chapter's own settings; it does not say how strong its noise is. */
const chapterConfig = (latentDimension: number, corruption: Corruption): RunConfigInput => ({
  data: { dataset: 'mnist' },
  architecture: { kind: 'dense', latentDimension, initializer: { kind: 'uniform', limit: 0.01 } },
  loss: 'meanSquaredError',
  corruption,
  optimizer: { kind: 'adam', learningRate: 0.001 },
  training: { epochs: 50, batchSize: 32 },
})

const sizes = sweepCodeSizes([1568, 784, 256, 64, 32, 16, 8], (latentDimension) =>
  chapterConfig(latentDimension, { kind: 'uniform', amplitude: 0.5 }),
)

const noisy = (amplitude: number): PresetRun => ({
  label: `noise ±${amplitude}`,
  config: chapterConfig(64, { kind: 'uniform', amplitude }),
})
const amounts: PresetRuns = [noisy(0.25), noisy(0.5), noisy(1), noisy(2)]

const spoilt = (label: string, corruption: Corruption): PresetRun => ({
  label,
  config: { ...chapterConfig(128, corruption), training: { epochs: 30, batchSize: 128 } },
})
const kinds: PresetRuns = [
  spoilt('half of the pixels zeroed', { kind: 'masking', probability: 0.5 }),
  spoilt('Gaussian, σ = 0.5', { kind: 'gaussian', standardDeviation: 0.5 }),
  spoilt('salt and pepper, 30 %', { kind: 'saltAndPepper', probability: 0.3 }),
  spoilt('uniform, ±0.5', { kind: 'uniform', amplitude: 0.5 }),
]

/** Only rectifiers learn how a spiral winds in so few epochs; tanh is right about the circle alone. */
const onManifold = (label: string, dataset: DatasetId, standardDeviation: number): PresetRun => ({
  label,
  config: {
    data: { dataset },
    architecture: {
      kind: 'dense',
      latentDimension: 64,
      hiddenWidths: [64],
      hiddenActivation: 'relu',
      codeActivation: 'tanh',
      outputActivation: 'linear',
    },
    corruption: { kind: 'gaussian', standardDeviation },
    optimizer: { kind: 'adam', learningRate: 0.002 },
    training: { epochs: 150, batchSize: 50 },
  },
})
const fields: PresetRuns = [
  onManifold('circle', 'circle', 0.25),
  onManifold('two moons', 'two-moons', 0.15),
  // Whether it learns how the spiral winds hangs on the seed.
  ...overSeeds([onManifold('spiral', 'spiral', 0.07)], [1, 2, 3]),
]

/** Autoencoders that undo noise. */
export const denoising: readonly Preset[] = [
  {
    id: 'denoising-sweep',
    title: 'Encode MNIST with a denoising autoencoder',
    section: 'Denoising autoencoders',
    description:
      'The lecture’s own experiment adds uniform noise to every pixel and learns to take it away, with codes from 1,568 units down to 8.',
    lookFor:
      'Which code sizes take most of the noise away, and are ahead of the best linear filter? Do the smallest remove details of the digits too?',
    figure: 'reconstructions',
    runs: sizes,
    quickRuns: shortenRuns(sizes, { ...fewImages, epochs: 6, labels: ['z = 784', 'z = 256', 'z = 64', 'z = 16', 'z = 8'] }),
  },
  {
    id: 'noise-sweep',
    title: 'More and more noise',
    section: 'Denoising autoencoders',
    description: 'The same with 64 code units and noise of growing strength, for science.',
    lookFor: 'Do the results get worse in the order of the noise? Do digits that no eye can make out any more still come back as digits?',
    figure: 'reconstructions',
    runs: amounts,
    quickRuns: shortenRuns(amounts, { ...fewImages, epochs: 20 }),
  },
  {
    id: 'corruptions',
    title: 'Four ways to spoil an image',
    section: 'Denoising autoencoders',
    description:
      'Pixels are zeroed, shifted by Gaussian or uniform noise, or set to black and white; each model undoes the kind it was trained with.',
    lookFor:
      'Is every model ahead of the median filter and of the best linear one in PSNR? Is it least ahead of the median filter with salt and pepper, which that is made for?',
    figure: 'denoising',
    runs: kinds,
    quickRuns: shortenRuns(kinds, { ...fewImages, epochs: 18, batchSize: 64 }),
  },
  {
    id: 'vector-field',
    title: 'The vector field of a denoising autoencoder',
    section: 'Denoising autoencoders',
    description: 'Denoising points of a circle, two moons and a spiral should learn at every place of the plane a step towards the data.',
    lookFor: 'Do the arrows from each place to its reconstruction turn towards the curve while it trains? Are they short on it?',
    figure: 'vectorField',
    runs: fields,
    quickRuns: shortenRuns(fields, { epochs: 42 }),
  },
]
