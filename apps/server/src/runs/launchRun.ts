import {
  type ConfigIssue,
  describeSchema,
  type EngineName,
  examplesOf,
  type RunConfig,
  runConfigSchema,
  startIssues,
  toWirePath,
  validateRunConfig,
} from '@hourglass/autoencoders'
import type { Client } from '../clients/Client.js'
import type { ClientLimits } from '../clients/clientLimits.js'
import type { Launchers } from '../clients/Launchers.js'
import type { DatasetShelf } from '../datasets/DatasetShelf.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Log } from '../log.js'
import { type StartCopying, withCopiedStart } from './copyStart.js'
import type { Wakeable } from './queue/Wakeable.js'
import type { NewRun, RunStart } from './RunFacts.js'
import type { Run, RunReader } from './RunReader.js'
import type { RunRecorder } from './RunRecorder.js'
import { requireConfig } from './readConfig.js'
import { type MemoryOfRuns, requireMemory } from './requireMemory.js'
import { checkName, defaultRunName } from './runNames.js'

export interface LaunchInput {
  readonly name?: string | null | undefined
  /** Checked here, whatever it is. */
  readonly config: unknown
  /** The run and the epoch whose model it starts from; without, it starts from initial weights. */
  readonly parent?: { readonly id: string; readonly epoch: number } | null | undefined
  /** Who launches it; undefined for the lab itself. */
  readonly client?: Client | undefined
}

/** What of this machine a run needs to be trained. */
export interface TrainingMeans {
  readonly datasets: DatasetShelf
  readonly engines: { require(engine: EngineName): Promise<void> }
  readonly memory: MemoryOfRuns
}

/** What launching runs needs, alone or together. */
export interface Launching extends TrainingMeans {
  readonly launchers: Launchers
  readonly clientLimits: ClientLimits
  readonly queue: Wakeable
  readonly baselines: Wakeable
  readonly log: Log
}

/** What launching one run needs. */
export interface RunLaunching extends Launching, StartCopying {
  readonly runs: RunReader
  readonly recorder: RunRecorder
}

const schema = describeSchema(runConfigSchema)

/** One thing that is wrong with a configuration; `path` in the schema's terms, `inputPath` in those of GraphQL's RunConfigInput. */
export interface InputIssue extends ConfigIssue {
  readonly inputPath: readonly string[]
}

/**
 * Queues a run. Throws INVALID_CONFIG with every issue, its field named in the schema's terms (`path`) and in those of GraphQL's
 * RunConfigInput (`inputPath`), DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE, RUN_TOO_LARGE likewise with an issue, TOO_MANY_REQUESTS where the client has too many
 * runs in the queue, or BAD_USER_INPUT for its name. One that starts from another run's model also RUN_NOT_FOUND, RUN_UNREADABLE, and as
 * {@link withCopiedStart} does.
 */
export async function launchRun(lab: RunLaunching, { name, config: input, parent: from, client }: LaunchInput): Promise<Run> {
  const checkedName = name === null || name === undefined ? undefined : checkName(name)
  const result = checkConfig(input)
  if ('issues' in result) throw invalidConfig(result.issues)
  const { config } = result
  const parent = from ? { parent: await requireParent(lab.runs, from.id, config), epoch: from.epoch } : undefined
  await requireMeans(lab, config)
  const newRun = describeNewRun(config, { name: checkedName, client: launcherOf(lab, client) })
  const launch = (start?: RunStart) => lab.recorder.launch({ ...newRun, start }, lab.clientLimits.queuedRuns)
  const run = parent ? await withCopiedStart(lab, parent, launch) : await launch()
  lab.log.info({ runId: run.id, number: run.number, name: run.name }, 'run launched')
  lab.queue.wake()
  lab.baselines.wake()
  return run
}

/** Finds the run that another one starts from; throws INVALID_CONFIG where its model does not fit. */
async function requireParent(runs: RunReader, id: string, config: RunConfig): Promise<Run> {
  const parent = await runs.requireRun(id)
  const issues = startIssues(config, requireConfig(parent))
  if (issues.length > 0) throw invalidConfig(issues.map((issue) => ({ ...issue, inputPath: toWirePath(schema, config, issue.path) })))
  return parent
}

/** Checks whatever a client sent as a configuration: gives it with its defaults, or all that is wrong with it. */
export function checkConfig(input: unknown): { readonly config: RunConfig } | { readonly issues: readonly InputIssue[] } {
  const result = validateRunConfig(input)
  if ('config' in result) return result
  return { issues: result.issues.map((issue) => ({ ...issue, inputPath: toWirePath(schema, input, issue.path) })) }
}

/** Refuses a configuration with every issue; `sentences` say what is wrong where that is shorter than all issues' messages. */
export function invalidConfig(
  issues: readonly InputIssue[],
  sentences: readonly string[] = issues.map(({ message }) => message),
): HourglassError {
  return new HourglassError(errorCodes.invalidConfig, sentences.map((sentence) => `${sentence}.`).join(' '), { issues })
}

/**
 * Throws DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE or RUN_TOO_LARGE where this machine cannot train it.
 *
 * @param place Where the configuration is in the input, for issues to begin with.
 */
export async function requireMeans(means: TrainingMeans, config: RunConfig, place: readonly string[] = []): Promise<void> {
  const { data, training } = config
  await means.datasets.require(data.dataset)
  await means.engines.require(training.engine)
  requireMemory(means, config, place)
}

/** Names who launches runs as the store keeps it. */
export function launcherOf({ launchers }: { readonly launchers: Launchers }, client: Client | undefined): string {
  return client ? launchers.nameOf(client) : ''
}

/** Lays out what is stored of a run that is launched. */
export function describeNewRun(
  config: RunConfig,
  { name = defaultRunName(config), client }: { readonly name?: string | undefined; readonly client: string },
): NewRun {
  const { train: trainCount, validation: validationCount, test: testCount } = examplesOf(config)
  return { name, config, client, trainCount, validationCount, testCount, selection: config.data.selection }
}
