import { completeRunConfig } from '@hourglass/autoencoders'
import { type ArtifactType, artifactNames, type RunEventKind } from '@hourglass/protocol'
import { updateRun } from '../src/runs/changeRuns.js'
import { addLandmark, readLandmarks } from '../src/runs/landmarks.js'
import { restoreRuns, trashRuns } from '../src/runs/markRuns.js'
import { moveInQueue } from '../src/runs/queue/controlQueue.js'
import type { Run } from '../src/runs/RunReader.js'
import type { Attempt } from '../src/runs/RunRecorder.js'
import { readTags } from '../src/runs/RunTexts.js'
import { readLatest } from '../src/runs/readLatest.js'
import { importRun } from './importRun.js'
import { epochReport, type OpenStore } from './openStore.js'

type Happen = (store: OpenStore, run: Run, attempt: Attempt) => Promise<unknown>

/** When an event happens, and what it leaves. */
interface Occasion {
  /** What has to be so before. */
  readonly prepare?: Happen
  readonly happen: Happen
  /** Reads from the row of the run, and from what belongs to it, what the event has changed. */
  readonly read: (run: Run, store: OpenStore) => unknown
  /** What that is then; before, it is something else. */
  readonly expected: unknown
}

const fileOf = (name: string, type: ArtifactType | 'other') => ({ name, type, bytes: 1, sha256: null })
const stateOf = (epoch: number) => fileOf(artifactNames.resume(epoch), 'resume')
const epochWith = (epoch: number, ...artifacts: ReturnType<typeof fileOf>[]) => ({ ...epochReport(epoch), artifacts })
const filesOf = ({ number }: Run, { database }: OpenStore) => database.read.artifact.count({ where: { runNumber: number } })

const analysed = { epoch: 1, version: 1, measured: {}, figures: [] }
const started = { host: 'here', engine: 'onnx', runtime: 'node', parameterCount: 7, dataset: null, sampleLabels: [] }

