import { z } from 'zod'
import { convolutional } from './rows/convolutional.js'
import { dense } from './rows/dense.js'

/** Every architecture, one a row, in the order of forms. */
export const architectureRows = { dense, convolutional }

type Rows = typeof architectureRows
type Schema = Rows[keyof Rows]['schema']

const schemas = Object.values(architectureRows).map(({ schema }): Schema => schema)

export const architecture = z
  .discriminatedUnion('kind', schemas as [Schema, ...Schema[]])
  .prefault({ kind: 'dense' })
  .meta({ title: 'Architecture', description: 'The shape of the encoder and the decoder.' })

export type ArchitectureConfig = z.output<typeof architecture>
export type InitializerConfig = ArchitectureConfig['initializer']

/** Writes down the settings of the autoencoder whose optimum is principal components: a layer each way, linear. */
export const linearArchitecture = (latentDimension: number): z.input<typeof architecture> => ({
  kind: 'dense',
  latentDimension,
  hiddenWidths: [],
  codeActivation: 'linear',
  outputActivation: 'linear',
})
