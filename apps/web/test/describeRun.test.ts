import { completeRunConfig, describeConfig, describeRun, describeSchema, modelTitle, runConfigSchema } from '@hourglass/autoencoders'
import { expect, test } from 'vitest'
import { runFraction } from '../src/entities/run/runFraction'
import { configDifferences } from '../src/features/compare/configDifferences'

test('describes a configuration in a line', () => {
  const config = completeRunConfig({ architecture: { kind: 'dense', hiddenWidths: [512, 128], latentDimension: 16 } })
  expect(describeConfig(config, [28, 28])).toBe('784-512-128-16-128-512-784 · MSE · Adam 0.001 · batch 128')
})

test('describes a run on its dataset, with the titles of the schema', () => {
  const config = completeRunConfig({ loss: 'binaryCrossEntropy', optimizer: { kind: 'rmsprop' } })
  const dataset = { title: 'MNIST', exampleShape: [28, 28] }
  expect(describeRun({ config, dataset })).toBe('MNIST · Dense 784-32-784 · binary cross-entropy · RMSProp 0.001')
  expect(describeConfig(config, dataset.exampleShape)).toBe('784-32-784 · BCE · RMSProp 0.001 · batch 128')
})

test.each([
  [{ corruption: { kind: 'masking' } }, 'Denoising dense'],
  [{ regularizer: { kind: 'contractive' } }, 'Contractive dense'],
  [{ regularizer: { kind: 'l1' }, architecture: { kind: 'convolutional' } }, 'Sparse convolutional'],
  [{ architecture: { kind: 'dense', encoder: { kind: 'variational' } }, corruption: { kind: 'gaussian' } }, 'Denoising variational dense'],
  [{ architecture: { kind: 'dense', outputActivation: 'linear' }, optimizer: { kind: 'closedForm' } }, 'PCA'],
] as const)('names the kind of autoencoder of %j', (config, title) => {
  expect(modelTitle(completeRunConfig(config))).toBe(title)
})

test('lists only the settings in which configurations differ', () => {
  const configs = [completeRunConfig({}), completeRunConfig({ optimizer: { kind: 'sgd' }, training: { epochs: 3 } })]
  const differences = configDifferences(
    describeSchema(runConfigSchema),
    configs.map((config) => ({ config, whenEmpty: {} })),
  )
  expect(differences.map(({ title }) => title)).toEqual(expect.arrayContaining(['Optimizer', 'Learning rate', 'Momentum', 'Epochs']))
  expect(differences.find(({ title }) => title === 'Momentum')?.values[0]).toBeNull()
  expect(differences.map(({ title }) => title)).not.toContain('Data set')
})

const summary = {
  epochs: 10,
  epochsCompleted: 4,
  trainLoss: null,
  validationLoss: null,
  bestValidationLoss: null,
  bestEpoch: null,
  validationMeanSquaredError: null,
  seconds: null,
  imagesPerSecond: null,
  __typename: 'RunSummary' as const,
}

test('counts the steps of the epoch that is under way', () => {
  expect(runFraction({ summary, progress: null })).toBeCloseTo(0.4)
  const progress = {
    __typename: 'Progress' as const,
    epoch: 5,
    stage: 'TRAINING' as const,
    step: 50,
    stepsPerEpoch: 100,
    epochs: 10,
    imagesPerSecond: 1,
    secondsLeft: 1,
  }
  expect(runFraction({ summary, progress })).toBeCloseTo(0.45)
})
