import type { RunFolders } from '../artifacts/RunFolders.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Log } from '../log.js'
import { restoreRuns as restore, trashRuns as trash } from './markRuns.js'
import type { RunQueue } from './queue/RunQueue.js'
import type { Wakeable } from './queue/Wakeable.js'
import type { RunReader } from './RunReader.js'
import type { RunRecorder } from './RunRecorder.js'
import type { SelectedRun } from './selectRuns.js'

/** Runs that one list of ids may name; SQLite takes no endless lists. */
const MAXIMUM_DELETED = 1000
/** Runs that are deleted in one transaction: others write in between. */
const PURGED_AT_ONCE = 50

/** What moving runs to the trash needs. */
export interface Trashing {
  readonly recorder: RunRecorder
  readonly queue: RunQueue
  readonly trash: Wakeable
  readonly log: Log
}

/** What taking runs out of the trash needs. */
export interface Restoring {
  readonly recorder: RunRecorder
  readonly log: Log
}

/** What deleting runs for good needs. */
export interface Purging {
  readonly recorder: RunRecorder
  readonly queue: RunQueue
  readonly folders: RunFolders
  readonly storage: { bytesOf(runNumbers: readonly number[]): Promise<number> }
  /** Gives back the space of deleted rows. */
  readonly space: Wakeable
  readonly log: Log
}

/** What became of runs. */
export interface RunsAffected {
  readonly ids: readonly string[]
  /** What that gives back to the disk, as far as the lab counts it: the files that they have listed. */
  readonly bytes: number
}

/** Moves runs to the trash, active ones too, which are ended. Throws RUN_NOT_FOUND, and moves nothing, where one is missing; returns their ids. */
export async function deleteRuns(lab: Trashing & { readonly runs: RunReader }, ids: readonly string[]): Promise<string[]> {
  const distinct = [...new Set(ids)]
  if (distinct.length > MAXIMUM_DELETED) {
    throw new HourglassError(errorCodes.badUserInput, `ids: expected at most ${MAXIMUM_DELETED}, got ${distinct.length}.`)
  }
  await lab.runs.requireAll(distinct)
  await trashRuns(lab, distinct)
  return distinct
}

/** Moves runs that there are to the trash. */
export async function trashRuns({ recorder, queue, log, trash: keeper }: Trashing, ids: readonly string[]): Promise<RunsAffected> {
  // Nobody's training is ended for a deletion that cannot be.
  await recorder.requireStore()
  await queue.discard(ids, () => recorder.record((facts) => trash(facts, ids, new Date())))
  log.info({ runIds: ids.slice(0, 20), count: ids.length }, 'runs moved to the trash')
  keeper.wake()
  return { ids, bytes: 0 }
}

/** Takes runs out of the trash, and with them the experiments that they belong to; returns those that were there. */
export async function restoreRuns({ recorder, log }: Restoring, ids: readonly string[]): Promise<RunsAffected> {
  const restored = await recorder.record((facts) => restore(facts, ids))
  log.info({ runIds: restored.slice(0, 20), count: restored.length }, 'runs restored from the trash')
  return { ids: restored, bytes: 0 }
}

/** Deletes runs for good, with everything they hold, in the trash or not; says what that gives back. */
export async function purgeRuns(
  { recorder, queue, folders, space, storage, log }: Purging,
  runs: readonly SelectedRun[],
): Promise<RunsAffected> {
  await recorder.requireStore()
  const bytes = await storage.bytesOf(runs.map(({ number }) => number))
  for (let start = 0; start < runs.length; start += PURGED_AT_ONCE) {
    const ids = runs.slice(start, start + PURGED_AT_ONCE).map(({ id }) => id)
    await queue.discard(ids, () => folders.deleteWith(ids, () => recorder.delete(ids)))
  }
  const ids = runs.map(({ id }) => id)
  log.info({ runIds: ids.slice(0, 20), count: ids.length, bytes }, 'runs deleted')
  space.wake()
  return { ids, bytes }
}
