import { fewImages, type Preset, type PresetRun } from './Preset.js'

interface Amount {
  readonly trainCount?: number
  readonly validationCount?: number
  readonly testCount?: number
  readonly epochs: number
  readonly layerEpochs: number
  readonly fineTuningEpochs: number
}

const seeded = (seed: number, { epochs, layerEpochs, fineTuningEpochs, ...counts }: Amount): PresetRun => ({
  label: `seed ${seed}`,
  config: {
    data: { dataset: 'mnist', ...counts },
    architecture: { kind: 'dense', latentDimension: 100, hiddenWidths: [400, 200], hiddenActivation: 'sigmoid', codeActivation: 'sigmoid' },
    loss: 'binaryCrossEntropy',
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { epochs, batchSize: 128, seed, pretraining: { kind: 'stacked', epochs: layerEpochs } },
    evaluation: { labels: 1000, fineTuningEpochs },
  },
})

const full: Amount = { epochs: 5, layerEpochs: 5, fineTuningEpochs: 60 }
const quick: Amount = { ...fewImages, epochs: 2, layerEpochs: 3, fineTuningEpochs: 20 }

/** Layers learned without labels as a start for learning with few. */
export const pretraining: readonly Preset[] = [
  {
    id: 'pretraining',
    title: 'Stacked autoencoders as pretraining',
    section: 'Unsupervised pretraining',
    description:
      'Each layer of a deep network is first trained as an autoencoder, on digits without their labels; then a classifier is trained on 1,000 labels, with and without that start.',
    lookFor: 'Is the test error lower with pretraining, for every seed?',
    figure: 'fineTuning',
    runs: [seeded(1, full), seeded(2, full), seeded(3, full), seeded(4, full), seeded(5, full)],
    quickRuns: [seeded(1, quick), seeded(2, quick), seeded(3, quick)],
  },
]
