import { z } from 'zod'
import { datasetRefSchema } from './DatasetRef.js'
import type { Format } from './Format.js'
import { type NamedValues, namedValuesSchema } from './NamedValues.js'

/**
 * A run's configuration as it travels and is stored. Whoever knows the kind registers its {@link Format}; everybody else passes the envelope on.
 */
export const runSpecSchema = z.strictObject({
  /** Which program understands the configuration: `autoencoder` for what is trained here, `elsewhere` for any other. */
  kind: z.string().min(1),
  /** Version of the kind's format. */
  version: z.int().min(1),
  config: z.unknown(),
  /** Null for runs on data that this lab does not know. */
  dataset: datasetRefSchema.nullable(),
  /** Epochs that were asked for; null for runs that count steps alone. */
  epochs: z.int().min(1).nullable(),
})
export type RunSpec = z.output<typeof runSpecSchema>

/** The kind of a run that was trained by another program: its configuration is any tree of named values. */
export const ELSEWHERE = 'elsewhere'

export const elsewhereFormat: Format<NamedValues> = {
  subject: 'configuration of a run trained elsewhere',
  schema: namedValuesSchema,
  upgrades: [],
}
