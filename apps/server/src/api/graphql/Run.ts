import type { DatasetId } from '@hourglass/datasets'
import { artifactUrl } from '../../artifacts/runFiles.js'
import type { Run } from '../../generated/prisma/client.js'
import { RunStatus } from '../../generated/prisma/enums.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { requireEpoch } from '../../models/ModelCache.js'
import { analyzeRun, resumeRun, stopRun } from '../../runs/controlRun.js'
import { launchRun } from '../../runs/launchRun.js'
import { type ProgressStage, progressStages, type RunProgress } from '../../runs/RunProgress.js'
import { checkName } from '../../runs/runNames.js'
import { AnalysisType, describeAnalysis } from './Analysis.js'
import { builder } from './builder.js'
import { CheckpointType } from './Checkpoint.js'
import { CodeSnapshotType } from './CodeSnapshot.js'
import { parseConfig, RunConfigInputType, RunConfigType, readConfigInput, writeConfig } from './configTypes.js'
import { DatasetType } from './Dataset.js'
import { EpochMetricsType } from './EpochMetrics.js'
import { addMeasurementFields } from './measurementFields.js'
import { describeModels, OnnxModelType } from './OnnxModel.js'
import { describeBaseline, PcaBaselineType } from './PcaBaseline.js'
import { describeReconstructions, ReconstructionsType } from './Reconstructions.js'

export const RunStatusType = builder.enumType(RunStatus, {
  name: 'RunStatus',
  description: 'QUEUED and RUNNING runs are active; STOPPED and FAILED ones can be resumed.',
})

const MINIMUM_POINTS = 4
/** The most that a configuration may ask for; what lists every epoch is weighed as if there were so many. */
const MAXIMUM_EPOCHS = 10_000
/** Runs that one request may delete; SQLite takes no endless lists. */
const MAXIMUM_DELETED = 1000

export const RunErrorType = builder.objectRef<{ code: string; message: string }>('RunError').implement({
  description: 'Why a run failed.',
  fields: (t) => ({ code: t.exposeString('code'), message: t.exposeString('message') }),
})

