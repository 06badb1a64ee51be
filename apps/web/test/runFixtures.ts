import {
  completeRunConfig,
  type EpochMetricId,
  epochCatalog,
  type FieldDescription,
  type RunConfigInput,
  type SystemValueId,
} from '@hourglass/autoencoders'
import type { RunError, RunFactsFieldsFragment, RunQuery, RunStatus } from '../src/data/generated/graphql'
import { configDescription, writeRunConfig } from '../src/data/readRunConfig'
import type { ChangedRun } from '../src/data/writeRunChange'
import type { RunEvent } from '../src/data/writeRunEvent'

type Run = RunQuery['run']
type EventOf<Name extends RunEvent['__typename']> = Extract<RunEvent, { __typename: Name }>

const at = (seq: number) => new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString()

/** Makes what the API answers for a configuration: null for the variants that were not chosen. */
export function answeredConfig(config: RunConfigInput = {}): Run['config'] {
  return answered({ name: 'RunConfig', field: configDescription }, writeRunConfig(completeRunConfig(config))) as Run['config']
}

/** The API names types after fields, and a variant's after its choice too: `AdamOptimizerConfig`. */
function answered({ name, field }: { readonly name: string; readonly field: FieldDescription }, value: unknown): unknown {
  if (field.type !== 'object' && field.type !== 'choice') return value ?? null
  // A variant without settings travels as `true`.
  if (value === true || value === null || value === undefined) return value ?? null
  const members = field.type === 'object' ? field.fields : field.variants
  const given = value as Readonly<Record<string, unknown>>
  const answers = Object.entries(members).map(([member, description]) => {
    const typed = member.charAt(0).toUpperCase() + member.slice(1) + (field.type === 'choice' ? name : '')
    return [member, answered({ name: typed, field: description }, given[member])]
  })
  return { __typename: name.replace(/(Config)?$/, 'Config'), ...Object.fromEntries(answers) }
}

const notMeasured = Object.fromEntries(
  epochCatalog.flatMap(({ id, role }) => (role === 'metric' || role === 'system' ? [[id, null]] : [])),
) as Record<EpochMetricId | SystemValueId, null>

/** A run with all that a table, an experiment or a notice of a change shows of it. */
export type LiveRow = ChangedRun & RunFactsFieldsFragment

export function makeRow({ id, ...changes }: Partial<LiveRow> & { id: string }): LiveRow {
  return {
    __typename: 'Run',
    id,
    revision: 0,
    starred: false,
    tags: [],
    archivedAt: null,
    number: 1,
    name: `Run ${id}`,
    status: 'QUEUED',
    createdAt: at(0),
    startedAt: null,
    finishedAt: null,
    analyzedAt: null,
    error: null,
    analysisError: null,
    analysisProblem: null,
    finalEpoch: null,
    stoppedEarly: null,
    dataset: { __typename: 'Dataset', id: 'mnist', title: 'MNIST', exampleShape: [28, 28], trainCount: 60_000, testCount: 10_000 },
    parameterCount: null,
    outline: '784-32-784 · MSE · Adam 0.001 · batch 128',
    config: answeredConfig(),
    configProblem: null,
    progress: null,
    summary: {
      __typename: 'RunSummary',
      epochs: 20,
      epochsCompleted: 0,
      trainLoss: null,
      validationLoss: null,
      bestValidationLoss: null,
      bestEpoch: null,
      validationMeanSquaredError: null,
      ...notMeasured,
      seconds: null,
      imagesPerSecond: null,
      test: null,
    },
    curve: { __typename: 'Curve', epochs: [], trainLoss: [], validationLoss: [], problem: null },
    label: null,
    pcaBaseline: null,
    parent: null,
    ...changes,
  }
}

/** The run as an event brings it. */
export function eventRow(changes: Partial<Run> = {}): EventOf<'StatusChanged'>['run'] {
  return makeRun({ status: 'RUNNING', ...changes })
}

export function makeRun({ id = 'a', ...changes }: Partial<Run> = {}): Run {
  return {
    ...makeRow({ id }),
    engine: null,
    runtime: null,
    host: null,
    labVersion: null,
    labCommit: null,
    datasetHash: null,
    lastSeq: 0,
    metricsProblem: null,
    notes: '',
    logUrl: '/artifacts/runs/a/worker.log',
    metrics: [],
    checkpoints: [],
    reconstructions: null,
    analysis: null,
    experiment: null,
    parent: null,
    children: [],
    files: [],
    ...changes,
  }
}

export function epochMetrics(epoch: number, validationLoss: number | null): Run['metrics'][number] {
  return {
    __typename: 'EpochMetrics',
    epoch,
    trainLoss: validationLoss,
    validationLoss,
    validationMeanSquaredError: validationLoss,
    ...notMeasured,
    elapsedSeconds: null,
    seconds: 1,
    imagesPerSecond: 1000,
  }
}

export function epochCompleted(seq: number, epoch: number, validationLoss: number | null): EventOf<'EpochCompleted'> {
  const summary = { ...makeRun().summary, epochsCompleted: epoch, validationLoss }
  return {
    __typename: 'EpochCompleted',
    modelsDropped: [],
    seq,
    changesFiles: true,
    entry: null,
    run: eventRow({ summary }),
    metrics: epochMetrics(epoch, validationLoss),
    reconstructions: {
      __typename: 'Reconstructions',
      epoch,
      count: 16,
      exampleShape: [28, 28],
      labels: [],
      originalsUrl: '/originals.png',
      corruptedUrl: null,
      reconstructionsUrl: `/${epoch}.png`,
    },
    checkpoint: { __typename: 'Checkpoint', epoch, url: `/checkpoints/${epoch}.safetensors`, bytes: 1 },
  }
}

export function statusChanged(seq: number, status: RunStatus, error: RunError | null = null): EventOf<'StatusChanged'> {
  const finishedAt = status === 'QUEUED' || status === 'RUNNING' ? null : at(seq)
  const entry = { __typename: 'HistoryEntry' as const, seq, at: at(seq), line: status }
  return { __typename: 'StatusChanged', seq, changesFiles: false, entry, run: eventRow({ status, error, finishedAt }) }
}

export function progress(epoch: number, step: number): EventOf<'Progress'> {
  return {
    __typename: 'Progress',
    stage: 'TRAINING',
    epoch,
    step,
    stepsPerEpoch: 100,
    epochs: 20,
    imagesPerSecond: 1000,
    waitingFor: null,
    secondsLeft: 5,
  }
}
