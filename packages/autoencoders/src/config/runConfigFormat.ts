import type { Format } from '@hourglass/protocol'
import type { RunConfig } from './RunConfig.js'
import { runConfigSchema } from './runConfigSchema.js'
import { storedShape } from './storedShape.js'

/** The kind of a run that is trained by this package, as its specification says it. */
export const AUTOENCODER = 'autoencoder'

/**
 * How the configuration of a run is stored. Reading it checks types and names and nothing else: a configuration that today's bounds or relations refuse
 * still says what its run did. One that names a data set, an engine or a variant that this version does not know is a problem of its run alone.
 */
export const runConfigFormat: Format<RunConfig> = {
  subject: 'configuration',
  schema: storedShape(runConfigSchema),
  upgrades: [withoutValidation],
}

/** In the first version no examples were held out, and fewer than all were the first. */
function withoutValidation(stored: unknown): unknown {
  if (!isRecord(stored)) return stored
  const { data } = stored
  const first = { validationCount: 0, selection: 'first' }
  return { ...stored, data: data === undefined ? first : isRecord(data) ? { ...first, ...data } : data }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