const ProgressStageType = builder.enumType('ProgressStage', {
  description: 'What a running run does: PRETRAINING its layers one by one, TRAINING, or, after the last epoch, MEASURING on test data.',
  values: Object.fromEntries(progressStages.map((stage) => [stage.toUpperCase(), { value: stage }])) as Record<
    string,
    { value: ProgressStage }
  >,
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

const RunSummaryType = builder.objectRef<Run>('RunSummary').implement({
  description: 'The latest epoch in short.',
  fields: (t) => ({
    epochs: t.exposeInt('epochs', { description: 'Epochs that were asked for.' }),
    epochsCompleted: t.exposeInt('epochsCompleted'),
    trainLoss: t.exposeFloat('trainLoss', { nullable: true }),
    validationLoss: t.exposeFloat('validationLoss', { nullable: true }),
    bestValidationLoss: t.exposeFloat('bestValidationLoss', { nullable: true }),
    bestEpoch: t.exposeInt('bestEpoch', { nullable: true }),
    validationMeanSquaredError: t.exposeFloat('validationMeanSquaredError', { nullable: true }),
    seconds: t.exposeFloat('seconds', { nullable: true, description: 'Seconds spent in completed epochs.' }),
    imagesPerSecond: t.exposeFloat('imagesPerSecond', { nullable: true }),
  }),
})

addMeasurementFields(RunSummaryType)

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
    config: t.field({ type: RunConfigType, resolve: ({ config }) => writeConfig(config) }),
    engine: t.exposeString('engine', { nullable: true, description: 'Engine that trained it, once it has started.' }),
    runtime: t.exposeString('runtime', {
      nullable: true,
      description: 'Build of ONNX Runtime that the engine ran on, once it has started: node (native) or wasm; null for other engines.',
    }),
    dataset: t.field({ type: DatasetType, resolve: ({ dataset }, _, { lab }) => lab.datasets.get(dataset as DatasetId) }),
    parameterCount: t.exposeInt('parameterCount', { nullable: true, description: 'Trainable numbers, once it has started.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    error: t.field({ type: RunErrorType, nullable: true, resolve: describeError }),
    progress: t.field({
      type: ProgressType,
      nullable: true,
      description: 'Live only, null unless RUNNING.',
      resolve: ({ id }, _, { lab }) => lab.queue.progressOf(id) ?? null,
    }),
    metrics: t.field({
      type: [EpochMetricsType],
      description: 'Epochs in order; with maxPoints, downsampled so that the shape stays (first, last and extremes kept).',
      args: { maxPoints: t.arg.int({ description: `At least ${MINIMUM_POINTS}.` }) },
      complexity: ({ maxPoints }) => ({ field: 1, multiplier: Math.ceil(Math.min(maxPoints ?? MAXIMUM_EPOCHS, MAXIMUM_EPOCHS) / 10) }),
      resolve: ({ id, epochsCompleted }, { maxPoints = null }, { loaders }) => {
        if (maxPoints !== null && maxPoints < MINIMUM_POINTS) {
          throw new HourglassError(errorCodes.badUserInput, `maxPoints: expected at least ${MINIMUM_POINTS}, got ${maxPoints}.`)
        }
        return loaders.metrics.load({ runId: id, maxPoints, epochsCompleted })
      },
    }),
    summary: t.field({ type: RunSummaryType, resolve: (run) => run }),
    checkpoints: t.field({
      type: [CheckpointType],
      complexity: { field: 1, multiplier: MAXIMUM_EPOCHS / 10 },
      resolve: ({ id }, _, { loaders }) => loaders.checkpoints.load(id),
    }),
    reconstructions: t.field({
      type: ReconstructionsType,
      nullable: true,
      description: 'Fixed test examples and their reconstructions at one epoch (default: the latest); null before the first epoch.',
      args: { epoch: t.arg.int() },
      resolve: (run, { epoch }) => {
        if (run.epochsCompleted === 0 && (epoch ?? null) === null) return null
        return describeReconstructions(run, requireEpoch(run, epoch))
      },
    }),
    codes: t.field({
      type: CodeSnapshotType,
      nullable: true,
      description: 'Distribution of each code dimension over the test data at one epoch (default: the latest).',
      args: { epoch: t.arg.int() },
      resolve: (run, { epoch }, { loaders }) => {
        if (run.epochsCompleted === 0 && (epoch ?? null) === null) return null
        return loaders.codes.load({ runId: run.id, epoch: requireEpoch(run, epoch) })
      },
    }),
    onnxModels: t.field({
      type: [OnnxModelType],
      description: 'The encoder, the decoder and both as ONNX files at one epoch (default: the latest); none before the first epoch.',
      args: { epoch: t.arg.int() },
      resolve: (run, { epoch }) => {
        if (run.epochsCompleted === 0 && (epoch ?? null) === null) return []
        return describeModels(run, requireEpoch(run, epoch))
      },
    }),
    pcaBaseline: t.field({
      type: PcaBaselineType,
      nullable: true,
      description:
        'PCA with as many components as the code has dimensions, on the same data; null while it is being computed or where it failed.',
      resolve: async (run, _, { loaders }) => {
        const baseline = run.pcaBaselineId === null ? null : await loaders.baseline.load(run.pcaBaselineId)
        return baseline && describeBaseline(parseConfig(run.config), baseline)
      },
    }),
    analysis: t.field({
      type: AnalysisType,
      nullable: true,
      description:
        'What the completed run was measured with on test data, and what it is compared with; null before, or where that failed.',
      resolve: async (run, _, { loaders, lab }) =>
        run.analyzedAt === null ? null : describeAnalysis(run, await loaders.analysis.load(run.id), lab.log),
    }),
    files: t.field({
      type: [RunFileType],
      complexity: { field: 50, multiplier: 10 },
      resolve: async ({ id }, _, { lab }) =>
        (await lab.folders.list(id)).map(({ name, bytes }) => ({ name, bytes, url: artifactUrl(id, name) })),
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
    resolve: (_, { id }, { lab }) => lab.store.requireRun(id),
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
      name === null || name === undefined ? lab.store.requireRun(id) : lab.store.rename(id, checkName(name)),
  }),
  deleteRuns: t.field({
    type: ['ID'],
    description:
      'Deletes runs with everything they hold, active ones too. Fails with RUN_NOT_FOUND, and deletes nothing, where one is missing.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: async (_, { ids }, { lab }) => {
      const distinct = [...new Set(ids)]
      if (distinct.length > MAXIMUM_DELETED) {
        throw new HourglassError(errorCodes.badUserInput, `ids: expected at most ${MAXIMUM_DELETED}, got ${distinct.length}.`)
      }
      await lab.store.requireAll(distinct)
      await lab.queue.discard(distinct, () => lab.folders.deleteWith(distinct, () => lab.store.delete(distinct)))
      lab.log.info({ runIds: distinct }, 'runs deleted')
      return distinct
    },
  }),
}))

export function describeError({ errorCode, errorMessage }: { errorCode: string | null; errorMessage: string | null }) {
  return errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' }
}
