import { type Preset, type PresetRuns, shortenRuns } from './Preset.js'

const firstLook: PresetRuns = [
  {
    label: 'z = 32',
    config: {
      data: { dataset: 'mnist' },
      architecture: { kind: 'dense', latentDimension: 32 },
      optimizer: { kind: 'adam', learningRate: 0.001 },
      training: { epochs: 20, batchSize: 128 },
    },
  },
]

/** What an autoencoder is. */
export const introduction: readonly Preset[] = [
  {
    id: 'demo',
    title: 'First look',
    section: 'Autoencoders',
    description: 'A dense autoencoder squeezes MNIST’s 784 pixels into 32 numbers.',
    lookFor: 'Do the reconstructions sharpen from a blur to legible digits? Does the error fall below that of PCA with as many components?',
    figure: 'reconstructions',
    runs: firstLook,
    quickRuns: shortenRuns(firstLook, { epochs: 5 }),
  },
]
