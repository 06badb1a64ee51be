import type { RunConfigInput } from '../config/RunConfig.js'
import { fewImages, type Preset, type PresetRun, type PresetRuns, type Shortened, shortenRuns } from './Preset.js'

type Activation = 'sigmoid' | 'relu'

const overcompleteConfig = (codeActivation: Activation, regularizer: RunConfigInput['regularizer']): RunConfigInput => ({
  data: { dataset: 'mnist' },
  architecture: { kind: 'dense', latentDimension: 1024, codeActivation },
  loss: 'binaryCrossEntropy',
  regularizer,
  optimizer: { kind: 'adam', learningRate: 0.001 },
  training: { epochs: 20, batchSize: 128 },
})

const sparse: PresetRuns = [
  { label: 'no penalty', config: overcompleteConfig('sigmoid', { kind: 'none' }) },
  { label: 'KL, target 0.05', config: overcompleteConfig('sigmoid', { kind: 'klSparsity', weight: 1, target: 0.05 }) },
  { label: 'KL, target 0.01', config: overcompleteConfig('sigmoid', { kind: 'klSparsity', weight: 1, target: 0.01 }) },
  { label: 'L1', config: overcompleteConfig('relu', { kind: 'l1', weight: 0.5 }) },
]

/**
 * Outputs are linear and the loss is squared, so that the code has to carry little more than 120 principal components, for which a narrow range
 * of the sigmoid is enough. Encoder and decoder share no weights: as the penalty narrows that range, the decoder's weights grow to make up for
 * it, a little with every step, whence the many epochs. Logistic outputs need far larger weights still.
 */
const contractiveConfig = (weight: number | null): RunConfigInput => ({
  data: { dataset: 'mnist' },
  architecture: { kind: 'dense', latentDimension: 120, codeActivation: 'sigmoid', outputActivation: 'linear' },
  loss: 'meanSquaredError',
  regularizer: weight === null ? { kind: 'none' } : { kind: 'contractive', weight },
  optimizer: { kind: 'adam', learningRate: 0.003 },
  training: { epochs: 150, batchSize: 128 },
})

const contractive: PresetRuns = [
  { label: 'plain', config: contractiveConfig(null) },
  ...[1, 10, 20].map((weight): PresetRun => ({ label: `λ = ${weight}`, config: contractiveConfig(weight) })),
]

/** It is the number of steps that counts, and smaller batches make four times as many of the same images. */
const contractiveQuickly: Shortened = { validationCount: 1000, testCount: 2000, epochs: 25, batchSize: 32, labels: ['plain', 'λ = 10'] }

const resisting = (label: string, changes: RunConfigInput): PresetRun => ({
  label,
  config: {
    data: { dataset: 'mnist', trainCount: 10_000 },
    architecture: { kind: 'dense', latentDimension: 64, codeActivation: 'sigmoid' },
    loss: 'binaryCrossEntropy',
    optimizer: { kind: 'adam', learningRate: 0.003 },
    training: { epochs: 30, batchSize: 32 },
    ...changes,
  },
})

const byAdam: PresetRuns = [
  resisting('plain, Adam', {}),
  resisting('denoising, Adam', { corruption: { kind: 'gaussian', standardDeviation: 0.3 } }),
  resisting('contractive, Adam', { regularizer: { kind: 'contractive', weight: 0.1 } }),
]
const byLbfgs: PresetRuns = [
  resisting('contractive, L-BFGS', {
    regularizer: { kind: 'contractive', weight: 0.1 },
    optimizer: { kind: 'lbfgs', iterationsPerEpoch: 10 },
  }),
]

/** Autoencoders kept from copying by a penalty. */
export const regularized: readonly Preset[] = [
  {
    id: 'sparse',
    title: 'Sparse autoencoders',
    section: 'Regularized autoencoders',
    description:
      'A code of 1,024 units, more than there are pixels, is kept sparse by a penalty on its activations: their divergence from a target, or L1.',
    lookFor:
      'Is the mean activation of a unit about a half without a penalty, and a few hundredths with one? Does each unit add a stroke, and do the digits stay legible?',
    figure: 'units',
    runs: sparse,
    quickRuns: shortenRuns(sparse, { ...fewImages, epochs: 6, batchSize: 32, labels: ['no penalty', 'KL, target 0.05'] }),
  },
  {
    id: 'contractive',
    title: 'Contractive autoencoders',
    section: 'Contractive autoencoders',
    description: 'The squared norm of the encoder’s Jacobian is added to the objective, exactly, with growing weight.',
    lookFor:
      'How many times smaller is the mean Jacobian norm on test data with λ = 10 than without a penalty, and how much of that is the scale of the code? By how much does the error grow?',
    figure: 'contraction',
    runs: contractive,
    quickRuns: shortenRuns(contractive, contractiveQuickly),
  },
  {
    id: 'dae-cae',
    title: 'Denoising or contractive?',
    section: 'Contractive autoencoders',
    description:
      'A denoising autoencoder is to make its decoder resist small changes, a contractive one its encoder; and only its objective can be given to L-BFGS.',
    lookFor:
      'How much smaller than the plain one’s are the Jacobians of the denoising and the contractive one, and whose decoder takes more of a change away? How far does L-BFGS come on the contractive objective, with one long step for many of Adam’s?',
    figure: 'jacobianSpectra',
    runs: [...byAdam, ...byLbfgs],
    quickRuns: [
      ...shortenRuns(byAdam, { ...fewImages, epochs: 28, trainCount: 5000 }),
      ...shortenRuns(byLbfgs, { ...fewImages, epochs: 14, trainCount: 5000 }),
    ],
  },
]
