import { moreSeeds, type RunConfig, withEpochs } from '@hourglass/autoencoders'
import type { Client } from '../clients/Client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { describeNewRun, type Launching, launcherOf } from '../runs/launchRun.js'
import { readConfig } from '../runs/readConfig.js'
import { checkName, memberRunName } from '../runs/runNames.js'
import type { SelectedRun } from '../runs/selectRuns.js'
import type { ExperimentChanging } from './controlExperiment.js'
import type { Experiment, ExperimentReader } from './ExperimentReader.js'
import type { ExperimentRecorder } from './ExperimentRecorder.js'
import { checkRuns, type ExperimentRunInput, MAXIMUM_LABEL_LENGTH } from './experimentRuns.js'
import { fitLabel } from './fitLabel.js'
import { MAXIMUM_RUNS } from './maximumRuns.js'
import { readSearch, type Search } from './searchFormat.js'

/** What adding runs to an experiment needs. */
export interface Growing extends Launching {
  readonly experiments: ExperimentReader
  readonly experimentRecorder: ExperimentRecorder
}

/** What an experiment is to have besides: runs, or so many seeds more of each setting. */
export type ExperimentAddition = { readonly runs: readonly ExperimentRunInput[] } | { readonly seeds: number }

/**
 * Queues more runs of an experiment, or none. Throws EXPERIMENT_NOT_FOUND, INVALID_CONFIG, DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE, RUN_TOO_LARGE,
 * TOO_MANY_REQUESTS, or BAD_USER_INPUT for labels and number.
 */
export async function addToExperiment(
  lab: Growing,
  id: string,
  { client: from, ...addition }: ExperimentAddition & { readonly client?: Client | undefined },
): Promise<Experiment> {
  const grown = await lab.experiments.requireExperiment(id)
  const { name } = grown
  const runs = await checkRuns(lab, 'runs' in addition ? addition.runs : await runsOfSeeds(lab.experiments, grown, addition.seeds))
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
export async function groupRuns(
  { experimentRecorder, log }: ExperimentChanging,
  runs: readonly SelectedRun[],
  name: string,
): Promise<Experiment> {
  const experiment = await experimentRecorder.group({ name: checkName(name), numbers: runs.map(({ number }) => number) })
  log.info({ experimentId: experiment.id, runs: runs.length }, 'runs saved as an experiment')
  return experiment
}

/**
 * Makes the runs of more seeds, those of a search with all epochs. What was trained from another run's model, or elsewhere, cannot be trained again from its
 * configuration alone.
 */
async function runsOfSeeds(
  experiments: ExperimentReader,
  { id, search }: Experiment,
  seeds: number,
): Promise<readonly ExperimentRunInput[]> {
  if (seeds < 1 || seeds > MAXIMUM_RUNS) {
    throw new HourglassError(errorCodes.badUserInput, `seeds: expected 1 to ${MAXIMUM_RUNS} more, got ${seeds}.`)
  }
  const read = readSearch(search)
  const whole = (runId: string, config: RunConfig) => ('value' in read ? withWholeEpochs(read.value, runId, config) : config)
  const repeatable = (await experiments.runsOf(id)).flatMap((run) => {
    const config = run.parentId === null ? readConfig(run) : null
    return config && 'value' in config ? [{ label: run.label ?? run.name, config: whole(run.id, config.value) }] : []
  })
  if (repeatable.length > 0) {
    return moreSeeds(repeatable, seeds).map(({ label, config }) => ({ label: fitLabel(label, MAXIMUM_LABEL_LENGTH), config }))
  }
  throw new HourglassError(
    errorCodes.badUserInput,
    'seeds: expected an experiment with runs that this lab can train from initial weights, got none. Add runs by their configurations.',
  )
}

/** What a run of a search is trained for where it is not dropped before. */
function withWholeEpochs({ runs, rungs }: Search, runId: string, config: RunConfig): RunConfig {
  const epochs = rungs.at(-1)?.epochs
  return epochs !== undefined && runs.includes(runId) ? withEpochs(config, epochs) : config
}
