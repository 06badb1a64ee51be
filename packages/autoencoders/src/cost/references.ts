import type { RunConfig, RunConfigInput } from '../config/RunConfig.js'
import { completeRunConfig } from '../config/validateRunConfig.js'

export interface Reference {
  readonly config: RunConfig
  /** Whether its evaluation is measured too. */
  readonly evaluates: boolean
}

const reference = (config: RunConfigInput, { evaluates = false } = {}): Reference => ({
  config: completeRunConfig({ data: { dataset: 'noise' }, ...config }),
  evaluates,
})

/**
 * Steps whose times tell units of work apart: hardly more than operators, products of matrices, logarithms, an optimizer's state beyond caches, convolutions,
 * random numbers. The first ones are worth one thread, the last ones more.
 */
export const references: readonly Reference[] = [
  reference({ architecture: { kind: 'dense', latentDimension: 2 }, training: { batchSize: 32 } }, { evaluates: true }),
  reference({ architecture: { kind: 'dense', latentDimension: 32 }, training: { batchSize: 128 } }),
  reference({ architecture: { kind: 'dense', latentDimension: 256 }, training: { batchSize: 32 } }, { evaluates: true }),
  reference({
    architecture: { kind: 'dense', hiddenWidths: [128], latentDimension: 16 },
    loss: 'binaryCrossEntropy',
    corruption: { kind: 'gaussian' },
    training: { batchSize: 64 },
  }),
  reference({ architecture: { kind: 'convolutional', filters: [8, 16] }, training: { batchSize: 32 } }),
  reference({ architecture: { kind: 'dense', latentDimension: 256 }, training: { batchSize: 128 } }),
  reference({ architecture: { kind: 'dense', latentDimension: 784 }, training: { batchSize: 32 } }, { evaluates: true }),
  reference({ architecture: { kind: 'convolutional', filters: [16, 32] }, training: { batchSize: 64 } }),
]
