import type { Format } from '@hourglass/protocol'
import { z } from 'zod'
import { type EpochValueId, epochCatalog } from '../measurements/measurementCatalog.js'

const measured = z.number().nullable()
const known = Object.fromEntries(epochCatalog.map(({ id }) => [id, measured.default(null)])) as Record<
  EpochValueId,
  z.ZodDefault<typeof measured>
>
const epochValuesSchema = z.object(known).catchall(measured)

/** What an epoch measured, by name: null where a metric was not finite, did not apply, or did not exist then. */
export type EpochValues = z.output<typeof epochValuesSchema>

/** How the values of an epoch are stored. Metrics that this version does not know are kept under their names. */
export const epochValuesFormat: Format<EpochValues> = { subject: 'values of an epoch', schema: epochValuesSchema, upgrades: [] }
