import { completeRunConfig } from '@hourglass/autoencoders'
import { describeRunEvent, type RunEventKind, runEventPayloads } from '@hourglass/protocol'
import { describe, expect, it } from 'vitest'
import { updateRun } from '../src/runs/changeRuns.js'
import { addLandmark } from '../src/runs/landmarks.js'
import { restoreRuns, trashRuns } from '../src/runs/markRuns.js'
import { newestSeq } from '../src/runs/newestSeq.js'
import { moveInQueue } from '../src/runs/queue/controlQueue.js'
import type { Run } from '../src/runs/RunReader.js'
import type { Attempt } from '../src/runs/RunRecorder.js'
import { readConfig } from '../src/runs/readConfig.js'
import { readLatest } from '../src/runs/readLatest.js'
import { readRunValues } from '../src/runs/runValues.js'
import { epochReport, type OpenStore, openStore } from './openStore.js'

type Occasion = (store: OpenStore, run: Run, attempt: Attempt) => Promise<unknown>

const analysed = { epoch: 1, version: 1, measured: {}, figures: [], artifacts: [] }
const started = { host: 'here', engine: 'onnx', runtime: 'node', parameterCount: 7, dataset: null, sampleLabels: [], artifacts: [] }
const file = { name: 'notes.txt', type: 'other', bytes: 1, sha256: null }

/** When each kind of event happens: a new kind needs its occasion here. */
const occasions: Readonly<Record<RunEventKind, Occasion>> = {
  STATUS_CHANGED: ({ recorder }, { id }) => recorder.changeStatus(id, { from: ['RUNNING'], to: 'STOPPED' }),
  INTERRUPTED: ({ recorder }, { id }) => {
    const interruption = { code: 'WORKER_CRASHED', message: 'It was killed.', time: 1, limit: 3 }
    return recorder.changeStatus(id, { from: ['RUNNING'], to: 'QUEUED', interruption })
  },
  TRAINING_STARTED: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'started', ...started }),
  RESUMED_EARLIER: ({ recorder }, _, attempt) =>
    recorder.report(attempt, { type: 'resumedEarlier', epoch: 1, unusable: [{ name: 'resume/0002.safetensors', message: 'It is gone' }] }),
  STAGE_COMPLETED: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'timed', stage: 'starting', seconds: 0.5 }),
  EPOCH_COMPLETED: ({ recorder }, _, attempt) => recorder.report(attempt, epochReport(1)),
  STOPPED_EARLY: async ({ recorder }, _, attempt) => {
    await recorder.report(attempt, epochReport(1))
    await recorder.report(attempt, epochReport(2))
    await recorder.report(attempt, { type: 'stoppedEarly', epoch: 2, bestEpoch: 1 })
  },
  MODELS_DROPPED: async ({ recorder }, { id }) => {
    const stopped = await recorder.changeStatus(id, { from: ['RUNNING'], to: 'STOPPED' })
    if (stopped) await recorder.dropModels(stopped, { epochs: [2, 3], bytes: 7e6, moved: [] })
  },
  VALUES_LOGGED: async ({ recorder }, _, attempt) => {
    const logging = recorder.report(attempt, { type: 'logged', axis: 'step', points: [{ at: 1, values: { loss: 1 } }] })
    await recorder.report(attempt, epochReport(1))
    await logging
  },
  ARTIFACTS_ADDED: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'artifacts', artifacts: [file] }),
  PCA_BASELINE_COMPUTED: async ({ database, recorder }, { number }) => {
    const key = {
      dataset: 'mnist',
      trainCount: 1,
      validationCount: 1,
      testCount: 1,
      selection: 'random',
      corruption: '{"kind":"none"}',
      codeSize: 2,
    }
    const { id } = await database.write((transaction) =>
      transaction.pcaBaseline.create({
        data: { ...key, components: 2, isWhole: false, meanSquaredError: 0.05, meanSquaredErrors: new Uint8Array() },
      }),
    )
    await recorder.record((facts) => facts.giveBaseline(number, id))
  },
  ANALYSIS_COMPLETED: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'analysed', ...analysed }),
  ANALYSIS_FAILED: ({ recorder }, _, attempt) => recorder.report(attempt, { type: 'analysisFailed', code: 'BROKEN', message: 'It broke.' }),
  STOP_REQUESTED: ({ recorder }, { id }) => recorder.requestStop(id),
  RENAMED: ({ recorder }, { id }) => recorder.rename(id, 'Other'),
  EXTENDED: async ({ recorder }, { id }) => {
    await recorder.changeStatus(id, { from: ['RUNNING'], to: 'COMPLETED' })
    await recorder.extend(id, completeRunConfig({ training: { epochs: 50 } }))
  },
  NOTES_CHANGED: (store, { id }) => updateRun(store, id, { notes: 'Noted' }),
  LANDMARK_CHANGED: (store, { id }) => addLandmark(store, id, { name: 'Kept', content: { kind: 'SELECTION', rows: [0, 1] } }),
  TAGS_CHANGED: (store, { id }) => updateRun(store, id, { tags: ['tagged'] }),
  STARRED: (store, { id }) => updateRun(store, id, { starred: true }),
  ARCHIVED: (store, { id }) => updateRun(store, id, { archived: true }),
  TRASHED: (store, run) => trashAndRestore(store, run),
  RESTORED: (store, run) => trashAndRestore(store, run),
  MOVED_IN_QUEUE: async (store, { id }) => {
    await store.recorder.changeStatus(id, { from: ['RUNNING'], to: 'QUEUED' })
    await moveInQueue(store, id, { first: true })
  },
  JOINED_EXPERIMENT: ({ experimentRecorder }, { number }) => experimentRecorder.group({ name: 'Chosen', numbers: [number] }),
  LEFT_EXPERIMENT: async ({ experimentRecorder }, { number }) => {
    const { id } = await experimentRecorder.group({ name: 'Chosen', numbers: [number] })
    await experimentRecorder.takeOut(id, [number])
  },
  IMPORTED: ({ recorder }, { number }) =>
    recorder.record((facts) => facts.append(number, { kind: 'IMPORTED', payload: { archivedAt: '2026-11-28T09:00:00.000Z' } })),
}

