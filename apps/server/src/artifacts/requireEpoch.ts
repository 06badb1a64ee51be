import type { Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'

/** Throws EPOCH_NOT_FOUND for an epoch that the run has not completed. */
export function requireEpoch(run: Run, wanted: number): number {
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= run.epochsCompleted) return wanted
  const expected = run.epochsCompleted === 0 ? 'a run with a completed epoch' : `an epoch from 1 to ${run.epochsCompleted}`
  throw new HourglassError(
    errorCodes.epochNotFound,
    `epoch: expected ${expected}, got ${run.epochsCompleted === 0 ? 'one without' : wanted}.`,
  )
}
