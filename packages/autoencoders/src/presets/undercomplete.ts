import type { RunConfigInput } from '../config/RunConfig.js'
import { fewImages, type Preset, shortenRuns, sweepCodeSizes } from './Preset.js'

const chapterSizes = [784, 256, 64, 32, 16, 8, 4, 2, 1] as const
/** Sizes at which a nonlinear autoencoder has something to win over PCA. */
const smallSizes = [64, 32, 16, 8, 4, 2, 1] as const

/** The chapter's own settings: no hidden layer, sigmoid output, uniform(0.01) weights, mean squared error, Adam, batches of 32, 50 epochs. */
const chapterConfig = (latentDimension: number): RunConfigInput => ({
  data: { dataset: 'mnist' },
  architecture: { kind: 'dense', latentDimension, initializer: { kind: 'uniform', limit: 0.01 } },
  loss: 'meanSquaredError',
  optimizer: { kind: 'adam', learningRate: 0.001 },
  training: { epochs: 50, batchSize: 32 },
})

const deepConfig = (latentDimension: number): RunConfigInput => ({
  data: { dataset: 'mnist' },
  architecture: { kind: 'dense', latentDimension, hiddenWidths: [512, 256], hiddenActivation: 'relu' },
  loss: 'meanSquaredError',
  optimizer: { kind: 'adam', learningRate: 0.001 },
  training: { epochs: 20, batchSize: 128 },
})

const linearConfig = (latentDimension: number, epochs: number): RunConfigInput => ({
  data: { dataset: 'mnist' },
  architecture: { kind: 'dense', latentDimension, codeActivation: 'linear', outputActivation: 'linear' },
  loss: 'meanSquaredError',
  optimizer: { kind: 'adam', learningRate: 0.001 },
  training: { epochs, batchSize: 128 },
})

const chapterSweep = sweepCodeSizes(chapterSizes, chapterConfig)
const chapterSingle = sweepCodeSizes([32], chapterConfig)
const deepSweep = sweepCodeSizes(smallSizes, deepConfig)
const linearSweep = sweepCodeSizes([64, 32, 16, 8, 4, 2], (latentDimension) => linearConfig(latentDimension, 50))
const linearSingle = sweepCodeSizes([32], (latentDimension) => linearConfig(latentDimension, 30))

/** Codes smaller than the input, and what PCA does with as many numbers. */
export const undercomplete: readonly Preset[] = [
  {
    id: 'undercomplete-sweep',
    title: 'Learn to encode MNIST',
    section: 'Undercomplete autoencoders',
    description: 'The lecture’s own experiment compresses MNIST into 784 numbers, then ever fewer, down to a single one.',
    lookFor:
      'Down to how many numbers do the digits stay almost as they were? Where do they blur into each other, and what does a single number leave?',
    figure: 'reconstructions',
    runs: chapterSweep,
    quickRuns: shortenRuns(chapterSweep, {
      ...fewImages,
      epochs: 12,
      labels: ['z = 256', 'z = 64', 'z = 32', 'z = 8', 'z = 2', 'z = 1'],
    }),
  },
  {
    id: 'undercomplete-deep-sweep',
    title: 'The same with a deep, nonlinear autoencoder',
    section: 'Undercomplete autoencoders',
    description: 'Two hidden ReLU layers each way compress MNIST into 64 numbers, then ever fewer, down to a single one.',
    lookFor: 'Is the error below PCA’s at every code size? How far below is it with 8 numbers, and are the digits legible then?',
    figure: 'reconstructions',
    runs: deepSweep,
    quickRuns: shortenRuns(deepSweep, { ...fewImages, epochs: 6, batchSize: 64, labels: ['z = 32', 'z = 8', 'z = 1'] }),
  },
  {
    id: 'linear-sweep',
    title: 'Linear autoencoders are PCA',
    section: 'Undercomplete autoencoders',
    description: 'Linear autoencoders of six code sizes are trained with gradient steps on the problem that PCA solves exactly.',
    lookFor: 'Does each test error come to rest on that of PCA with as many components? Do gradient steps find the same subspace?',
    figure: 'reconstructions',
    runs: linearSweep,
    quickRuns: shortenRuns(linearSweep, { ...fewImages, epochs: 48, batchSize: 32, labels: ['z = 64', 'z = 32', 'z = 8', 'z = 2'] }),
  },
  {
    id: 'undercomplete',
    title: 'MNIST in 32 numbers',
    section: 'Undercomplete autoencoders',
    description:
      'The lecture’s own settings with 32 code units: no hidden layer, uniform(0.01) weights, Adam, batches of 32; the quick version is trained for less long.',
    lookFor: 'Does every digit stay legible with 25 times fewer numbers than pixels? What of it is lost?',
    figure: 'reconstructions',
    runs: chapterSingle,
    quickRuns: shortenRuns(chapterSingle, { epochs: 10, trainCount: 20_000 }),
  },
  {
    id: 'linear',
    title: 'A linear autoencoder approaches PCA',
    section: 'Undercomplete autoencoders',
    description: 'Without nonlinearities the best an autoencoder can do is PCA, whose error is the reference line beside its own.',
    lookFor: 'Does the validation curve come down to PCA’s line? Does more training take it below?',
    figure: 'reconstructions',
    runs: linearSingle,
    quickRuns: shortenRuns(linearSingle, { epochs: 10, trainCount: 20_000 }),
  },
]
