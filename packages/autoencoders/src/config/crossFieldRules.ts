import { datasetCatalog } from '@hourglass/datasets'
import { countParameters } from '../architectures/parameterLayouts.js'
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
    violationIn: function modelFitsMemory({ architecture, data: { dataset } }) {
      const count = countParameters(architecture, datasetCatalog[dataset].exampleShape)
      if (count <= MAXIMUM_PARAMETERS) return undefined
      return {
        path: ['architecture', 'hiddenWidths'],
        expected: `small enough for a model of at most ${MAXIMUM_PARAMETERS} parameters`,
        received: `${count} parameters`,
      }
    },
  },
]
