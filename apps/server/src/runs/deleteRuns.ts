import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Lab } from '../Lab.js'

/** Runs that one request may delete; SQLite takes no endless lists. */
const MAXIMUM_DELETED = 1000

/** Deletes runs with everything they hold, active ones too. Throws RUN_NOT_FOUND, and deletes nothing, where one is missing; returns their ids. */
export async function deleteRuns({ runs, recorder, queue, folders, space, log }: Lab, ids: readonly string[]): Promise<string[]> {
  const distinct = [...new Set(ids)]
  if (distinct.length > MAXIMUM_DELETED) {
    throw new HourglassError(errorCodes.badUserInput, `ids: expected at most ${MAXIMUM_DELETED}, got ${distinct.length}.`)
  }
  await runs.requireAll(distinct)
  // Nobody's training is ended for a deletion that cannot be.
  await recorder.requireStore()
  await queue.discard(distinct, () => folders.deleteWith(distinct, () => recorder.delete(distinct)))
  log.info({ runIds: distinct }, 'runs deleted')
  void space.wake()
  return distinct
}
