import { countedLabel, joinRunIssues, type Preset, presets, replicateRuns } from '@hourglass/autoencoders'
import type { Client } from '../clients/Client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Lab } from '../Lab.js'
import { checkConfig, describeNewRun, type InputIssue, invalidConfig, launcherOf, requireMeans } from '../runs/launchRun.js'
import type { Run } from '../runs/RunReader.js'
import { checkName, memberRunName } from '../runs/runNames.js'
import type { Experiment } from './ExperimentReader.js'

export const MAXIMUM_RUNS = 200
const MAXIMUM_LABEL_LENGTH = 80

export interface ExperimentRunInput {
  readonly label: string
  /** Checked here, whatever it is. */
  readonly config: unknown
}

/** The seeds that each run of an experiment is trained with. */
export interface SeedsInput {
  /** So many, from 1. */
  readonly count?: number | null | undefined
  readonly list?: readonly number[] | null | undefined
}

export interface LaunchExperimentInput {
  readonly name: string
  readonly runs: readonly ExperimentRunInput[]
  /** With which each of them is trained; undefined leaves each the seed of its configuration. */
  readonly seeds?: SeedsInput | null | undefined
  /** The preset that it repeats. */
  readonly preset?: { readonly id: string; readonly quick: boolean }
  /** Name of its only run, where it has one; undefined names that after its configuration. */
  readonly onlyRunName?: string | undefined
  /** Who launches it; undefined for the lab itself. */
  readonly client?: Client | undefined
}

export interface LaunchedExperiment {
  readonly experiment: Experiment
  readonly runs: readonly Run[]
}

/**
 * Queues all runs of an experiment, or none: every configuration is checked first. Throws INVALID_CONFIG with every issue of every run
 * (paths begin with `runs`, its index and `config`), DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE, RUN_TOO_LARGE, TOO_MANY_REQUESTS, or BAD_USER_INPUT for names, labels and number.
 */
export async function launchExperiment(lab: Lab, input: LaunchExperimentInput): Promise<LaunchedExperiment> {
  const name = checkName(input.name)
  const runs = withSeeds(input.runs, input.seeds)
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
  for (const [index, config] of configs.entries()) await requireMeans(lab, config, ['runs', String(index), 'config'])
  const client = launcherOf(lab, input.client)
  const launched = await lab.experimentRecorder.create({
    name,
    presetId: input.preset?.id ?? null,
    quick: input.preset?.quick ?? false,
    client,
    limit: lab.clientLimits.queuedRuns,
    runs: configs.map((config, index) => {
      const label = labels[index] ?? ''
      return { ...describeNewRun(config, { name: configs.length === 1 ? input.onlyRunName : memberRunName(label, name), client }), label }
    }),
  })
  lab.log.info({ experimentId: launched.experiment.id, name, runs: configs.length }, 'experiment launched')
  lab.queue.wake()
  lab.baselines.wake()
  return launched
}

export interface PresetOverrides {
  readonly name?: string | null | undefined
  readonly quick?: boolean | null | undefined
  readonly epochs?: number | null | undefined
  readonly trainCount?: number | null | undefined
  readonly seed?: number | null | undefined
  readonly seeds?: SeedsInput | null | undefined
}

/** Queues an experiment of the chapter. Throws as {@link launchExperiment} does, and BAD_USER_INPUT for an unknown preset. */
export async function launchPreset(
  lab: Lab,
  id: string,
  { client, ...overrides }: PresetOverrides & { readonly client?: Client | undefined } = {},
): Promise<LaunchedExperiment> {
  const preset = presets.find((candidate) => candidate.id === id)
  if (!preset) {
    const known = presets.map((candidate) => candidate.id).join(', ')
    throw new HourglassError(errorCodes.badUserInput, `id: expected one of ${known}, got ${JSON.stringify(id)}.`)
  }
  const quick = overrides.quick ?? false
  if (typeof overrides.seed === 'number' && overrides.seeds) {
    throw new HourglassError(errorCodes.badUserInput, 'seeds: expected seed or seeds, got both. Leave one of them out.')
  }
  const name = overrides.name ?? undefined
  return launchExperiment(lab, {
    name: name ?? preset.title,
    onlyRunName: name === undefined ? undefined : checkName(name),
    runs: overriddenRuns(presetRuns(preset, quick), overrides),
    seeds: overrides.seeds ?? seedInPlace(preset, overrides.seed),
    preset: { id, quick },
    client,
  })
}

/** Gives a preset's runs in full or in the quick version. */
export function presetRuns({ runs, quickRuns }: Preset, quick: boolean): Preset['runs'] {
  return quick ? quickRuns : runs
}

function withOverrides(config: Preset['runs'][0]['config'], { epochs, trainCount, seed }: PresetOverrides): unknown {
  return {
    ...config,
    data: { ...config.data, ...given({ trainCount }) },
    training: { ...config.training, ...given({ epochs, seed }) },
  }
}

/**
 * Changes runs as is asked for. A label that names what is changed says what is run, and runs that are the same then are one; what no run can be
 * configured as is left to the check of all configurations.
 */
function overriddenRuns(runs: Preset['runs'], overrides: PresetOverrides): readonly ExperimentRunInput[] {
  const changed = runs.map(({ label, config }) => {
    const overridden = withOverrides(config, overrides)
    const checked = checkConfig(overridden)
    return { label: 'config' in checked ? countedLabel(label, checked.config) : label, config: overridden }
  })
  const keys = changed.map(({ config }) => JSON.stringify(config))
  return changed.filter((_, index) => keys.indexOf(keys[index] ?? '') === index)
}

/** One seed for a preset whose runs are named after several: what differed in that alone is one run, named after the one it has. */
function seedInPlace({ runs }: Preset, seed: number | null | undefined): SeedsInput | undefined {
  const areSeeds = new Set(runs.map(({ config }) => config.training?.seed)).size > 1
  return areSeeds && typeof seed === 'number' ? { list: [seed] } : undefined
}

/** Makes of each run one for each seed. Throws BAD_USER_INPUT where there are too many or too few, or one comes twice. */
function withSeeds(runs: readonly ExperimentRunInput[], seeds: SeedsInput | null | undefined): readonly ExperimentRunInput[] {
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

function given(values: Readonly<Record<string, number | null | undefined>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])))
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
