import { datasetCatalog } from '@hourglass/datasets'
import { countParameters } from '../architectures/layouts.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { isMiniBatch } from './isMiniBatch.js'
import type { RunConfig } from './RunConfig.js'

/** Largest model: with Adam's slots, two copies of the state and a checkpoint on its way it takes about 1 GB. */
export const MAXIMUM_PARAMETERS = 25_000_000

export interface RuleViolation {
  /** The field to change, in the schema's own terms. */
  readonly path: readonly string[]
  /** Completes "… must be". */
  readonly expected: string
  readonly received: string
}

interface CrossFieldRule {
  /** Paths of what it relates; while one of them is wrong by itself, their relation says nothing. */
  readonly relates: readonly string[]
  /** Checks what no single field can tell; returns the one violation it looks for, or undefined. */
  readonly violationIn: (config: RunConfig) => RuleViolation | undefined
}

/** Relations between settings, one a row. */
export const crossFieldRules: readonly CrossFieldRule[] = [
  {
    relates: ['loss', 'data.dataset'],
    violationIn: function crossEntropyNeedsPixels({ loss, data }) {
      const { kind, title } = datasetCatalog[data.dataset]
      if (loss !== 'binaryCrossEntropy' || kind === 'images') return undefined
      return { path: ['loss'], expected: `meanSquaredError for ${title}, whose values are not in 0…1`, received: loss }
    },
  },

  {
    relates: ['loss', 'architecture.outputActivation'],
    violationIn: function crossEntropyNeedsProbabilities({ loss, architecture: { outputActivation } }) {
      if (loss !== 'binaryCrossEntropy' || outputActivation === 'sigmoid') return undefined
      return { path: ['architecture', 'outputActivation'], expected: `sigmoid for the loss ${loss}`, received: outputActivation }
    },
  },

  {
    relates: ['data.dataset', 'data.trainCount'],
    violationIn: function trainCountFitsDataset({ data: { dataset, trainCount } }) {
      const { trainCount: available, title } = datasetCatalog[dataset]
      if (trainCount === null || trainCount <= available) return undefined
      return { path: ['data', 'trainCount'], expected: `at most ${available}, all that ${title} has`, received: String(trainCount) }
    },
  },

  {
    relates: ['data.dataset', 'data.testCount'],
    violationIn: function testCountFitsDataset({ data: { dataset, testCount } }) {
      const { testCount: available, title } = datasetCatalog[dataset]
      if (testCount === null || testCount <= available) return undefined
      return { path: ['data', 'testCount'], expected: `at most ${available}, all that ${title} has`, received: String(testCount) }
    },
  },

  {
    relates: ['architecture', 'data.dataset'],
    violationIn: function convolutionsNeedImages({ architecture, data: { dataset } }) {
      const { kind, title } = datasetCatalog[dataset]
      if (architecture.kind !== 'convolutional' || kind === 'images') return undefined
      return { path: ['architecture'], expected: `dense for ${title}, whose examples are no images`, received: architecture.kind }
    },
  },

  {
    relates: ['corruption', 'data.dataset'],
    violationIn: function saltAndPepperNeedsPixels({ corruption, data: { dataset } }) {
      const { kind, title } = datasetCatalog[dataset]
      if (corruption.kind !== 'saltAndPepper' || kind === 'images') return undefined
      return { path: ['corruption'], expected: `another for ${title}, whose values are not in 0…1`, received: corruption.kind }
    },
  },

  {
    relates: ['regularizer', 'architecture'],
    violationIn: function contractionNeedsDenseLayers({ regularizer, architecture }) {
      if (regularizer.kind !== 'contractive' || architecture.kind === 'dense') return undefined
      return { path: ['regularizer'], expected: `another for an architecture that is ${architecture.kind}`, received: regularizer.kind }
    },
  },

  {
    relates: ['regularizer', 'architecture'],
    violationIn: function sparsityNeedsActivationsFrom0To1({ regularizer, architecture: { codeActivation } }) {
      if (regularizer.kind !== 'klSparsity' || codeActivation === 'sigmoid') return undefined
      return {
        path: ['architecture', 'codeActivation'],
        expected: `sigmoid for the regularizer ${regularizer.kind}`,
        received: codeActivation,
      }
    },
  },

  {
    relates: ['architecture'],
    violationIn: function variationalMeansAreUnbounded({ architecture: { encoder, codeActivation } }) {
      if (encoder.kind !== 'variational' || codeActivation === 'linear') return undefined
      return { path: ['architecture', 'codeActivation'], expected: 'linear for a variational encoder', received: codeActivation }
    },
  },

  {
    relates: ['optimizer', 'corruption', 'architecture'],
    violationIn: function secondOrderNeedsDeterministicObjective({ optimizer, corruption, architecture: { encoder } }) {
      if (optimizer.kind !== 'lbfgs') return undefined
      const source =
        corruption.kind !== 'none' ? `corruption ${corruption.kind}` : encoder.kind === 'variational' ? 'a variational encoder' : ''
      if (source === '') return undefined
      return {
        path: ['optimizer'],
        expected: `adam, sgd or rmsprop for an objective with ${source}, which is random`,
        received: optimizer.kind,
      }
    },
  },

  {
    relates: ['training.pretraining', 'optimizer', 'architecture'],
    violationIn: function pretrainingFitsTheRest({ training: { pretraining }, optimizer, architecture: { encoder } }) {
      if (pretraining.kind === 'none') return undefined
      const path = ['training', 'pretraining']
      if (!isMiniBatch(optimizer)) return { path, expected: `none for the optimizer ${optimizer.kind}`, received: pretraining.kind }
      if (encoder.kind === 'variational') return { path, expected: 'none for a variational encoder', received: pretraining.kind }
      return undefined
    },
  },

  {
    relates: ['optimizer', 'architecture', 'data.dataset'],
    violationIn: function closedFormNeedsLinearAutoencoder({ optimizer, architecture, data }) {
      if (optimizer.kind !== 'closedForm') return undefined
      const field = (name: string) => ['architecture', name]
      const wanted = (what: string) => `${what} for the optimizer closedForm, which solves linear autoencoders`
      if (architecture.kind !== 'dense') return { path: ['architecture'], expected: wanted('dense'), received: architecture.kind }
      const { hiddenWidths, codeActivation, outputActivation, encoder, latentDimension } = architecture
      if (hiddenWidths.length > 0) return { path: field('hiddenWidths'), expected: wanted('none'), received: hiddenWidths.join(', ') }
      if (encoder.kind !== 'deterministic') return { path: field('encoder'), expected: wanted('deterministic'), received: encoder.kind }
      if (codeActivation !== 'linear') return { path: field('codeActivation'), expected: wanted('linear'), received: codeActivation }
      if (outputActivation !== 'linear') return { path: field('outputActivation'), expected: wanted('linear'), received: outputActivation }
      const { exampleShape, title } = datasetCatalog[data.dataset]
      const size = sizeOfShape(exampleShape)
      if (latentDimension <= size) return undefined
      return { path: field('latentDimension'), expected: `at most ${size}, the components of ${title}`, received: String(latentDimension) }
    },
  },

  {
    relates: ['optimizer', 'loss', 'corruption', 'regularizer', 'training.epochs'],
    violationIn: function closedFormSolvesSquaredErrorAtOnce({ optimizer, loss, corruption, regularizer, training }) {
      if (optimizer.kind !== 'closedForm') return undefined
      const wanted = (what: string) => `${what} for the optimizer closedForm`
      if (loss !== 'meanSquaredError') return { path: ['loss'], expected: wanted('meanSquaredError'), received: loss }
      if (corruption.kind !== 'none') return { path: ['corruption'], expected: wanted('none'), received: corruption.kind }
      if (regularizer.kind !== 'none') return { path: ['regularizer'], expected: wanted('none'), received: regularizer.kind }
      if (training.epochs === 1) return undefined
      return { path: ['training', 'epochs'], expected: wanted('1'), received: String(training.epochs) }
    },
  },

  {
    relates: ['evaluation.labels', 'data.dataset', 'data.trainCount'],
    violationIn: function labelsFitTrainingExamples({ evaluation: { labels }, data: { dataset, trainCount } }) {
      const available = trainCount ?? datasetCatalog[dataset].trainCount
      if (labels === null || labels <= available) return undefined
      return { path: ['evaluation', 'labels'], expected: `at most ${available}, the training examples`, received: String(labels) }
    },
  },

  {
    relates: ['architecture', 'data.dataset'],
    violationIn: function modelFitsMemory({ architecture, data: { dataset } }) {
      const count = countParameters(architecture, datasetCatalog[dataset].exampleShape)
      if (count <= MAXIMUM_PARAMETERS) return undefined
      return {
        path: ['architecture', architecture.kind === 'dense' ? 'hiddenWidths' : 'filters'],
        expected: `small enough for a model of at most ${MAXIMUM_PARAMETERS} parameters`,
        received: `${count} parameters`,
      }
    },
  },
]
