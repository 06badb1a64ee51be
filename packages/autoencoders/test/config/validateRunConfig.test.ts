import { datasetIds } from '@hourglass/datasets'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optimizerRows } from '../../src/config/optimizerSchema.js'
import { AutoencoderError, completeRunConfig, MAXIMUM_PARAMETERS, validateRunConfig } from '../../src/index.js'

const optimizers = Object.keys(optimizerRows).join(', ')
const batchwise = Object.values(optimizerRows)
  .flatMap(({ steps, schema }) => (steps === 'batches' ? `“${schema.meta()?.title}”` : []))
  .join(', ')
  .replace(/, ([^,]*)$/, ' or $1')

function issuesOf(input: unknown) {
  const result = validateRunConfig(input)
  return 'issues' in result ? result.issues : []
}

const linear = { kind: 'dense', outputActivation: 'linear' } as const

describe('validateRunConfig', () => {
  it('fills in the defaults of an empty configuration', () => {
    expect(validateRunConfig({})).toEqual({
      config: {
        data: { dataset: 'mnist', trainCount: null, validationCount: null, testCount: null, selection: 'random' },
        architecture: {
          kind: 'dense',
          latentDimension: 32,
          hiddenWidths: [],
          decoderWeights: 'own',
          hiddenActivation: 'relu',
          encoder: { kind: 'deterministic' },
          codeActivation: 'linear',
          outputActivation: 'sigmoid',
          initializer: { kind: 'glorotUniform' },
        },
        loss: 'meanSquaredError',
        optimizer: {
          kind: 'adam',
          learningRate: 0.001,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-7,
          schedule: { kind: 'constant' },
          warmupEpochs: 0,
          clipNorm: null,
        },
        corruption: { kind: 'none' },
        regularizer: { kind: 'none' },
        training: { epochs: 20, batchSize: 128, seed: 1, engine: 'onnx', patience: null, pretraining: { kind: 'none' } },
        evaluation: { labels: null, fineTuningEpochs: 50, importanceSamples: 50 },
      },
    })
  })

  it.each([
    [
      { architecture: { kind: 'dense', latentDimension: 0 } },
      ['architecture', 'latentDimension'],
      'Code size must be a whole number from 1 to 4096, got 0',
    ],
    [
      { architecture: { kind: 'dense', latentDimension: 1e6 } },
      ['architecture', 'latentDimension'],
      'Code size must be a whole number from 1 to 4096, got 1000000',
    ],
    [
      { architecture: { kind: 'dense', hiddenWidths: [64, -1] } },
      ['architecture', 'hiddenWidths', '1'],
      'Hidden widths, item 2, must be a whole number from 1 to 4096, got -1',
    ],
    [
      { architecture: { kind: 'dense', hiddenWidths: Array(9).fill(8) } },
      ['architecture', 'hiddenWidths'],
      'Hidden widths must be a list of at most 8, got a list of 9',
    ],
    [
      { architecture: { kind: 'convolutional', filters: [] } },
      ['architecture', 'filters'],
      'Filters must be a list of 1 to 4, got a list of 0',
    ],
    [
      { architecture: { kind: 'dense', initializer: { kind: 'uniform', limit: 0 } } },
      ['architecture', 'initializer', 'limit'],
      'Limit must be a number above 0 and at most 10, got 0',
    ],
    [{ training: { epochs: -3 } }, ['training', 'epochs'], 'Epochs must be a whole number from 1 to 10000, got -3'],
    [{ training: { epochs: Number.NaN } }, ['training', 'epochs'], 'Epochs must be a whole number from 1 to 10000, got NaN'],
    [{ training: { epochs: 1.5 } }, ['training', 'epochs'], 'Epochs must be a whole number from 1 to 10000, got 1.5'],
    [{ training: { epochs: '20' } }, ['training', 'epochs'], 'Epochs must be a whole number from 1 to 10000, got "20"'],
    [{ training: { epochs: '' } }, ['training', 'epochs'], 'Epochs must be a whole number from 1 to 10000, got ""'],
    [
      { optimizer: { kind: 'adam', learningRate: Number.POSITIVE_INFINITY } },
      ['optimizer', 'learningRate'],
      'Learning rate must be a number above 0 and at most 10, got Infinity',
    ],
    [{ optimizer: { kind: 'sgd', momentum: 1 } }, ['optimizer', 'momentum'], 'Momentum must be a number of at least 0 and below 1, got 1'],
    [{ optimizer: { kind: 'lion' } }, ['optimizer'], `Optimizer must be one of ${optimizers}, got "lion"`],
    [{ optimizer: { learningRate: 1 } }, ['optimizer'], `Optimizer must be one of ${optimizers}, got nothing`],
    [{ optimizer: 'adam' }, ['optimizer'], `Optimizer must be one of ${optimizers}, got "adam"`],
    [{ data: { dataset: 'imagenet' } }, ['data', 'dataset'], `Data set must be one of ${datasetIds.join(', ')}, got "imagenet"`],
    [{ data: { trainCount: 0 } }, ['data', 'trainCount'], 'Training examples must be a whole number of at least 1, or empty, got 0'],
    [{ data: null }, ['data'], 'Data must be an object of settings, got nothing'],
    [{ loss: 'hinge' }, ['loss'], 'Loss must be one of meanSquaredError, binaryCrossEntropy, got "hinge"'],
    [
      { lossWeight: 1 },
      ['lossWeight'],
      'Configuration has no setting "lossWeight"; expected one of data, architecture, loss, corruption, regularizer, optimizer, training, evaluation',
    ],
    [
      { optimizer: { kind: 'adam', momentum: 0 } },
      ['optimizer', 'momentum'],
      'Optimizer has no setting "momentum"; expected one of kind, learningRate, beta1, beta2, epsilon, schedule, warmupEpochs, clipNorm',
    ],
    [
      { architecture: { kind: 'convolutional' }, data: { dataset: 'circle' } },
      ['architecture'],
      'Architecture must be “Dense” for Circle, whose examples are no images, got “Convolutional”',
    ],
    [
      { corruption: { kind: 'saltAndPepper' }, data: { dataset: 'circle' } },
      ['corruption'],
      'Corruption must be another for Circle, whose values are not in 0…1, got “Salt and pepper”',
    ],
    [
      { regularizer: { kind: 'contractive' }, architecture: { kind: 'convolutional' } },
      ['regularizer'],
      'Regularizer must be another for the architecture “Convolutional”, got “Contractive”',
    ],
    [
      { regularizer: { kind: 'klSparsity' } },
      ['architecture', 'codeActivation'],
      'Code activation must be “Sigmoid” for the regularizer “Sparse (KL)”, got “Linear”',
    ],
    [
      { architecture: { kind: 'dense', encoder: { kind: 'variational' }, codeActivation: 'tanh' } },
      ['architecture', 'codeActivation'],
      'Code activation must be “Linear” for a variational encoder, got “Tanh”',
    ],
    [
      { optimizer: { kind: 'lbfgs' }, corruption: { kind: 'gaussian' } },
      ['optimizer'],
      `Optimizer must be ${batchwise} for an objective with the corruption “Gaussian”, which is random, got “L-BFGS”`,
    ],
    [
      { optimizer: { kind: 'lbfgs' }, architecture: { kind: 'dense', encoder: { kind: 'variational' } } },
      ['optimizer'],
      `Optimizer must be ${batchwise} for an objective with a variational encoder, which is random, got “L-BFGS”`,
    ],
    [
      { optimizer: { kind: 'lbfgs' }, training: { pretraining: { kind: 'stacked' } } },
      ['training', 'pretraining'],
      'Pretraining must be “None” for the optimizer “L-BFGS”, got “Stacked”',
    ],
    [
      { optimizer: { kind: 'closedForm' }, training: { epochs: 1 } },
      ['architecture', 'outputActivation'],
      'Output activation must be “Linear” for the optimizer “Closed form”, which solves linear autoencoders, got “Sigmoid”',
    ],
    [
      { optimizer: { kind: 'closedForm' }, training: { epochs: 1 }, architecture: { ...linear, hiddenWidths: [64] } },
      ['architecture', 'hiddenWidths'],
      'Hidden widths must be none for the optimizer “Closed form”, which solves linear autoencoders, got 64',
    ],
    [
      { optimizer: { kind: 'closedForm' }, training: { epochs: 1 }, architecture: { ...linear, latentDimension: 785 } },
      ['architecture', 'latentDimension'],
      'Code size must be at most 784, the components of MNIST, got 785',
    ],
    [
      { optimizer: { kind: 'closedForm' }, training: { epochs: 1 }, architecture: linear, corruption: { kind: 'masking' } },
      ['corruption'],
      'Corruption must be “None” for the optimizer “Closed form”, got “Zeroing”',
    ],
    [
      { optimizer: { kind: 'closedForm' }, architecture: linear, training: { epochs: 20 } },
      ['training', 'epochs'],
      'Epochs must be 1 for the optimizer “Closed form”, got 20',
    ],
    [
      { data: { trainCount: 500 }, evaluation: { labels: 1000 } },
      ['evaluation', 'labels'],
      'Labels for fine-tuning must be at most 500, the training examples, got 1000',
    ],
    [undefined, [], 'Configuration must be an object of settings, got nothing'],
    ['{}', [], 'Configuration must be an object of settings, got "{}"'],
  ])('says what is wrong with %j', (input, path, message) => {
    expect(issuesOf(input)).toMatchObject([{ path, message }])
  })

  it.each([
    [
      { data: { dataset: 'circle' }, loss: 'binaryCrossEntropy' },
      ['loss'],
      'Loss must be “Mean squared error” for Circle, whose values are not in 0…1, got “Binary cross-entropy”',
    ],
    [
      { loss: 'binaryCrossEntropy', architecture: { kind: 'dense', outputActivation: 'linear' } },
      ['architecture', 'outputActivation'],
      'Output activation must be “Sigmoid” for the loss “Binary cross-entropy”, got “Linear”',
    ],
    [
      { data: { trainCount: 50_000, validationCount: 10_001 } },
      ['data', 'validationCount'],
      'Validation examples must be at most 10000, what 50000 training examples leave of the 60000 of MNIST, got 10001',
    ],
    [
      { data: { dataset: 'circle', validationCount: 2000 } },
      ['data', 'validationCount'],
      'Validation examples must be at most 1999, so that one of 2000 is left to learn from, got 2000',
    ],
    [
      { training: { patience: 3 }, data: { validationCount: 0 } },
      ['training', 'patience'],
      'Patience must be empty where no validation examples are held out, got 3',
    ],
    [
      { training: { patience: 3 }, data: { trainCount: 60_000 } },
      ['training', 'patience'],
      'Patience must be empty where no validation examples are held out, got 3',
    ],
    [{ data: { trainCount: 60_001 } }, ['data', 'trainCount'], 'Training examples must be at most 60000, all that MNIST has, got 60001'],
    [
      { data: { dataset: 'spiral', testCount: 1001 } },
      ['data', 'testCount'],
      'Test examples must be at most 1000, all that Spiral has, got 1001',
    ],
    [
      { architecture: { kind: 'dense', latentDimension: 4096, hiddenWidths: [4096] } },
      ['architecture', 'hiddenWidths'],
      `Hidden widths must be small enough for a model of at most ${MAXIMUM_PARAMETERS} parameters, got 39990032 parameters`,
    ],
  ])('checks relations between fields: %j', (input, path, message) => {
    expect(issuesOf(input)).toMatchObject([{ path, message }])
  })

  it('reports every wrong field once, section by section, and no relations of wrong fields', () => {
    const issues = issuesOf({
      training: { seed: -1, batchSize: 0.5 },
      data: { dataset: 'ring', trainCount: -1 },
      loss: 'binaryCrossEntropy',
    })
    expect(issues.map(({ path }) => path.join('.'))).toEqual(['data.dataset', 'data.trainCount', 'training.batchSize', 'training.seed'])
  })

  it.each([
    ['a field out of range', { training: { epochs: 0 } }, ['training.epochs']],
    ['a field of another type', { training: { epochs: '' } }, ['training.epochs']],
    ['a wrong choice', { optimizer: { kind: 'lion' } }, ['optimizer']],
    ['a wrong item of a list', { architecture: { kind: 'dense', hiddenWidths: [4, -1] } }, ['architecture.hiddenWidths.1']],
    ['an unknown setting', { training: { pace: 3 } }, ['training.pace']],
  ])('reports together with %s how other fields do not fit together', (_what, wrong, paths) => {
    const issues = issuesOf({ ...wrong, data: { dataset: 'circle', trainCount: 60_000, testCount: 0 }, loss: 'binaryCrossEntropy' })
    const found = issues.map(({ path }) => path.join('.'))
    expect(found.toSorted()).toEqual(['data.testCount', 'data.trainCount', 'loss', ...paths].toSorted())
    expect(issues.find(({ path }) => path[1] === 'trainCount')).toMatchObject({
      message: 'Training examples must be at most 2000, all that Circle has, got 60000',
    })
  })

  it('reports what is wrong and never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (data, optimizer) => {
        for (const input of [data, { data, optimizer, loss: 'binaryCrossEntropy' }]) {
          const result = validateRunConfig(input)
          expect('config' in result || result.issues.length > 0).toBe(true)
        }
      }),
    )
  })

  it('accepts as many examples as there are', () => {
    expect(issuesOf({ data: { dataset: 'two-moons', trainCount: 2000, testCount: 1000 } })).toEqual([])
  })
})

describe('completeRunConfig', () => {
  it('throws the messages of a wrong configuration', () => {
    const complete = () => completeRunConfig({ training: { epochs: 0, batchSize: 0 } })
    expect(complete).toThrow(AutoencoderError)
    expect(complete).toThrow(
      'Epochs must be a whole number from 1 to 10000, got 0\nBatch size must be a whole number from 1 to 8192, got 0',
    )
  })
})
