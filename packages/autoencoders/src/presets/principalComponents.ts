import { type Preset, shortenRuns, sweepCodeSizes } from './Preset.js'

const closedForm = sweepCodeSizes([128, 64, 32, 16, 8, 4, 2], (latentDimension) => ({
  data: { dataset: 'mnist' },
  architecture: { kind: 'dense', latentDimension, outputActivation: 'linear' },
  optimizer: { kind: 'closedForm' },
  training: { epochs: 1 },
}))

/** What every linear autoencoder is measured by. */
export const principalComponents: readonly Preset[] = [
  {
    id: 'pca',
    title: 'Principal component analysis',
    section: 'Principal components',
    description:
      'f(x) = Dᵀ(x − μ) and r(x) = μ + DDᵀ(x − μ), with the mean μ and the leading principal components as columns of D: solved for, not trained.',
    lookFor:
      'How small an error does a linear map to as many numbers and back leave? What do its blur and its grey shadows look like, which autoencoders have to beat?',
    figure: 'reconstructions',
    runs: closedForm,
    quickRuns: shortenRuns(closedForm, { epochs: 1, trainCount: 10_000 }),
  },
]
