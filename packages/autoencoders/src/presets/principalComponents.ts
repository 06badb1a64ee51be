import { fewImages, type Preset, type PresetRun, shortenRuns, sweepCodeSizes } from './Preset.js'

const closedForm = sweepCodeSizes([128, 64, 32, 16, 8, 4, 2], (latentDimension) => ({
  data: { dataset: 'mnist' },
  architecture: { kind: 'dense', latentDimension, outputActivation: 'linear' },
  optimizer: { kind: 'closedForm' },
  training: { epochs: 1 },
}))

/** Both map a point of the plane to one number and back, linearly: solved for, and trained. */
const line = { kind: 'dense', latentDimension: 1, outputActivation: 'linear' } as const
const solved: PresetRun = {
  label: 'PCA, 1 component',
  config: { data: { dataset: 'correlated' }, architecture: line, optimizer: { kind: 'closedForm' }, training: { epochs: 1 } },
}
const learned: PresetRun = {
  label: 'linear autoencoder, z = 1',
  config: {
    data: { dataset: 'correlated' },
    architecture: line,
    optimizer: { kind: 'adam', learningRate: 0.01 },
    training: { epochs: 100, batchSize: 50 },
  },
}

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
    quickRuns: shortenRuns(closedForm, { ...fewImages, epochs: 1 }),
  },
  {
    id: 'pca-plane',
    title: 'Principal components of points in the plane',
    section: 'Principal components',
    description:
      'Points of the plane are projected onto the direction in which they vary most, which is solved for, and learned by a linear autoencoder with one code unit.',
    lookFor:
      'Do projections run at right angles to the first principal component? Does the autoencoder’s line turn until it lies along that component, too?',
    figure: 'principalAxes',
    runs: [solved, learned],
    quickRuns: [...shortenRuns([solved], { epochs: 1, trainCount: 1000 }), ...shortenRuns([learned], { epochs: 60, trainCount: 1000 })],
  },
]