/** A run in the trash is followed by nobody: what happened to it is told once it is back. */
function trashAndRestore({ recorder }: OpenStore, { id }: Run): Promise<unknown> {
  return recorder.record(async (facts) => {
    await trashRuns(facts, [id], new Date())
    await restoreRuns(facts, [id])
  })
}

describe('the recorder', () => {
  it('makes an event of every change of a run', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start('Before')
    await store.recorder.report(attempt, {
      type: 'started',
      ...{
        host: 'here',
        engine: 'onnx',
        runtime: 'node',
        parameterCount: 7,
        dataset: { id: 'mnist', hash: 'ab'.repeat(32) },
        sampleLabels: [1, 2],
        artifacts: [],
      },
    })
    await store.recorder.rename(run.id, 'After')
    await store.recorder.report(attempt, epochReport(1, { validationLoss: 0.5 }))
    await store.recorder.requestStop(run.id)
    await store.recorder.changeStatus(run.id, { from: ['RUNNING'], to: 'STOPPED', attempt: 1 })
    const events = await store.runs.eventsAfter(run.id, { after: 0 }, 100)
    expect(events.map(({ kind }) => kind)).toEqual([
      ...['STATUS_CHANGED', 'STATUS_CHANGED', 'TRAINING_STARTED', 'RENAMED', 'EPOCH_COMPLETED', 'STOP_REQUESTED', 'STATUS_CHANGED'],
    ])
    expect(events.at(-1)?.run).toMatchObject({
      name: 'After',
      status: 'STOPPED',
      host: 'here',
      stopRequested: true,
      parameterCount: 7,
      datasetHash: 'ab'.repeat(32),
    })
    expect(events.at(-1)?.seq).toBe(events.at(-1)?.run.lastSeq)
  })

  it('makes none of what leaves a run as it is', async () => {
    await using store = await openStore()
    const { run } = await store.start('Before')
    await store.recorder.rename(run.id, 'After')
    await store.recorder.requestStop(run.id)
    const seq = await newestSeq(store.database.read)
    expect(await store.recorder.rename(run.id, 'After')).toMatchObject({ name: 'After', lastSeq: expect.any(Number) })
    expect(await store.recorder.requestStop(run.id)).toMatchObject({ stopRequested: true })
    expect(await newestSeq(store.database.read)).toBe(seq)
  })

  it.each(Object.entries(occasions))('stores %s with the payload of its kind, and delivers it', async (kind, happen) => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    await happen(store, run, attempt)
    const events = await store.runs.eventsAfter(run.id, { after: 0 }, 100)
    const told = events.filter((event) => event.kind === kind)
    expect(told).not.toHaveLength(0)
    for (const { payload } of told) runEventPayloads[kind as RunEventKind].parse(payload)
    // A line tells the kinds that the history lists, and no others.
    const lines = events.flatMap((event) => describeRunEvent(event.kind, event.payload) ?? [])
    const history = await store.runs.history(run.number, 100)
    expect(history.map(({ line }) => line)).toEqual(lines)
  })

  it('refuses reports of an attempt that is no longer current', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    await store.recorder.changeStatus(run.id, { from: ['RUNNING'], to: 'QUEUED' })
    await expect(store.recorder.report(attempt, epochReport(1))).rejects.toMatchObject({ code: 'ATTEMPT_OVER' })
    const claimed = await store.recorder.claimNext()
    expect(claimed).toMatchObject({ id: run.id, attempt: 2 })
    await expect(store.recorder.report(attempt, epochReport(1))).rejects.toMatchObject({ code: 'ATTEMPT_OVER' })
    expect(await store.recorder.changeStatus(run.id, { from: ['RUNNING'], to: 'FAILED', attempt: 1 })).toBeNull()
    expect(await store.recorder.report({ runId: run.id, number: 2 }, epochReport(1))).toMatchObject({ epochsCompleted: 1 })
  })

  it('orders a run no more by a metric that is not finite now', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    const valuesOf = async () => (await readRunValues(store.database.read, run.number, 'metric.')).map(({ name }) => name)
    await store.recorder.report(attempt, epochReport(1, { trainLoss: 0.2, validationLoss: 0.5 }))
    expect(await valuesOf()).toContain('metric.validationLoss')
    await store.recorder.report(attempt, epochReport(2, { trainLoss: 0.1, validationLoss: null }))
    expect(await valuesOf()).not.toContain('metric.validationLoss')
    expect(await valuesOf()).toEqual(expect.arrayContaining(['metric.bestValidationLoss', 'metric.trainLoss']))
    await store.recorder.report(attempt, epochReport(3, { trainLoss: 0.1, validationLoss: 0.4 }))
    expect(await valuesOf()).toContain('metric.validationLoss')
  })
})

