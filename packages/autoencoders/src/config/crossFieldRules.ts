import { datasetCatalog } from '@hourglass/datasets'
import { architectureRowOf } from '../architectures/architectureRowOf.js'
import { encoderRowOf } from '../architectures/encoderRows.js'
import { countParameters, latentDimensionOf } from '../architectures/layouts.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { memberOf } from './chosenKind.js'
import { needsPixels } from './corruptionFacts.js'
import { examplesOf } from './examplesOf.js'
import { isNone, NONE } from './isNone.js'
import { lossRows } from './lossRows.js'
import { isMiniBatch, optimizerRowOf } from './optimizerRowOf.js'
import { penaltyFactsOf } from './penaltyFactsOf.js'
import type { RunConfig } from './RunConfig.js'
import { architecturesThat, encodersThat, lossesThat, named, optimizersThat, option, settingWords } from './ruleWords.js'

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

/** Relations between settings, one a row; what they say names settings in the words of the form. */
export const crossFieldRules: readonly CrossFieldRule[] = [
  {
    relates: ['loss', 'data.dataset'],
    violationIn: function crossEntropyNeedsPixels({ loss, data }) {
      const { kind, title } = datasetCatalog[data.dataset]
      if (!lossRows[loss].isBernoulli || kind === 'images') return undefined
      return {
        path: ['loss'],
        expected: `${lossesThat(({ isBernoulli }) => !isBernoulli)} for ${title}, whose values are not in 0…1`,
        received: option(loss),
      }
    },
  },

  {
    relates: ['loss', 'architecture.outputActivation'],
    violationIn: function crossEntropyNeedsProbabilities({ loss, architecture: { outputActivation } }) {
      if (!lossRows[loss].isBernoulli || outputActivation === 'sigmoid') return undefined
      return {
        path: ['architecture', 'outputActivation'],
        expected: `${option('sigmoid')} for the loss ${option(loss)}`,
        received: option(outputActivation),
      }
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
    relates: ['data.dataset', 'data.trainCount', 'data.validationCount'],
    violationIn: function validationLeavesTrainingExamples({ data: { dataset, trainCount, validationCount } }) {
      const { trainCount: available, title } = datasetCatalog[dataset]
      const most = available - (trainCount ?? 1)
      if (validationCount === null || most < 0 || validationCount <= most) return undefined
      const reason =
        trainCount === null
          ? `so that one of ${available} is left to learn from`
          : `what ${trainCount} training examples leave of the ${available} of ${title}`
      return { path: ['data', 'validationCount'], expected: `at most ${most}, ${reason}`, received: String(validationCount) }
    },
  },

  {
    relates: ['training.patience', 'data.dataset', 'data.trainCount', 'data.validationCount', 'data.testCount'],
    violationIn: function patienceNeedsValidation({ training: { patience }, data }) {
      if (patience === null || examplesOf({ data }).validation > 0) return undefined
      return { path: ['training', 'patience'], expected: 'empty where no validation examples are held out', received: String(patience) }
    },
  },

  {
    relates: ['architecture', 'data.dataset'],
    violationIn: function convolutionsNeedImages({ architecture, data: { dataset } }) {
      const { kind, title } = datasetCatalog[dataset]
      if (!architectureRowOf(architecture).needsImages || kind === 'images') return undefined
      return {
        path: ['architecture'],
        expected: `${architecturesThat(({ needsImages }) => !needsImages)} for ${title}, whose examples are no images`,
        received: named.architecture(architecture.kind),
      }
    },
  },

  {
    relates: ['corruption', 'data.dataset'],
    violationIn: function someCorruptionsNeedPixels({ corruption, data: { dataset } }) {
      const { kind, title } = datasetCatalog[dataset]
      if (!needsPixels(corruption) || kind === 'images') return undefined
      return {
        path: ['corruption'],
        expected: `another for ${title}, whose values are not in 0…1`,
        received: named.corruption(corruption.kind),
      }
    },
  },

  {
    relates: ['regularizer', 'architecture'],
    violationIn: function jacobiansNeedDenseLayers({ regularizer, architecture }) {
      if (!penaltyFactsOf(regularizer)?.usesJacobian || architectureRowOf(architecture).hasExactJacobian) return undefined
      return {
        path: ['regularizer'],
        expected: `another for the architecture ${named.architecture(architecture.kind)}`,
        received: named.regularizer(regularizer.kind),
      }
    },
  },

  {
    relates: ['regularizer', 'architecture'],
    violationIn: function sparsityNeedsActivationsFrom0To1({ regularizer, architecture: { codeActivation } }) {
      if (!penaltyFactsOf(regularizer)?.needsCodesFrom0To1 || codeActivation === 'sigmoid') return undefined
      return {
        path: ['architecture', 'codeActivation'],
        expected: `${option('sigmoid')} for the regularizer ${named.regularizer(regularizer.kind)}`,
        received: option(codeActivation),
      }
    },
  },

  {
    relates: ['architecture'],
    violationIn: function meansOfCodesAreUnbounded({ architecture: { encoder, codeActivation } }) {
      const { givesDistribution, name } = encoderRowOf(encoder)
      if (!givesDistribution || codeActivation === 'linear') return undefined
      return {
        path: ['architecture', 'codeActivation'],
        expected: `${option('linear')} for ${name}`,
        received: option(codeActivation),
      }
    },
  },

  {
    relates: ['optimizer', 'corruption', 'architecture'],
    violationIn: function someOptimizersNeedDeterministicObjective({ optimizer, corruption, architecture: { encoder } }) {
      if (!optimizerRowOf(optimizer).needsDeterministicObjective) return undefined
      const source = !isNone(corruption)
        ? `the corruption ${named.corruption(corruption.kind)}`
        : encoderRowOf(encoder).givesDistribution
          ? encoderRowOf(encoder).name
          : ''
      if (source === '') return undefined
      return {
        path: ['optimizer'],
        expected: `${optimizersThat(({ steps }) => steps === 'batches')} for an objective with ${source}, which is random`,
        received: named.optimizer(optimizer.kind),
      }
    },
  },

  {
    relates: ['training.pretraining', 'optimizer', 'architecture'],
    violationIn: function pretrainingFitsTheRest({ training: { pretraining }, optimizer, architecture: { encoder } }) {
      if (isNone(pretraining)) return undefined
      const path = ['training', 'pretraining']
      const none = named.pretraining(NONE)
      if (!isMiniBatch(optimizer))
        return {
          path,
          expected: `${none} for the optimizer ${named.optimizer(optimizer.kind)}`,
          received: named.pretraining(pretraining.kind),
        }
      const { givesDistribution, name } = encoderRowOf(encoder)
      if (givesDistribution) return { path, expected: `${none} for ${name}`, received: named.pretraining(pretraining.kind) }
      return undefined
    },
  },

  {
    relates: ['optimizer', 'architecture', 'data.dataset'],
    violationIn: function principalComponentsNeedLinearAutoencoder({ optimizer, architecture, data }) {
      if (!optimizerRowOf(optimizer).takesPrincipalComponents) return undefined
      const field = (name: string) => ['architecture', name]
      const wanted = (what: string) => `${what} for the optimizer ${named.optimizer(optimizer.kind)}, which solves linear autoencoders`
      const { linearSettings } = architectureRowOf(architecture)
      if (!linearSettings) {
        const linear = architecturesThat((row) => row.linearSettings !== null)
        return { path: ['architecture'], expected: wanted(linear), received: named.architecture(architecture.kind) }
      }
      for (const [name, value] of Object.entries(linearSettings)) {
        const [expected, received] = [settingWords(value), settingWords(memberOf(architecture, name))]
        if (received !== expected) return { path: field(name), expected: wanted(expected), received }
      }
      const { codeActivation, outputActivation, encoder } = architecture
      if (encoderRowOf(encoder).givesDistribution)
        return { path: field('encoder'), expected: wanted(encodersThat((row) => !row.givesDistribution)), received: option(encoder.kind) }
      if (codeActivation !== 'linear')
        return { path: field('codeActivation'), expected: wanted(option('linear')), received: option(codeActivation) }
      if (outputActivation !== 'linear')
        return { path: field('outputActivation'), expected: wanted(option('linear')), received: option(outputActivation) }
      const { exampleShape, title } = datasetCatalog[data.dataset]
      const [size, latentDimension] = [sizeOfShape(exampleShape), latentDimensionOf(architecture, exampleShape)]
      if (latentDimension <= size) return undefined
      return { path: field('latentDimension'), expected: `at most ${size}, the components of ${title}`, received: String(latentDimension) }
    },
  },

  {
    relates: ['optimizer', 'loss', 'corruption', 'regularizer', 'training.epochs'],
    violationIn: function principalComponentsMinimizeSquaredErrorAtOnce({ optimizer, loss, corruption, regularizer, training }) {
      if (!optimizerRowOf(optimizer).takesPrincipalComponents) return undefined
      const wanted = (what: string) => `${what} for the optimizer ${named.optimizer(optimizer.kind)}`
      if (!lossRows[loss].isSquaredError)
        return { path: ['loss'], expected: wanted(lossesThat(({ isSquaredError }) => isSquaredError)), received: option(loss) }
      if (!isNone(corruption))
        return { path: ['corruption'], expected: wanted(named.corruption(NONE)), received: named.corruption(corruption.kind) }
      if (!isNone(regularizer))
        return { path: ['regularizer'], expected: wanted(named.regularizer(NONE)), received: named.regularizer(regularizer.kind) }
      if (training.epochs === 1) return undefined
      return { path: ['training', 'epochs'], expected: wanted('1'), received: String(training.epochs) }
    },
  },

  {
    relates: ['evaluation.labels', 'data.dataset', 'data.trainCount', 'data.validationCount', 'data.testCount'],
    violationIn: function labelsFitTrainingExamples({ evaluation: { labels }, data }) {
      const available = examplesOf({ data }).train
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
        path: ['architecture', architectureRowOf(architecture).sizeSetting],
        expected: `small enough for a model of at most ${MAXIMUM_PARAMETERS} parameters`,
        received: `${count} parameters`,
      }
    },
  },
]