/** What happens of each kind: a new kind needs its occasion here. */
export const eventOccasions: Readonly<Record<RunEventKind, Occasion>> = {
  STATUS_CHANGED: {
    happen: ({ recorder }, { id }) => recorder.changeStatus(id, { from: ['RUNNING'], to: 'STOPPED' }),
    read: ({ status }) => status,
    expected: 'STOPPED',
  },
  INTERRUPTED: {
    happen: ({ recorder }, { id }) => {
      const interruption = { code: 'WORKER_CRASHED', message: 'It was killed.', time: 1, limit: 3 }
      return recorder.changeStatus(id, { from: ['RUNNING'], to: 'QUEUED', interruption })
    },
    read: ({ status, wasInterrupted, interruptions }) => ({ status, wasInterrupted, interruptions }),
    expected: { status: 'QUEUED', wasInterrupted: true, interruptions: 1 },
  },
  TRAINING_STARTED: {
    happen: ({ recorder }, _, attempt) =>
      recorder.report(attempt, { type: 'started', ...started, artifacts: [fileOf(artifactNames.originals('png'), 'originals')] }),
    read: async (run, store) => ({ engine: run.engine, host: run.host, parameters: run.parameterCount, files: await filesOf(run, store) }),
    expected: { engine: 'onnx', host: 'here', parameters: 7, files: 1 },
  },
  RESUMED_EARLIER: {
    prepare: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'artifacts', artifacts: [stateOf(1), stateOf(2)] }),
    happen: ({ recorder }, _, attempt) =>
      recorder.report(attempt, { type: 'resumedEarlier', epoch: 1, unusable: [{ name: artifactNames.resume(2), message: 'It is gone' }] }),
    read: filesOf,
    expected: 1,
  },
  STAGE_COMPLETED: {
    happen: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'timed', stage: 'starting', seconds: 0.5 }),
    read: (run) => readLatest(run).startingSeconds,
    expected: 0.5,
  },
  EPOCH_COMPLETED: {
    happen: ({ recorder }, _, attempt) => recorder.report(attempt, epochWith(1, fileOf(artifactNames.checkpoint(1), 'checkpoint'))),
    read: async (run, store) => ({ epochs: run.epochsCompleted, files: await filesOf(run, store) }),
    expected: { epochs: 1, files: 1 },
  },
  STOPPED_EARLY: {
    prepare: async ({ recorder }, _, attempt) => {
      await recorder.report(attempt, epochWith(1, stateOf(1)))
      await recorder.report(attempt, epochWith(2, stateOf(2)))
    },
    happen: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'stoppedEarly', epoch: 2, bestEpoch: 1 }),
    read: async (run, store) => ({ epochs: run.epochs, files: await filesOf(run, store) }),
    expected: { epochs: 2, files: 1 },
  },
  MODELS_DROPPED: {
    prepare: async ({ recorder }, { id }, attempt) => {
      await recorder.report(attempt, epochWith(1, fileOf(artifactNames.checkpoint(1), 'checkpoint')))
      await recorder.changeStatus(id, { from: ['RUNNING'], to: 'STOPPED' })
    },
    happen: async ({ recorder, runs }, { id }) => recorder.dropModels(await runs.requireRun(id), { epochs: [1], bytes: 7e6, moved: [] }),
    read: filesOf,
    expected: 0,
  },
  VALUES_LOGGED: {
    happen: ({ recorder }, _, attempt) =>
      recorder.report(attempt, { type: 'logged', axis: 'step', points: [{ at: 1, values: { loss: 0.25 } }] }),
    read: (run) => readLatest(run).loss,
    expected: 0.25,
  },
  ARTIFACTS_ADDED: {
    happen: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'artifacts', artifacts: [fileOf('notes.txt', 'other')] }),
    read: filesOf,
    expected: 1,
  },
  PCA_BASELINE_COMPUTED: {
    happen: async ({ database, recorder }, { number }) => {
      const counts = { trainCount: 1, validationCount: 1, testCount: 1 }
      const key = { dataset: 'mnist', ...counts, selection: 'random', corruption: '{"kind":"none"}', codeSize: 2 }
      const errors = { meanSquaredError: 0.05, meanSquaredErrors: new Uint8Array() }
      const { id } = await database.write((transaction) =>
        transaction.pcaBaseline.create({ data: { ...key, ...errors, components: 2, isWhole: false } }),
      )
      await recorder.record((facts) => facts.giveBaseline(number, id))
    },
    read: ({ pcaBaselineId }) => pcaBaselineId !== null,
    expected: true,
  },
  ANALYSIS_COMPLETED: {
    happen: ({ recorder }, _, attempt) =>
      recorder.report(attempt, {
        type: 'analysed',
        ...analysed,
        artifacts: [fileOf(artifactNames.figure(1, 'codes/map', 'png'), 'figure')],
      }),
    read: async (run, store) => ({ isMeasured: run.analyzedAt !== null, files: await filesOf(run, store) }),
    expected: { isMeasured: true, files: 1 },
  },
  ANALYSIS_FAILED: {
    happen: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'analysisFailed', code: 'BROKEN', message: 'It broke.' }),
    read: ({ analysisErrorCode, analysisErrorMessage }) => [analysisErrorCode, analysisErrorMessage],
    expected: ['BROKEN', 'It broke.'],
  },
  STOP_REQUESTED: {
    happen: ({ recorder }, { id }) => recorder.requestStop(id),
    read: ({ stopRequested }) => stopRequested,
    expected: true,
  },
  RENAMED: { happen: ({ recorder }, { id }) => recorder.rename(id, 'Other'), read: ({ name }) => name, expected: 'Other' },
  EXTENDED: {
    prepare: ({ recorder }, { id }) => recorder.changeStatus(id, { from: ['RUNNING'], to: 'COMPLETED' }),
    happen: ({ recorder }, { id }) => recorder.extend(id, completeRunConfig({ training: { epochs: 50 } })),
    read: ({ epochs, status }) => ({ epochs, status }),
    expected: { epochs: 50, status: 'QUEUED' },
  },
  NOTES_CHANGED: { happen: (store, { id }) => updateRun(store, id, { notes: 'Noted' }), read: ({ notes }) => notes, expected: 'Noted' },
  LANDMARK_CHANGED: {
    happen: (store, { id }) => addLandmark(store, id, { name: 'Kept', content: { kind: 'SELECTION', rows: [0, 1] } }),
    read: async ({ number }, { database }) => (await readLandmarks(database, number)).map(({ name }) => name),
    expected: ['Kept'],
  },
  TAGS_CHANGED: {
    happen: (store, { id }) => updateRun(store, id, { tags: ['tagged'] }),
    read: async ({ number }, { database }) => (await readTags(database.read, [number])).get(number) ?? [],
    expected: ['tagged'],
  },
  STARRED: { happen: (store, { id }) => updateRun(store, id, { starred: true }), read: ({ isStarred }) => isStarred, expected: true },
  ARCHIVED: {
    happen: (store, { id }) => updateRun(store, id, { archived: true }),
    read: ({ archivedAt }) => archivedAt !== null,
    expected: true,
  },
  // A run in the trash is followed by nobody: what happened to it is told once it is back.
  TRASHED: {
    happen: trashAndRestore,
    read: ({ status, deletedAt }) => ({ status, deletedAt }),
    expected: { status: 'STOPPED', deletedAt: null },
  },
  RESTORED: {
    prepare: ({ recorder }, { id }) => recorder.record((facts) => trashRuns(facts, [id], new Date())),
    happen: ({ recorder }, { id }) => recorder.record((facts) => restoreRuns(facts, [id])),
    read: ({ deletedAt }) => deletedAt,
    expected: null,
  },
  MOVED_IN_QUEUE: {
    prepare: ({ recorder }, { id }) => recorder.changeStatus(id, { from: ['RUNNING'], to: 'QUEUED' }),
    happen: (store, { id }) => moveInQueue(store, id, { first: true }),
    read: ({ queuePlace }) => queuePlace !== null,
    expected: true,
  },
  JOINED_EXPERIMENT: {
    happen: ({ experimentRecorder }, { number }) => experimentRecorder.group({ name: 'Chosen', numbers: [number] }),
    read: ({ experimentId }) => experimentId !== null,
    expected: true,
  },
  LEFT_EXPERIMENT: {
    prepare: ({ experimentRecorder }, { number }) => experimentRecorder.group({ name: 'Chosen', numbers: [number] }),
    happen: async ({ experimentRecorder, runs }, { id, number }) => {
      const { experimentId } = await runs.requireRun(id)
      await experimentRecorder.takeOut(experimentId ?? '', [number])
    },
    read: ({ experimentId }) => experimentId,
    expected: null,
  },
  IMPORTED: {
    prepare: ({ recorder }, { id }) => recorder.changeStatus(id, { from: ['RUNNING'], to: 'STOPPED' }),
    happen: (store, { id }) => importRun(store, id),
    read: ({ number }) => number,
    expected: 2,
  },
}

function trashAndRestore({ recorder }: OpenStore, { id }: Run): Promise<unknown> {
  return recorder.record(async (facts) => {
    await trashRuns(facts, [id], new Date())
    await restoreRuns(facts, [id])
  })
}