describe('a run that stops early', () => {
  it('has the epochs that it has, of which none is left', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    for (const epoch of [1, 2, 3]) await store.recorder.report(attempt, epochReport(epoch, { validationLoss: epoch }))
    const stopped = await store.recorder.report(attempt, { type: 'stoppedEarly', epoch: 3, bestEpoch: 1 })
    expect(stopped).toMatchObject({ epochs: 3, epochsCompleted: 3 })
    expect(stopped && readLatest(stopped)).toMatchObject({ bestEpoch: 1, bestValidationLoss: 1 })
    const lines = (await store.runs.history(run.number, 100)).map(({ line }) => line)
    expect(lines.at(-1)).toBe('Stopped early after epoch 3: none since epoch 1 has done better on the validation examples')
  })

  it('is refused to stop after another epoch than its newest', async () => {
    await using store = await openStore()
    const { attempt } = await store.start()
    await store.recorder.report(attempt, epochReport(1))
    await expect(store.recorder.report(attempt, { type: 'stoppedEarly', epoch: 2, bestEpoch: 1 })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    })
  })
})

describe('a run with nothing held out', () => {
  it('has no best epoch: test examples choose none', async () => {
    await using store = await openStore()
    const config = completeRunConfig({ data: { validationCount: 0 } })
    const examples = { trainCount: 10, validationCount: 0, testCount: 10, selection: 'random' }
    const { id } = await store.recorder.launch({ name: 'Nothing held out', config, ...examples })
    await store.recorder.claimNext()
    const run = await store.recorder.report({ runId: id, number: 1 }, epochReport(1, { validationLoss: 0.5 }))
    const latest = run && readLatest(run)
    expect(latest).toMatchObject({ validationLoss: 0.5 })
    expect(latest).not.toHaveProperty('bestEpoch')
    expect(latest).not.toHaveProperty('bestValidationLoss')
  })
})

describe('a run that was trained elsewhere', () => {
  it('is stored and read like others: any configuration and metrics, no data, epochs or model that are known here', async () => {
    await using store = await openStore()
    const config = { model: { width: 512, layers: [512, 256] }, amp: true }
    const { number, id } = await store.database.write((transaction) =>
      transaction.run.create({
        data: { id: 'elsewhere234', name: 'From PyTorch', kind: 'elsewhere', config, status: 'RUNNING' },
      }),
    )
    await store.recorder.report(
      { runId: id, number: 0 },
      { type: 'logged', axis: 'step', points: [{ at: 10, values: { 'val/loss': 0.25 } }] },
    )
    await store.recorder.report({ runId: id, number: 0 }, { type: 'logged', axis: 'epoch', points: [{ at: 5, values: { accuracy: 0.5 } }] })
    const run = await store.runs.requireRun(id)
    expect(run).toMatchObject({ number, dataset: null, epochs: null, epochsCompleted: 5 })
    expect(readLatest(run)).toEqual({ 'val/loss': 0.25, accuracy: 0.5 })
    await store.recorder.changeStatus(id, { from: ['RUNNING'], to: 'COMPLETED' })
  })

  it.each([
    { what: 'is none that can be trained here', stored: {}, problem: 'a list of values' },
    { what: 'says so where it is of a newer version', stored: { configVersion: 99 }, problem: 'expected version 1 to 1, got 99' },
    { what: 'says so where it is damaged', stored: { config: [512] }, problem: 'cannot be read' },
  ])('has a configuration, which $what', ({ stored, problem }) => {
    const run = { kind: 'elsewhere', configVersion: 1, config: { model: { width: 512 } }, ...stored }
    expect(readConfig(run)).toEqual({ problem: expect.stringContaining(problem) })
  })
})
