import { completeRunConfig } from '@hourglass/autoencoders'
import { changesFiles, describeRunEvent, type RunEventKind, runEventPayloads } from '@hourglass/protocol'
import { describe, expect, it } from 'vitest'
import { newestSeq } from '../src/runs/newestSeq.js'
import { readConfig } from '../src/runs/readConfig.js'
import { readLatest } from '../src/runs/readLatest.js'
import { readRunValues } from '../src/runs/runValues.js'
import { eventOccasions } from './eventOccasions.js'
import { epochReport, openStore } from './openStore.js'

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

  it.each(Object.entries(eventOccasions))('changes a run with %s, and tells of it once, to each who follows', async (kind, occasion) => {
    const { prepare, happen, read, expected } = occasion
    await using store = await openStore()
    const { run, attempt } = await store.start()
    await prepare?.(store, run, attempt)
    const { number: numberBefore } = run
    const before = await store.runs.requireStored(run.id)
    expect(await read(before, store)).not.toEqual(expected)
    const filesBefore = await store.artifacts.list(before)
    const since = await newestSeq(store.database.read)
    await using ofTable = await follow(store.feeds.followRuns(since))

    await happen(store, run, attempt)
    const after = await store.runs.requireRun(run.id)
    expect(await read(after, store)).toEqual(expected)
    await using ofRun = await follow(await store.feeds.followRun(run.id, since))
    const events = () => ofRun.heard.flatMap((heard) => (heard.kind === 'stored' ? heard.event : []))
    await expect.poll(() => events().at(-1)?.seq).toBe(after.lastSeq)
    const told = events().filter((event) => event.kind === kind)
    expect(told).toHaveLength(1)
    for (const { payload, run: row } of told) {
      runEventPayloads[kind as RunEventKind].parse(payload)
      expect(await read(row, store)).toEqual(expected)
    }
    await expect.poll(() => ofTable.heard.at(-1)).toMatchObject({ id: run.id, seq: after.lastSeq, row: { number: after.number } })
    expect(await read(ofTable.heard.at(-1)?.row ?? before, store)).toEqual(expected)

    // Whoever shows the files of a run reads them again with these kinds alone; one that was imported is another.
    const areOther = after.number === numberBefore && JSON.stringify(await store.artifacts.list(after)) !== JSON.stringify(filesBefore)
    expect(changesFiles(kind as RunEventKind)).toBe(areOther)
    // A line tells the kinds that the history lists, and no others.
    const all = await store.runs.eventsAfter(run.id, { after: 0 }, 100)
    const lines = all.flatMap((event) => describeRunEvent(event.kind, event.payload) ?? [])
    expect((await store.runs.history(after.number, 100)).map(({ line }) => line)).toEqual(lines)
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

/** Hears all that is told on a stream. */
async function follow<Told>(stream: AsyncGenerator<Told, void>) {
  const heard: Told[] = []
  const reading = (async () => {
    for await (const told of stream) heard.push(told)
  })()
  return {
    heard,
    [Symbol.asyncDispose]: async () => {
      await stream.return()
      await reading
    },
  }
}
