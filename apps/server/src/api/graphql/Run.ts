import { describeConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { type RunProgress, type RunStage, runStages } from '@hourglass/protocol'
import { artifactUrl } from '../../artifacts/artifactUrl.js'
import { RunStatus } from '../../generated/prisma/enums.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { requireEpoch } from '../../models/ModelCache.js'
import { analyzeRun, resumeRun, stopRun } from '../../runs/controlRun.js'
import { deleteRuns } from '../../runs/deleteRuns.js'
import { launchRun } from '../../runs/launchRun.js'
import type { Run } from '../../runs/RunReader.js'
import { readConfig } from '../../runs/readConfig.js'
import { readLatest } from '../../runs/recordReport.js'
import { checkName } from '../../runs/runNames.js'
import { type RunValueRow, readRunValues } from '../../runs/runValues.js'
import { readColumns } from '../../runs/series/readColumns.js'
import { AnalysisType, describeAnalysis } from './Analysis.js'
import { builder } from './builder.js'
import { CheckpointType } from './Checkpoint.js'
import { CodeSnapshotType, describeCodes } from './CodeSnapshot.js'
import { CurveType } from './Curve.js'
import { RunConfigInputType, RunConfigType, readConfigInput, writeConfig } from './configTypes.js'
import { DatasetType } from './Dataset.js'
import { EpochMetricsType } from './EpochMetrics.js'
import { HistoryEntryType } from './HistoryEntry.js'
import { addMeasurementFields } from './measurementFields.js'
import { describeModels, OnnxModelType } from './OnnxModel.js'
import { describeBaseline, PcaBaselineType } from './PcaBaseline.js'
import { describeReconstructions, ReconstructionsType } from './Reconstructions.js'
import { SeriesAxisType, SeriesType } from './Series.js'

export const RunStatusType = builder.enumType(RunStatus, {
  name: 'RunStatus',
  description: 'QUEUED and RUNNING runs are active; STOPPED and FAILED ones can be resumed.',
})

/** Entries of a run's history that are read. */
const HISTORY_LENGTH = 100
const MINIMUM_POINTS = 4
/** The most that a configuration may ask for; what lists every epoch is weighed as if there were so many. */
const MAXIMUM_EPOCHS = 10_000

export const RunErrorType = builder.objectRef<{ code: string; message: string }>('RunError').implement({
  description: 'Why a run failed.',
  fields: (t) => ({ code: t.exposeString('code'), message: t.exposeString('message') }),
})

const ProgressStageType = builder.enumType('ProgressStage', {
  description:
    'What a running run does: STARTING, PRETRAINING its layers one by one, TRAINING, or, after the last epoch, MEASURING on test data.',
  values: Object.fromEntries(runStages.map((stage) => [stage.toUpperCase(), { value: stage }])) as Record<string, { value: RunStage }>,
})

export const ProgressType = builder.objectRef<RunProgress>('Progress').implement({
  description: 'Where a run is within its epoch. Never stored: after a reconnect only the latest is sent.',
  fields: (t) => ({
    stage: t.field({ type: ProgressStageType, resolve: ({ stage }) => stage }),
    epoch: t.exposeInt('epoch', { description: 'From 1; 0 while PRETRAINING.' }),
    step: t.exposeInt('step', { description: 'Steps of this epoch that are done, or of all pretraining.' }),
    stepsPerEpoch: t.exposeInt('stepsPerEpoch', { description: '0 while MEASURING.' }),
    epochs: t.exposeInt('epochs'),
    imagesPerSecond: t.exposeFloat('imagesPerSecond'),
    secondsLeft: t.exposeFloat('secondsLeft'),
  }),
})

interface RunSummary {
  readonly run: Run
  readonly latest: Readonly<Record<string, number>>
}

const RunSummaryType = builder.objectRef<RunSummary>('RunSummary').implement({
  description: 'The latest epoch in short.',
  fields: (t) => {
    const latestOf = (name: string, description?: string) =>
      t.float({ nullable: true, ...(description ? { description } : {}), resolve: ({ latest }) => latest[name] ?? null })
    return {
      epochs: t.int({
        description: 'Epochs that were asked for; of a run that was asked for none, those that it has.',
        resolve: ({ run: { epochs, epochsCompleted } }) => epochs ?? epochsCompleted,
      }),
      epochsCompleted: t.int({ resolve: ({ run }) => run.epochsCompleted }),
      trainLoss: latestOf('trainLoss'),
      validationLoss: latestOf('validationLoss'),
      bestValidationLoss: latestOf('bestValidationLoss'),
      bestEpoch: t.int({ nullable: true, resolve: ({ latest }) => latest.bestEpoch ?? null }),
      validationMeanSquaredError: latestOf('validationMeanSquaredError'),
      seconds: latestOf('totalSeconds', 'Seconds spent in completed epochs.'),
      imagesPerSecond: latestOf('imagesPerSecond'),
    }
  },
})

addMeasurementFields(RunSummaryType, ({ latest }) => latest)

const RunValueType = builder.objectRef<RunValueRow>('RunValue').implement({
  description: 'A number or a text by its name.',
  fields: (t) => ({
    name: t.exposeString('name'),
    number: t.exposeFloat('number', { nullable: true }),
    text: t.exposeString('text', { nullable: true }),
  }),
})

const RunFileType = builder.objectRef<{ name: string; url: string; bytes: number }>('RunFile').implement({
  fields: (t) => ({ name: t.exposeString('name'), url: t.exposeString('url'), bytes: t.exposeInt('bytes') }),
})

export const RunType = builder.objectRef<Run>('Run')

RunType.implement({
  description: 'One training run.',
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.exposeInt('number', { description: 'Counts runs from 1 in order of launch; decides the run’s colour. Never given twice.' }),
    name: t.exposeString('name'),
    label: t.exposeString('label', {
      nullable: true,
      description: 'What tells it from the other runs of its experiment; null without one.',
    }),
    status: t.field({ type: RunStatusType, resolve: ({ status }) => status }),
    kind: t.exposeString('kind', { description: 'autoencoder for runs that are trained here, elsewhere for those of other programs.' }),
    config: t.field({
      type: RunConfigType,
      nullable: true,
      description:
        'Null for runs of another kind, and where this version cannot read it: `configProblem` says why, `values` what it holds.',
      resolve: (run) => {
        const read = readConfig(run)
        return 'value' in read ? writeConfig(read.value) : null
      },
    }),
    configProblem: t.string({
      nullable: true,
      description: 'Why there is no configuration; null where there is one.',
      resolve: (run) => {
        const read = readConfig(run)
        return 'problem' in read ? read.problem : null
      },
    }),
    values: t.field({
      type: [RunValueType],
      description: 'Configuration values and latest metrics by name: what runs are filtered, sorted and grouped by.',
      args: { prefix: t.arg.string({ description: 'Only names that begin so: config. or metric.' }) },
      complexity: { field: 1, multiplier: 10 },
      resolve: ({ number }, { prefix }, { lab }) => readRunValues(lab.database.read, number, prefix ?? ''),
    }),
    outline: t.string({
      nullable: true,
      description: 'Its configuration in a line: layers, loss, optimizer, batch size; null where there is none that this version can read.',
      resolve: (run) => {
        const read = readConfig(run)
        return 'value' in read ? describeConfig(read.value, datasetCatalog[read.value.data.dataset].exampleShape) : null
      },
    }),
    engine: t.exposeString('engine', { nullable: true, description: 'Engine that trained it, once it has started.' }),
    runtime: t.exposeString('runtime', {
      nullable: true,
      description: 'Build of ONNX Runtime that the engine ran on, once it has started: node (native) or wasm; null for other engines.',
    }),
    host: t.exposeString('host', { nullable: true, description: 'Machine that trains it, or did last, once it has started.' }),
    dataset: t.field({
      type: DatasetType,
      nullable: true,
      description: 'Null for data that this lab does not know.',
      resolve: ({ dataset }, _, { lab }) => (dataset === null ? null : lab.datasets.find(dataset)),
    }),
    datasetHash: t.exposeString('datasetHash', {
      nullable: true,
      description: 'SHA-256 of the examples that it uses, once it has loaded them: runs of one hash saw the same data.',
    }),
    parameterCount: t.exposeInt('parameterCount', { nullable: true, description: 'Trainable numbers, once it has started.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    stopRequested: t.exposeBoolean('stopRequested', { description: 'Whether a running run was asked to stop.' }),
    error: t.field({ type: RunErrorType, nullable: true, resolve: describeError }),
    progress: t.field({
      type: ProgressType,
      nullable: true,
      description: 'Live only, null unless RUNNING.',
      resolve: ({ id }, _, { lab }) => lab.queue.progressOf(id) ?? null,
    }),
    metrics: t.field({
      type: [EpochMetricsType],
      description:
        'Epochs in order. With maxPoints, downsampled so that the shape stays: the first, the last and the extremes of each number are kept, also where these alone are more.',
      args: {
        maxPoints: t.arg.int({ description: `At least ${MINIMUM_POINTS}.` }),
        after: t.arg.int({ defaultValue: 0, description: 'Only epochs behind this one: what a client that has the others lacks.' }),
      },
      complexity: ({ maxPoints }) => ({ field: 1, multiplier: Math.ceil(Math.min(maxPoints ?? MAXIMUM_EPOCHS, MAXIMUM_EPOCHS) / 10) }),
      resolve: async ({ number: runNumber, epochsCompleted }, { maxPoints = null, after }, { loaders }) => {
        if (maxPoints !== null) checkPoints(maxPoints)
        return [...(await loaders.metrics.load({ runNumber, maxPoints, after: after ?? 0, epochsCompleted }))]
      },
    }),
    curve: t.field({
      type: CurveType,
      description: 'Losses of its epochs for a small drawing, downsampled as metrics are.',
      args: { maxPoints: t.arg.int({ required: true, description: `At least ${MINIMUM_POINTS}.` }) },
      complexity: ({ maxPoints }) => ({ field: 1, multiplier: Math.ceil(Math.min(maxPoints, MAXIMUM_EPOCHS) / 10) }),
      resolve: ({ number: runNumber, epochsCompleted }, { maxPoints }, { loaders }) => {
        checkPoints(maxPoints)
        return loaders.metrics.load({ runNumber, maxPoints, after: 0, epochsCompleted })
      },
    }),
    series: t.field({
      type: SeriesType,
      description: 'What the run measured, under whatever names, by epoch or by step.',
      args: {
        axis: t.arg({ type: SeriesAxisType, required: true }),
        names: t.arg.stringList({ description: 'Only these; all where it is left out.' }),
        after: t.arg.int({ description: 'Only what lies behind this epoch or step.' }),
        maxPoints: t.arg.int({ description: `Downsampled as \`metrics\` is. At least ${MINIMUM_POINTS}.` }),
      },
      complexity: { field: 100, multiplier: 1 },
      resolve: ({ number }, { axis, names, after, maxPoints }, { lab }) => {
        if (typeof maxPoints === 'number') checkPoints(maxPoints)
        const range = { runNumber: number, axis, after: after ?? undefined }
        return readColumns(lab.database.read, range, { names: names ?? undefined, maxPoints: maxPoints ?? undefined })
      },
    }),
    summary: t.field({ type: RunSummaryType, resolve: (run) => ({ run, latest: readLatest(run) }) }),
    checkpoints: t.field({
      type: [CheckpointType],
      complexity: { field: 1, multiplier: MAXIMUM_EPOCHS / 10 },
      resolve: async ({ id, number }, _, { loaders }) =>
        (await loaders.checkpoints.load(number)).map((artifact) => ({ runId: id, artifact })),
    }),
    reconstructions: t.field({
      type: ReconstructionsType,
      nullable: true,
      description: 'Fixed test examples and their reconstructions at one epoch (default: the latest); null before the first epoch.',
      args: { epoch: t.arg.int() },
      resolve: (run, { epoch }, { loaders }) => {
        if (run.epochsCompleted === 0 && (epoch ?? null) === null) return null
        return describeReconstructions(loaders, run, requireEpoch(run, epoch))
      },
    }),
    codes: t.field({
      type: CodeSnapshotType,
      nullable: true,
      description: 'Distribution of each code dimension over the test data at one epoch (default: the latest).',
      args: { epoch: t.arg.int() },
      resolve: (run, { epoch }, { lab }) => {
        if (run.epochsCompleted === 0 && (epoch ?? null) === null) return null
        return describeCodes(lab, run, requireEpoch(run, epoch))
      },
    }),
    onnxModels: t.field({
      type: [OnnxModelType],
      description: 'The encoder, the decoder and both as ONNX files at one epoch (default: the latest); none before the first epoch.',
      args: { epoch: t.arg.int() },
      resolve: (run, { epoch }) => {
        if ((run.epochsCompleted === 0 && (epoch ?? null) === null) || !('value' in readConfig(run))) return []
        return describeModels(run, requireEpoch(run, epoch))
      },
    }),
    pcaBaseline: t.field({
      type: PcaBaselineType,
      nullable: true,
      description:
        'PCA with as many components as the code has dimensions, on the same data; null while it is being computed or where it failed.',
      resolve: (run, _, { loaders }) => describeBaseline(loaders, run),
    }),
    analysis: t.field({
      type: AnalysisType,
      nullable: true,
      description:
        'What the completed run was measured with on test data, and what it is compared with; null before, or where that failed.',
      resolve: async (run, _, { loaders, lab }) =>
        run.analyzedAt === null ? null : describeAnalysis(run, await loaders.analysis.load(run.number), lab.log),
    }),
    files: t.field({
      type: [RunFileType],
      complexity: { field: 50, multiplier: 10 },
      resolve: async (run, _, { lab }) =>
        (await lab.artifacts.list(run)).map(({ name, bytes }) => ({ name, bytes, url: artifactUrl(run.id, name) })),
    }),
    history: t.field({
      type: [HistoryEntryType],
      description: `What happened to the run, in order: the newest ${HISTORY_LENGTH}, without its epochs and logged values.`,
      complexity: { field: 10, multiplier: HISTORY_LENGTH / 10 },
      resolve: async ({ number }, _, { lab }) => [...(await lab.runs.history(number, HISTORY_LENGTH))],
    }),
    lastSeq: t.exposeInt('lastSeq', { description: 'Sequence number of the newest stored event.' }),
  }),
})

const LaunchRunInput = builder.inputType('LaunchRunInput', {
  fields: (t) => ({ name: t.string(), config: t.field({ type: RunConfigInputType, required: true }) }),
})

const UpdateRunInput = builder.inputType('UpdateRunInput', { fields: (t) => ({ name: t.string() }) })

builder.queryFields((t) => ({
  run: t.field({
    type: RunType,
    description: 'One run. Fails with RUN_NOT_FOUND where there is none.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => lab.runs.requireRun(id),
  }),
}))

builder.mutationFields((t) => ({
  launchRun: t.field({
    type: RunType,
    description: 'Queues a run. Fails with INVALID_CONFIG, DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE or, for its name, BAD_USER_INPUT.',
    args: { input: t.arg({ type: LaunchRunInput, required: true }) },
    resolve: (_, { input: { name, config } }, { lab }) => launchRun(lab, { name, config: readConfigInput(config) }),
  }),
  stopRun: t.field({
    type: RunType,
    description: 'Stops an active run; its status is STOPPED once its process has ended. Fails with RUN_NOT_ACTIVE for others.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => stopRun(lab, id),
  }),
  resumeRun: t.field({
    type: RunType,
    description:
      'Queues a STOPPED or FAILED run again, to continue after its last completed epoch. Fails with RUN_NOT_RESUMABLE for others.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => resumeRun(lab, id),
  }),
  analyzeRun: t.field({
    type: RunType,
    description: 'Queues a COMPLETED run to be measured on test data, again where it was before. Fails with RUN_NOT_COMPLETED for others.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => analyzeRun(lab, id),
  }),
  updateRun: t.field({
    type: RunType,
    args: { id: t.arg.id({ required: true }), input: t.arg({ type: UpdateRunInput, required: true }) },
    resolve: (_, { id, input: { name } }, { lab }) =>
      name === null || name === undefined ? lab.runs.requireRun(id) : lab.recorder.rename(id, checkName(name)),
  }),
  deleteRuns: t.field({
    type: ['ID'],
    description:
      'Deletes runs with everything they hold, active ones too. Fails with RUN_NOT_FOUND, and deletes nothing, where one is missing.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }, { lab }) => deleteRuns(lab, ids),
  }),
}))

function checkPoints(maxPoints: number): void {
  if (maxPoints >= MINIMUM_POINTS) return
  throw new HourglassError(errorCodes.badUserInput, `maxPoints: expected at least ${MINIMUM_POINTS}, got ${maxPoints}.`)
}

export function describeError({ errorCode, errorMessage }: { errorCode: string | null; errorMessage: string | null }) {
  return errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' }
}
