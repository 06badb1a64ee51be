import { moreSeeds } from '@hourglass/autoencoders'
import type { Client } from '../clients/Client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Lab } from '../Lab.js'
import { describeNewRun, launcherOf } from '../runs/launchRun.js'
import { readConfig } from '../runs/readConfig.js'
import { checkName, memberRunName } from '../runs/runNames.js'
import type { SelectedRun } from '../runs/selectRuns.js'
import type { Experiment } from './ExperimentReader.js'
import { checkRuns, type ExperimentRunInput } from './experimentRuns.js'
import { MAXIMUM_RUNS } from './maximumRuns.js'

/** What an experiment is to have besides: runs, or so many seeds more of each setting. */
export type ExperimentAddition = { readonly runs: readonly ExperimentRunInput[] } | { readonly seeds: number }

/**
 * Queues more runs of an experiment, or none. Throws EXPERIMENT_NOT_FOUND, INVALID_CONFIG, DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE, RUN_TOO_LARGE,
 * TOO_MANY_REQUESTS, or BAD_USER_INPUT for labels and number.
 */
export async function addToExperiment(
  lab: Lab,
  id: string,
  { client: from, ...addition }: ExperimentAddition & { readonly client?: Client | undefined },
): Promise<Experiment> {
  const { name } = await lab.experiments.requireExperiment(id)
  const runs = await checkRuns(lab, 'runs' in addition ? addition.runs : await runsOfSeeds(lab, id, addition.seeds))
  const client = launcherOf(lab, from)
  const experiment = await lab.experimentRecorder.add(id, {
    client,
    limit: lab.clientLimits.queuedRuns,
    runs: runs.map(({ label, config }) => ({ ...describeNewRun(config, { name: memberRunName(label, name), client }), label })),
  })
  lab.log.info({ experimentId: id, runs: runs.length }, 'runs added to an experiment')
  lab.queue.wake()
  lab.baselines.wake()
  return experiment
}

/** Makes an experiment of runs that belong to none. Throws RUN_NOT_FOUND, RUN_IN_EXPERIMENT or BAD_USER_INPUT. */
export async function groupRuns({ experimentRecorder, log }: Lab, runs: readonly SelectedRun[], name: string): Promise<Experiment> {
  const experiment = await experimentRecorder.group({ name: checkName(name), numbers: runs.map(({ number }) => number) })
  log.info({ experimentId: experiment.id, runs: runs.length }, 'runs saved as an experiment')
  return experiment
}

/** Makes the runs of more seeds. What was trained from another run's model, or elsewhere, cannot be trained again from its configuration alone. */
async function runsOfSeeds({ experiments }: Lab, id: string, seeds: number): Promise<readonly ExperimentRunInput[]> {
  if (seeds < 1 || seeds > MAXIMUM_RUNS) {
    throw new HourglassError(errorCodes.badUserInput, `seeds: expected 1 to ${MAXIMUM_RUNS} more, got ${seeds}.`)
  }
  const repeatable = (await experiments.runsOf(id)).flatMap((run) => {
    const read = run.parentId === null ? readConfig(run) : null
    return read && 'value' in read ? [{ label: run.label ?? run.name, config: read.value }] : []
  })
  if (repeatable.length > 0) return moreSeeds(repeatable, seeds)
  throw new HourglassError(
    errorCodes.badUserInput,
    'seeds: expected an experiment with runs that this lab can train from initial weights, got none. Add runs by their configurations.',
  )
}
