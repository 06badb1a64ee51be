import type { ClientLimits } from '../clients/clientLimits.js'
import type { DatasetShelf } from '../datasets/DatasetShelf.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Log } from '../log.js'
import type { RunQueue } from './queue/RunQueue.js'
import type { Wakeable } from './queue/Wakeable.js'
import { resumedFacts, statusWhenStopped } from './RunFacts.js'
import type { Run, RunReader } from './RunReader.js'
import type { RunRecorder } from './RunRecorder.js'
import { requireConfig } from './readConfig.js'

/** What stopping a run needs. */
export interface Stopping {
  readonly runs: RunReader
  readonly recorder: RunRecorder
  readonly queue: RunQueue
}

/** What queueing a run again needs. */
export interface Requeueing {
  readonly runs: RunReader
  readonly recorder: RunRecorder
  readonly queue: Wakeable
  readonly datasets: DatasetShelf
  readonly clientLimits: ClientLimits
  readonly log: Log
}

/** What resuming a run needs. */
export interface Resuming extends Requeueing {
  readonly baselines: Wakeable
}

/** Stops an active run: a queued one at once, a running one when its worker has ended. Throws RUN_NOT_FOUND or RUN_NOT_ACTIVE. */
export async function stopRun({ runs, recorder, queue }: Stopping, id: string): Promise<Run> {
  const run = await runs.requireRun(id)
  const stopped = await recorder.changeStatus(id, { from: ['QUEUED'], to: statusWhenStopped(run), data: { finishedAt: new Date() } })
  if (stopped) return stopped
  const running = await recorder.requestStop(id)
  if (!running) {
    const { status } = (await runs.find(id)) ?? run
    throw new HourglassError(errorCodes.runNotActive, `Expected a run that is QUEUED or RUNNING, got one that is ${status}.`, { status })
  }
  await queue.stop(id)
  return running
}

/** Queues a stopped or failed run again. Throws RUN_NOT_FOUND, RUN_NOT_RESUMABLE or TOO_MANY_REQUESTS. */
export async function resumeRun({ runs, recorder, queue, baselines, datasets, clientLimits, log }: Resuming, id: string): Promise<Run> {
  const run = await runs.requireRun(id)
  await datasets.require(requireConfig(run).data.dataset)
  const resumed =
    run.epochs !== null && run.epochsCompleted < run.epochs
      ? await recorder.queueAgain(id, { from: ['STOPPED', 'FAILED'], data: resumedFacts }, clientLimits.queuedRuns)
      : null
  if (!resumed) {
    const got = `one that is ${run.status} after ${run.epochsCompleted} of ${run.epochs} epochs`
    throw new HourglassError(errorCodes.runNotResumable, `Expected a STOPPED or FAILED run with epochs left, got ${got}.`, {
      status: run.status,
    })
  }
  log.info({ runId: id }, 'run resumed')
  queue.wake()
  // A failed run waits for none, so its baseline may be missing.
  baselines.wake()
  return resumed
}

/** Queues a completed run to be measured, again where it was before. Throws RUN_NOT_FOUND, RUN_NOT_COMPLETED, DATASET_UNAVAILABLE or TOO_MANY_REQUESTS. */
export async function analyzeRun({ runs, recorder, queue, datasets, clientLimits, log }: Requeueing, id: string): Promise<Run> {
  const run = await runs.requireRun(id)
  await datasets.require(requireConfig(run).data.dataset)
  const data = { stopRequested: false, wasInterrupted: false, interruptions: 0, analysisErrorCode: null, analysisErrorMessage: null }
  const queued = await recorder.queueAgain(id, { from: ['COMPLETED'], data }, clientLimits.queuedRuns)
  if (!queued) {
    const { status } = (await runs.find(id)) ?? run
    throw new HourglassError(errorCodes.runNotCompleted, `Expected a run that is COMPLETED, got one that is ${status}.`, { status })
  }
  log.info({ runId: id }, 'run to be analyzed')
  queue.wake()
  return queued
}
