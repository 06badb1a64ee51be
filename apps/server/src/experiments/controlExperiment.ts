import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Lab } from '../Lab.js'
import { requireConfig } from '../runs/readConfig.js'
import type { Experiment } from './ExperimentReader.js'

/** Stops all active runs of an experiment. Throws EXPERIMENT_NOT_FOUND, or EXPERIMENT_NOT_ACTIVE where none is. */
export async function stopExperiment({ experiments, experimentRecorder, queue, log }: Lab, id: string): Promise<Experiment> {
  const experiment = await experiments.requireExperiment(id)
  const { stopped, running } = await experimentRecorder.requestStop(id)
  if (stopped.length + running.length === 0) {
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

/** Queues every stopped or failed run of an experiment again. Throws EXPERIMENT_NOT_FOUND, or EXPERIMENT_NOT_RESUMABLE where there is none. */
export async function resumeExperiment(
  { experiments, experimentRecorder, queue, baselines, datasets, log }: Lab,
  id: string,
): Promise<Experiment> {
  const experiment = await experiments.requireExperiment(id)
  const used = new Set((await experiments.runsOf(id)).map((run) => requireConfig(run).data.dataset))
  for (const dataset of used) await datasets.require(dataset)
  const resumed = await experimentRecorder.resume(id)
  if (resumed.length === 0) {
    const got = await describeRuns(experiments, id)
    throw new HourglassError(
      errorCodes.experimentNotResumable,
      `Expected an experiment with STOPPED or FAILED runs that have epochs left, got one with ${got}.`,
    )
  }
  log.info({ experimentId: id, runs: resumed.length }, 'experiment resumed')
  queue.wake()
  baselines.wake()
  return experiment
}

/** Deletes experiments with their runs and their files, active ones too. Throws EXPERIMENT_NOT_FOUND, and deletes nothing, where one is missing. */
export async function deleteExperiments(
  { experiments, recorder, experimentRecorder, queue, folders, space, log }: Lab,
  ids: readonly string[],
): Promise<void> {
  const runIds = await experiments.runIdsOf(ids)
  // Nobody's training is ended for a deletion that cannot be.
  await recorder.requireStore()
  await queue.discard(runIds, () => folders.deleteWith(runIds, () => experimentRecorder.delete(ids)))
  log.info({ experimentIds: ids, runs: runIds.length }, 'experiments deleted')
  void space.wake()
}

async function describeRuns(experiments: Lab['experiments'], id: string): Promise<string> {
  const runs = await experiments.runsOf(id)
  const statuses = [...new Set(runs.map(({ status }) => status))]
  const count = (status: string) => runs.filter((run) => run.status === status).length
  return statuses.length === 0 ? 'no runs' : statuses.map((status) => `${count(status)} ${status}`).join(', ')
}
