import type { ClientLimits } from '../clients/clientLimits.js'
import type { DatasetShelf } from '../datasets/DatasetShelf.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Log } from '../log.js'
import type { RunQueue } from '../runs/queue/RunQueue.js'
import type { Wakeable } from '../runs/queue/Wakeable.js'
import { requireConfig } from '../runs/readConfig.js'
import type { SelectedRun } from '../runs/selectRuns.js'
import type { Purging, Trashing } from '../runs/trash.js'
import type { Experiment, ExperimentReader } from './ExperimentReader.js'
import type { ExperimentRecorder } from './ExperimentRecorder.js'

/** What changing experiments needs. */
export interface ExperimentChanging {
  readonly experimentRecorder: ExperimentRecorder
  readonly log: Log
}

/** What changing experiments needs where it depends on what they have. */
interface ExperimentControl extends ExperimentChanging {
  readonly experiments: ExperimentReader
}

/** What stopping an experiment needs. */
export interface ExperimentStopping extends ExperimentControl {
  readonly queue: RunQueue
}

/** What resuming an experiment needs. */
export interface ExperimentResuming extends ExperimentControl {
  readonly searches: Wakeable
  readonly queue: Wakeable
  readonly baselines: Wakeable
  readonly datasets: DatasetShelf
  readonly clientLimits: ClientLimits
}

/** What moving experiments to the trash needs. */
export interface ExperimentTrashing extends ExperimentControl, Trashing {}

/** What deleting experiments for good needs. */
export interface ExperimentPurging extends ExperimentControl, Purging {}

/** Stops all active runs of an experiment, and the search where it is one. Throws EXPERIMENT_NOT_FOUND, or EXPERIMENT_NOT_ACTIVE where neither is. */
export async function stopExperiment({ experiments, experimentRecorder, queue, log }: ExperimentStopping, id: string): Promise<Experiment> {
  const experiment = await experiments.requireExperiment(id)
  const { stopped, running, isSearchStopped } = await experimentRecorder.requestStop(id)
  if (stopped.length + running.length === 0 && !isSearchStopped) {
    const got = await describeRuns(experiments, id)
    throw new HourglassError(
      errorCodes.experimentNotActive,
      `Expected an experiment with runs that are QUEUED or RUNNING, got one with ${got}.`,
    )
  }
  await Promise.all(running.map((run) => queue.stop(run.id)))
  log.info({ experimentId: id }, 'experiment stopped')
  return experiment
}

/**
 * Queues every stopped or failed run of an experiment again, but those that its search went on without, and lets its search go on. Throws EXPERIMENT_NOT_FOUND,
 * EXPERIMENT_NOT_RESUMABLE where there is neither, or TOO_MANY_REQUESTS.
 */
export async function resumeExperiment(
  { experiments, experimentRecorder, searches, queue, baselines, datasets, clientLimits, log }: ExperimentResuming,
  id: string,
): Promise<Experiment> {
  const experiment = await experiments.requireExperiment(id)
  const used = new Set((await experiments.runsOf(id)).map((run) => requireConfig(run).data.dataset))
  for (const dataset of used) await datasets.require(dataset)
  const { queued, isSearchResumed } = await experimentRecorder.resume(id, clientLimits.queuedRuns)
  if (queued.length === 0 && !isSearchResumed) {
    const got = await describeRuns(experiments, id)
    throw new HourglassError(
      errorCodes.experimentNotResumable,
      `Expected an experiment with STOPPED or FAILED runs that have epochs left, got one with ${got}.`,
    )
  }
  log.info({ experimentId: id, runs: queued.length }, 'experiment resumed')
  searches.wake()
  queue.wake()
  baselines.wake()
  return experiment
}

/** Makes runs of an experiment runs of their own. Throws EXPERIMENT_NOT_FOUND, RUN_NOT_FOUND, RUN_NOT_IN_EXPERIMENT or RUN_IN_SEARCH. */
export async function takeOutOfExperiment(
  { experimentRecorder, log }: ExperimentChanging,
  id: string,
  runs: readonly SelectedRun[],
): Promise<Experiment> {
  const experiment = await experimentRecorder.takeOut(
    id,
    runs.map(({ number }) => number),
  )
  log.info({ experimentId: id, runs: runs.length }, 'runs taken out of an experiment')
  return experiment
}

/** Moves experiments to the trash with their runs, active ones too, which are ended. Throws EXPERIMENT_NOT_FOUND, and moves nothing, where one is missing. */
export async function deleteExperiments(
  { experiments, recorder, experimentRecorder, queue, trash, log }: ExperimentTrashing,
  ids: readonly string[],
): Promise<void> {
  const members = await experiments.membersOf(ids)
  // Nobody's training is ended for a deletion that cannot be.
  await recorder.requireStore()
  const runIds = members.map(({ id }) => id)
  await queue.discard(runIds, () => experimentRecorder.trash(ids, new Date()))
  log.info({ experimentIds: ids, runs: runIds.length }, 'experiments moved to the trash')
  trash.wake()
}

/** Takes experiments out of the trash with the runs that went there with them. Throws EXPERIMENT_NOT_FOUND. */
export async function restoreExperiments({ experimentRecorder, log }: ExperimentChanging, ids: readonly string[]): Promise<void> {
  await experimentRecorder.restore(ids)
  log.info({ experimentIds: ids }, 'experiments restored from the trash')
}

/** Deletes experiments for good, with all their runs and their files, in the trash or not; says how many bytes that gives back. Throws EXPERIMENT_NOT_FOUND. */
export async function purgeExperiments(
  { experiments, recorder, experimentRecorder, queue, folders, storage, space, log }: ExperimentPurging,
  ids: readonly string[],
): Promise<number> {
  const members = await experiments.membersOf(ids, { inTrash: true })
  await recorder.requireStore()
  const bytes = await storage.bytesOf(members.map(({ number }) => number))
  const runIds = members.map(({ id }) => id)
  await queue.discard(runIds, () => folders.deleteWith(runIds, () => experimentRecorder.delete(ids)))
  log.info({ experimentIds: ids, runs: runIds.length, bytes }, 'experiments deleted')
  space.wake()
  return bytes
}

async function describeRuns(experiments: ExperimentReader, id: string): Promise<string> {
  const runs = await experiments.runsOf(id)
  const statuses = [...new Set(runs.map(({ status }) => status))]
  const count = (status: string) => runs.filter((run) => run.status === status).length
  return statuses.length === 0 ? 'no runs' : statuses.map((status) => `${count(status)} ${status}`).join(', ')
}
