import { joinRunIssues, type RunConfig, replicateRuns } from '@hourglass/autoencoders'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { checkConfig, type InputIssue, invalidConfig, requireMeans, type TrainingMeans } from '../runs/launchRun.js'
import { checkName } from '../runs/runNames.js'
import { MAXIMUM_RUNS } from './maximumRuns.js'

export const MAXIMUM_LABEL_LENGTH = 80

export interface ExperimentRunInput {
  readonly label: string
  /** Checked here, whatever it is. */
  readonly config: unknown
}

export interface CheckedRun {
  readonly label: string
  readonly config: RunConfig
}

/** The seeds that each run of an experiment is trained with. */
export interface SeedsInput {
  /** So many, from 1. */
  readonly count?: number | null | undefined
  readonly list?: readonly number[] | null | undefined
}

/**
 * Checks runs of an experiment before any of them is queued. Throws INVALID_CONFIG with every issue of every run (paths begin with `runs`, its index and
 * `config`), DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE, RUN_TOO_LARGE, or BAD_USER_INPUT for labels and number.
 */
export async function checkRuns(means: TrainingMeans, runs: readonly ExperimentRunInput[]): Promise<readonly CheckedRun[]> {
  const labels = checkLabels(runs)
  const checked = runs.map(({ config }) => checkConfig(config))
  const wrong = checked.flatMap((result, index) =>
    'issues' in result ? result.issues.map((issue) => ({ index, label: labels[index] ?? '', issue })) : [],
  )
  if (wrong.length > 0) {
    const sentences = joinRunIssues(wrong.map(({ label, issue: { message } }) => ({ label, message })))
    throw invalidConfig(
      wrong.map(({ index, label, issue }) => ofRun(issue, index, label)),
      sentences,
    )
  }
  const configs = checked.flatMap((result) => ('config' in result ? [result.config] : []))
  for (const [index, config] of configs.entries()) await requireMeans(means, config, ['runs', String(index), 'config'])
  return configs.map((config, index) => ({ label: labels[index] ?? '', config }))
}

/** Makes of each run one for each seed. Throws BAD_USER_INPUT where there are too many or too few, or one comes twice. */
export function withSeeds(runs: readonly ExperimentRunInput[], seeds: SeedsInput | null | undefined): readonly ExperimentRunInput[] {
  if (!seeds) return runs
  const list = seeds.list ?? Array.from({ length: Math.min(MAXIMUM_RUNS + 1, Math.max(0, seeds.count ?? 0)) }, (_, index) => index + 1)
  const repeated = list.find((seed, index) => list.indexOf(seed) < index)
  if (repeated !== undefined) {
    throw new HourglassError(errorCodes.badUserInput, `seeds: expected each once, got ${repeated} again.`)
  }
  if (list.length === 0 || list.length > MAXIMUM_RUNS) {
    const got = seeds.list ? list.length : (seeds.count ?? 0)
    throw new HourglassError(errorCodes.badUserInput, `seeds: expected 1 to ${MAXIMUM_RUNS}, got ${got}.`)
  }
  return replicateRuns(
    runs.map(({ label, config }) => ({ label, config: requireObject(config, label) })),
    list,
  )
}

function requireObject(config: unknown, label: string): object {
  if (typeof config === 'object' && config !== null) return config
  throw new HourglassError(errorCodes.badUserInput, `${label}: expected a configuration to give a seed to, got ${typeof config}.`)
}

function checkLabels(runs: readonly ExperimentRunInput[]): readonly string[] {
  if (runs.length < 1 || runs.length > MAXIMUM_RUNS) {
    throw new HourglassError(errorCodes.badUserInput, `runs: expected 1 to ${MAXIMUM_RUNS}, got ${runs.length}.`)
  }
  const labels = runs.map(({ label }, index) => checkName(label, `runs.${index}.label`, MAXIMUM_LABEL_LENGTH))
  const repeated = labels.findIndex((label, index) => labels.indexOf(label) < index)
  if (repeated >= 0) {
    const got = JSON.stringify(labels[repeated])
    throw new HourglassError(errorCodes.badUserInput, `runs.${repeated}.label: expected one that no other run has, got ${got} again.`)
  }
  return labels
}

function ofRun(issue: InputIssue, index: number, label: string): InputIssue {
  const place = ['runs', String(index), 'config']
  return {
    ...issue,
    message: `${label}: ${issue.message}`,
    path: [...place, ...issue.path],
    inputPath: [...place, ...issue.inputPath],
  }
}
