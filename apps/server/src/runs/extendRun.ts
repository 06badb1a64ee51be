import { hostname } from 'node:os'
import type { RunConfig } from '@hourglass/autoencoders'
import { lengthDependence, validateRunConfig, withEpochs } from '@hourglass/autoencoders'
import { artifactNames } from '@hourglass/protocol'
import type { ArtifactStore } from '../artifacts/ArtifactStore.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Resuming } from './controlRun.js'
import { requireMeans, type TrainingMeans } from './launchRun.js'
import type { Run } from './RunReader.js'
import { readConfig, requireConfig } from './readConfig.js'
import { whyStoppedEarly } from './whyStoppedEarly.js'

/** What extending a run needs. */
export interface Extending extends Resuming, TrainingMeans {}

/** What giving a run more epochs comes to. */
export interface Extension {
  /** Why it cannot have more; null where it can. */
  readonly problem: string | null
  /** In what it will differ from a run that was launched with as many epochs, and what has to be done first, a sentence each. */
  readonly differences: readonly string[]
}

/**
 * Queues a completed run for more epochs; it is measured again after the last. Throws RUN_NOT_FOUND, RUN_NOT_COMPLETED, RUN_NOT_EXTENDABLE,
 * DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE, RUN_TOO_LARGE or TOO_MANY_REQUESTS.
 *
 * @param epochs In all, with those that it has.
 */
export async function extendRun(lab: Extending, id: string, epochs: number): Promise<Run> {
  const run = await lab.runs.requireRun(id)
  const config = withEpochs(requireConfig(run), epochs)
  if (epochs <= run.epochsCompleted) {
    const expected = `expected more than the ${run.epochsCompleted} that the run has`
    throw new HourglassError(errorCodes.runNotExtendable, `epochs: ${expected}, got ${epochs}.`)
  }
  const problem = problemOf(config, run)
  if (problem !== null) throw new HourglassError(errorCodes.runNotExtendable, problem)
  await requireMeans(lab, config)
  const extended = await lab.recorder.extend(id, config, lab.clientLimits.queuedRuns)
  if (!extended) {
    const { status } = (await lab.runs.find(id)) ?? run
    throw new HourglassError(errorCodes.runNotCompleted, `Expected a run that is COMPLETED, got one that is ${status}.`, { status })
  }
  lab.log.info({ runId: id, epochs }, 'run extended')
  lab.queue.wake()
  lab.baselines.wake()
  return extended
}

/**
 * Tells what giving a run more epochs comes to. It goes on to the last bit as if it had been launched so, where no setting of its configuration depends on how
 * many epochs there are, its training state is there, and the machine is the same.
 */
export async function describeExtension({ artifacts }: { readonly artifacts: ArtifactStore }, run: Run): Promise<Extension> {
  const read = readConfig(run)
  if (!('value' in read)) return { problem: read.problem, differences: [] }
  const problem = problemOf(withEpochs(read.value, run.epochsCompleted + 1), run)
  if (problem !== null) return { problem, differences: [] }
  const { epochsCompleted, host } = run
  const here = hostname()
  const dependence = lengthDependence(read.value)
  const canGoOn = await artifacts.isWhole(run, artifactNames.resume(epochsCompleted))
  return {
    problem: null,
    differences: [
      ...(dependence === null ? [] : [dependence]),
      ...(canGoOn
        ? []
        : [
            `The training state after epoch ${epochsCompleted} is missing or damaged, so epochs 1 to ${epochsCompleted} are trained again first, to the values that are stored.`,
          ]),
      ...(host === null || host === here
        ? []
        : [`It was trained on ${host}, and this lab runs on ${here}: what another processor computes may differ in the last bits.`]),
    ],
  }
}

/** Says what is wrong with the number of epochs alone: what else was accepted once is not judged again. */
function problemOf(config: RunConfig, run: Run): string | null {
  const early = whyStoppedEarly(run)
  if (early !== null) return `${early} More epochs would end at once. Launch a new run from its model, with more patience or none.`
  const result = validateRunConfig(config)
  const issue = 'issues' in result ? result.issues.find(({ path }) => path.join('.') === 'training.epochs') : undefined
  return issue ? `${issue.message}.` : null
}
