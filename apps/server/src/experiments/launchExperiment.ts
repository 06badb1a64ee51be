import {
  countedLabel,
  type HalvingChoice,
  halvingProblem,
  type Preset,
  planHalving,
  presets,
  type Rung,
  withEpochs,
} from '@hourglass/autoencoders'
import type { Client } from '../clients/Client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { checkConfig, describeNewRun, type Launching, launcherOf } from '../runs/launchRun.js'
import type { Wakeable } from '../runs/queue/Wakeable.js'
import type { Run } from '../runs/RunReader.js'
import { checkName, memberRunName } from '../runs/runNames.js'
import type { Experiment } from './ExperimentReader.js'
import type { ExperimentRecorder } from './ExperimentRecorder.js'
import { type CheckedRun, checkRuns, type ExperimentRunInput, type SeedsInput, withSeeds } from './experimentRuns.js'

/** What launching an experiment needs. */
export interface ExperimentLaunching extends Launching {
  readonly experimentRecorder: ExperimentRecorder
  readonly searches: Wakeable
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
  /** How the best of them is searched for; undefined trains all in full. */
  readonly search?: HalvingChoice | undefined
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
export async function launchExperiment(lab: ExperimentLaunching, input: LaunchExperimentInput): Promise<LaunchedExperiment> {
  const name = checkName(input.name)
  const runs = await checkRuns(lab, withSeeds(input.runs, input.seeds))
  const rungs = input.search && checkSearch(runs, input)
  const client = launcherOf(lab, input.client)
  const launched = await lab.experimentRecorder.create({
    name,
    presetId: input.preset?.id ?? null,
    quick: input.preset?.quick ?? false,
    client,
    limit: lab.clientLimits.queuedRuns,
    search: input.search && rungs && { eta: input.search.eta, rungs: [...rungs] },
    runs: runs.map(({ label, config }) => ({
      ...describeNewRun(rungs?.[0] ? withEpochs(config, rungs[0].epochs) : config, {
        name: runs.length === 1 ? input.onlyRunName : memberRunName(label, name),
        client,
      }),
      label,
      skipsAnalysis: rungs !== undefined,
    })),
  })
  lab.log.info({ experimentId: launched.experiment.id, name, runs: runs.length }, 'experiment launched')
  if (rungs) lab.searches.wake()
  lab.queue.wake()
  lab.baselines.wake()
  return launched
}

/** Lays out the rungs of a search. Throws BAD_USER_INPUT where its runs cannot be ranked against each other before their end. */
function checkSearch(runs: readonly CheckedRun[], { search, seeds }: LaunchExperimentInput): readonly Rung[] | undefined {
  if (!search) return undefined
  const configs = runs.map(({ config }) => config)
  const problem = seeds
    ? 'Expected one seed, as a search ranks single runs, got seeds. Leave them out, and add runs with other seeds once it has found the best.'
    : halvingProblem(configs, search)
  if (problem !== null) throw new HourglassError(errorCodes.badUserInput, `search: ${problem}`)
  return planHalving({ ...search, runs: configs.length, epochs: configs[0]?.training.epochs ?? 1 })
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
  lab: ExperimentLaunching,
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

function given(values: Readonly<Record<string, number | null | undefined>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])))
}
