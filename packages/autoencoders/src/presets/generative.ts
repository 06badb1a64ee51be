import type { DatasetId } from '@hourglass/datasets'
import type { RunConfigInput } from '../config/RunConfig.js'
import { fewImages, type Preset, type PresetRun, type PresetRuns, shortenRuns } from './Preset.js'

interface Variational {
  readonly latentDimension: number
  readonly beta?: number
  readonly dataset?: DatasetId
}

const variationalConfig = ({ latentDimension, beta = 1, dataset = 'mnist' }: Variational): RunConfigInput => ({
  data: { dataset },
  architecture: {
    kind: 'dense',
    latentDimension,
    hiddenWidths: [400, 200],
    hiddenActivation: 'relu',
    encoder: { kind: 'variational', beta },
  },
  loss: 'binaryCrossEntropy',
  optimizer: { kind: 'adam', learningRate: 0.001 },
  training: { epochs: 30, batchSize: 128 },
})

const single: PresetRuns = [{ label: 'z = 16', config: variationalConfig({ latentDimension: 16 }) }]

const weighted = (beta: number): PresetRun => ({ label: `β = ${beta}`, config: variationalConfig({ latentDimension: 16, beta }) })
const betas: PresetRuns = [weighted(0.25), weighted(1), weighted(4), weighted(16)]

const deterministic = (latentDimension: number): RunConfigInput['architecture'] => ({
  kind: 'dense',
  latentDimension,
  hiddenWidths: [400, 200],
  hiddenActivation: 'relu',
})
const plain: PresetRun = {
  label: 'deterministic',
  config: { ...variationalConfig({ latentDimension: 16 }), architecture: deterministic(16) },
}
/** A prior of more weight keeps the distributions of codes wide enough for a chain to leave its first guess. */
const inpainting: PresetRuns = [{ label: 'variational', config: variationalConfig({ latentDimension: 16, beta: 4 }) }, plain]

const traversal: PresetRuns = [
  { label: 'variational', config: variationalConfig({ latentDimension: 8, beta: 2 }) },
  { label: 'deterministic', config: { ...plain.config, architecture: deterministic(8) } },
]
const clothes: PresetRuns = [{ label: 'clothes', config: variationalConfig({ latentDimension: 8, beta: 2, dataset: 'fashion-mnist' }) }]

/** A decoder that is a distribution: a normal one's mean is any number, that of black and white pixels lies between them. */
const likelihood = (label: string, outputActivation: 'linear' | 'sigmoid', loss: RunConfigInput['loss']): PresetRun => ({
  label,
  config: {
    data: { dataset: 'mnist' },
    architecture: { kind: 'dense', latentDimension: 16, hiddenWidths: [400, 200], hiddenActivation: 'relu', outputActivation },
    loss,
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { epochs: 20, batchSize: 128 },
  },
})
const likelihoods: PresetRuns = [
  likelihood('Gaussian', 'linear', 'meanSquaredError'),
  likelihood('Bernoulli', 'sigmoid', 'binaryCrossEntropy'),
]

/** Autoencoders with a prior over codes. */
export const generative: readonly Preset[] = [
  {
    id: 'likelihoods',
    title: 'Two likelihoods of an image',
    section: 'Generative models',
    description:
      'The loss is the negative log-likelihood of a pixel whose mean is decoded: the squared error of Gaussian pixels with linear outputs, the cross-entropy of Bernoulli ones with logistic outputs.',
    lookFor:
      'Do Gaussian outputs leave grey shadows around the digits, below 0 and above 1 too? Have Bernoulli outputs the smaller squared error and the higher SSIM?',
    figure: 'comparison',
    runs: likelihoods,
    quickRuns: shortenRuns(likelihoods, { epochs: 6, trainCount: 20_000 }),
  },
  {
    id: 'variational',
    title: 'A variational autoencoder',
    section: 'Generative models',
    description: 'Encoder and decoder become distributions: each digit has a Gaussian over codes, kept close to a standard normal prior.',
    lookFor: 'Do codes drawn from the prior decode to digits that nobody wrote?',
    figure: 'priorSamples',
    runs: single,
    quickRuns: shortenRuns(single, { epochs: 6, trainCount: 20_000 }),
  },
  {
    id: 'beta',
    title: 'The weight of the prior',
    section: 'Generative models',
    description: 'The divergence from the prior is weighted with β from 1/4 to 16.',
    lookFor:
      'With growing β, do more and more code units collapse onto the prior and carry nothing? Do the reconstructions become averages?',
    figure: 'priorSamples',
    runs: betas,
    quickRuns: shortenRuns(betas, { ...fewImages, epochs: 4, batchSize: 32, labels: ['β = 0.25', 'β = 4', 'β = 16'] }),
  },
  {
    id: 'inpainting',
    title: 'Filling in missing halves',
    section: 'Generative models',
    description: 'The lower half of test images is taken away and filled in by encoding and decoding again and again.',
    lookFor:
      'Is the mean of what the variational autoencoder fills in closer to the truth than the mean image is? Is the deterministic one’s single answer?',
    figure: 'inpainting',
    runs: inpainting,
    quickRuns: shortenRuns(inpainting, { ...fewImages, epochs: 10, batchSize: 64 }),
  },
  {
    id: 'traversal',
    title: 'Walking through latent space',
    section: 'Applications',
    description:
      'The codes of a variational and of a deterministic autoencoder move along single dimensions and along their principal directions.',
    lookFor:
      'Which directions change mostly one thing, such as slant, width or the closing of a loop? Which turn one digit into another, by way of what looks like both?',
    figure: 'traversals',
    runs: traversal,
    quickRuns: shortenRuns(traversal, { epochs: 6, trainCount: 20_000 }),
  },
  {
    id: 'traversal-clothes',
    title: 'Walking through clothes',
    section: 'Applications',
    description:
      'A variational autoencoder with eight code units learns clothes, and its code moves along single and principal directions.',
    lookFor:
      'Along which directions do sleeves grow and shrink, or fabrics turn from dark to light? Does a shoe become a pair of trousers?',
    figure: 'traversals',
    runs: clothes,
    quickRuns: shortenRuns(clothes, { epochs: 6, trainCount: 20_000 }),
  },
]
