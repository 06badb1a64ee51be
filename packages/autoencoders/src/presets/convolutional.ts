import type { DatasetId } from '@hourglass/datasets'
import type { RunConfigInput } from '../config/RunConfig.js'
import { fewImages, type Preset, type PresetRun, type PresetRuns, shortenRuns } from './Preset.js'

type Architecture = NonNullable<RunConfigInput['architecture']>

/** About 23,000 parameters. */
const convolutional: Architecture = { kind: 'convolutional', filters: [16, 32], bottleneck: { kind: 'featureMap', channels: 24 } }
/** About 51,000 parameters. */
const dense: Architecture = { kind: 'dense', latentDimension: 32 }

const denoise = (label: string, architecture: Architecture): PresetRun => ({
  label,
  config: {
    data: { dataset: 'mnist' },
    architecture,
    loss: 'binaryCrossEntropy',
    corruption: { kind: 'uniform', amplitude: 0.5 },
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { epochs: 20, batchSize: 64 },
  },
})

const comparison: PresetRuns = [denoise('dense, z = 32', dense), denoise('convolutional', convolutional)]

const filterless = (dataset: DatasetId, label: string, corruption: RunConfigInput['corruption']): PresetRun => ({
  label,
  config: {
    data: { dataset },
    architecture: convolutional,
    loss: 'binaryCrossEntropy',
    corruption,
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { epochs: 15, batchSize: 64 },
  },
})

const spoilt = (dataset: DatasetId): PresetRuns => [
  filterless(dataset, 'Gaussian, σ = 0.3', { kind: 'gaussian', standardDeviation: 0.3 }),
  filterless(dataset, 'salt and pepper, 20 %', { kind: 'saltAndPepper', probability: 0.2 }),
]
const [digits, clothes] = [spoilt('mnist'), spoilt('fashion-mnist')]

/** Autoencoders that know what an image is. */
export const convolutions: readonly Preset[] = [
  {
    id: 'convolutional',
    title: 'Convolutions against dense layers',
    section: 'Convolutional autoencoders',
    description:
      'A convolutional autoencoder with about 23,000 parameters and a code of 1,176 units, and a dense one with about 51,000 and 32, take the same noise from the same digits.',
    lookFor:
      'With half the parameters, but a code of many more units, is the convolutional one ahead in PSNR and SSIM? Are its strokes sharper?',
    figure: 'comparison',
    runs: comparison,
    quickRuns: shortenRuns(comparison, { ...fewImages, epochs: 8 }),
  },
  {
    id: 'median-filter',
    title: 'Denoising against a median filter',
    section: 'Applications',
    description: 'Convolutional denoising autoencoders and a median filter clean the same spoilt digits, after Gondara 2016.',
    lookFor:
      'How much more Gaussian noise does the autoencoder remove than the median filter and the best linear one? Is it ahead even with salt and pepper, which the median filter is made for?',
    figure: 'denoising',
    runs: digits,
    quickRuns: shortenRuns(digits, { ...fewImages, epochs: 5 }),
  },
  {
    id: 'median-filter-clothes',
    title: 'The same with clothes',
    section: 'Applications',
    description: 'Convolutional denoising autoencoders and a median filter clean spoilt images of clothes, which have textures.',
    lookFor: 'Does the autoencoder keep seams and edges that the median filter washes out? Which patterns does it not bring back?',
    figure: 'denoising',
    runs: clothes,
    quickRuns: shortenRuns(clothes, { ...fewImages, trainCount: 20_000, epochs: 8 }),
  },
]
