import type { DatasetId } from '@hourglass/datasets'
import { fewImages, type Preset, type PresetRun, type PresetRuns, shortenRuns } from './Preset.js'

const linearCopy = (label: string, dataset: DatasetId): PresetRun => ({
  label,
  config: {
    data: { dataset },
    architecture: { kind: 'dense', latentDimension: 1024, outputActivation: 'linear' },
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { epochs: 20, batchSize: 128 },
  },
})

const copies: PresetRuns = [linearCopy('learned on digits', 'mnist'), linearCopy('learned on pure noise', 'noise')]

/**
 * Few examples and many iterations: L-BFGS gets to the bottom where gradient steps would take hours. Large initial weights spread the codes out, so that
 * examples do not begin on top of each other.
 */
const memorizing = (label: string, trainCount: number): PresetRun => ({
  label,
  config: {
    data: { dataset: 'mnist', trainCount, testCount: 1000 },
    architecture: {
      kind: 'dense',
      latentDimension: 1,
      hiddenWidths: [128, 64],
      hiddenActivation: 'tanh',
      initializer: { kind: 'normal', standardDeviation: 0.2 },
    },
    optimizer: { kind: 'lbfgs', iterationsPerEpoch: 50 },
    training: { epochs: 30 },
  },
})

const powerful: PresetRuns = [memorizing('10 training examples', 10), memorizing('2,000 training examples', 2000)]

/** Autoencoders that can copy, or learn by heart. */
export const overcomplete: readonly Preset[] = [
  {
    id: 'overcomplete',
    title: 'An overcomplete autoencoder copies',
    section: 'Undercomplete autoencoders',
    description: 'A linear autoencoder with more code units than pixels is trained on digits, and once more on images of pure noise.',
    lookFor:
      'Do both reconstruct what they were trained on almost perfectly? Does the one that saw nothing but noise reconstruct digits as well, so that it has learned to copy and not what digits are?',
    figure: 'generalization',
    runs: copies,
    quickRuns: shortenRuns(copies, { ...fewImages, trainCount: 20_000, epochs: 15 }),
  },
  {
    id: 'powerful',
    title: 'A very powerful autoencoder with one code unit',
    section: 'Undercomplete autoencoders',
    description:
      'A deep autoencoder with a single code unit has to learn a few digits by heart, as if the code were their index, and then many.',
    lookFor:
      'With few examples, does the training error fall far below the test error? Does a new image become one of those that are stored?',
    figure: 'codeLine',
    runs: powerful,
    quickRuns: shortenRuns(powerful, { epochs: 4, validationCount: 1000 }),
  },
]
