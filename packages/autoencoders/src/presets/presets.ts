import type { RunConfigInput } from '../config/RunConfig.js'

export interface Preset {
  readonly id: string
  readonly title: string
  /** One sentence: what it shows. */
  readonly description: string
  readonly config: RunConfigInput
}

/** Ready-made configurations, the demo first. */
export const presets: readonly Preset[] = [
  {
    id: 'demo',
    title: 'First look',
    description: 'A dense autoencoder squeezes MNIST’s 784 pixels into 32 numbers, in well under a minute.',
    config: {
      data: { dataset: 'mnist' },
      architecture: { kind: 'dense', latentDimension: 32 },
      optimizer: { kind: 'adam', learningRate: 0.001 },
      training: { epochs: 20, batchSize: 128 },
    },
  },
  {
    id: 'undercomplete',
    title: 'The chapter’s undercomplete autoencoder',
    description: 'The lecture’s own settings with 32 code units: no hidden layer, uniform(0.01) weights, Adam, batches of 32, 50 epochs.',
    config: {
      data: { dataset: 'mnist' },
      architecture: { kind: 'dense', latentDimension: 32, initializer: { kind: 'uniform', limit: 0.01 } },
      optimizer: { kind: 'adam', learningRate: 0.001 },
      training: { epochs: 50, batchSize: 32 },
    },
  },
  {
    id: 'linear',
    title: 'Linear autoencoder against PCA',
    description: 'Without nonlinearities the best an autoencoder can do is PCA: watch its error approach the reference line.',
    config: {
      data: { dataset: 'mnist' },
      architecture: { kind: 'dense', latentDimension: 32, codeActivation: 'linear', outputActivation: 'linear' },
      optimizer: { kind: 'adam', learningRate: 0.001 },
      training: { epochs: 30, batchSize: 128 },
    },
  },
  {
    id: 'deep-2d',
    title: 'Deep autoencoder, two-dimensional code',
    description: 'Two hidden layers each way squeeze a digit into a point of the plane, far more faithfully than PCA’s two components.',
    config: {
      data: { dataset: 'mnist' },
      architecture: { kind: 'dense', latentDimension: 2, hiddenWidths: [512, 128], hiddenActivation: 'relu' },
      optimizer: { kind: 'adam', learningRate: 0.001 },
      training: { epochs: 30, batchSize: 128 },
    },
  },
  {
    id: 'two-moons',
    title: 'Two moons, one code unit',
    description: 'A nonlinear autoencoder with one code unit lays a curve through points of the plane, where PCA can only lay a line.',
    config: {
      data: { dataset: 'two-moons' },
      architecture: {
        kind: 'dense',
        latentDimension: 1,
        hiddenWidths: [64, 64],
        hiddenActivation: 'tanh',
        outputActivation: 'linear',
      },
      optimizer: { kind: 'adam', learningRate: 0.003 },
      training: { epochs: 200, batchSize: 50 },
    },
  },
]
