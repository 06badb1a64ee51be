import { runEventPayloads } from '@hourglass/protocol'
import { describe, expect, it } from 'vitest'
import { readLatest } from '../src/runs/readLatest.js'
import { readSeries } from '../src/runs/series/SeriesStore.js'
import { epochReport, openStore } from './openStore.js'

describe('logged values', () => {
  it('stores logged values of any names, at most ten events a second, and before anything that is reported after them', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    const started = performance.now()
    const logging: Promise<unknown>[] = []
    for (let step = 1; step <= 400; step++) {
      const report = {
        type: 'logged' as const,
        axis: 'step' as const,
        points: [{ at: step, values: { 'grad norm': step, 'loss/train': 1 / step } }],
      }
      logging.push(store.recorder.report(attempt, report))
      if (step % 20 === 0) await new Promise((later) => setTimeout(later, 10))
    }
    await store.recorder.report(attempt, epochReport(1, { validationLoss: 1 }))
    const events = await store.runs.eventsAfter(run.id, { after: run.lastSeq }, 1000)
    await Promise.all(logging)
    const logged = events.filter(({ kind }) => kind === 'VALUES_LOGGED')
    expect(events.at(-1)?.kind).toBe('EPOCH_COMPLETED')
    expect(logged.at(-1)?.payload).toMatchObject({ axis: 'step', last: 400 })
    expect(logged.length).toBeLessThanOrEqual(2 + (performance.now() - started) / 100)
    const last = events.at(-1)
    expect(last && readLatest(last.run)).toMatchObject({ 'grad norm': 400, 'loss/train': 1 / 400 })
  })

  it('stores ten events of logged values a second at most also where each is followed by an epoch, and all values before what was reported after them', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    const started = performance.now()
    const logging: Promise<unknown>[] = []
    for (let epoch = 1; epoch <= 40; epoch++) {
      for (const axis of ['step', 'epoch'] as const) {
        logging.push(store.recorder.report(attempt, { type: 'logged', axis, points: [{ at: epoch, values: { [axis]: epoch } }] }))
      }
      const stored = await store.recorder.report(attempt, epochReport(epoch, { validationLoss: 1 }))
      expect(stored && readLatest(stored)).toMatchObject({ step: epoch, epoch })
    }
    await Promise.all(logging)
    const events = await store.runs.eventsAfter(run.id, { after: run.lastSeq }, 1000)
    const logged = events.flatMap(({ kind, payload }) => (kind === 'VALUES_LOGGED' ? [runEventPayloads.VALUES_LOGGED.parse(payload)] : []))
    expect(logged.length).toBeLessThanOrEqual(2 + (performance.now() - started) / 100)
    expect(events.filter(({ kind }) => kind === 'EPOCH_COMPLETED')).toHaveLength(40)
    expect(events.at(-1)).toMatchObject({ kind: 'EPOCH_COMPLETED', payload: { epoch: 40 } })
    for (const axis of ['step', 'epoch'] as const) {
      // Between them, its events tell of every value once.
      const told = logged.filter((payload) => payload.axis === axis).flatMap(({ first, last }) => numbersFrom(first, last))
      expect(told).toEqual(numbersFrom(1, 40))
      const [points = []] = await readSeries(store.database.read, [{ runNumber: run.number, axis }])
      expect(points.map((point) => [point.at, point.values[axis]])).toEqual(numbersFrom(1, 40).map((at) => [at, at]))
    }
  })

  it('tells who follows of every logged value, also where an event has taken the place of the one before', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    const log = async (at: number) =>
      store.recorder.report(attempt, { type: 'logged', axis: 'step', points: [{ at, values: { loss: at } }] })
    await log(1)
    const [seen] = await store.runs.eventsAfter(run.id, { after: run.lastSeq }, 10)
    await log(2)
    await log(3)
    expect(await store.runs.eventsAfter(run.id, { after: seen?.seq ?? 0 }, 10)).toMatchObject([{ payload: { first: 1, last: 3 } }])
    expect(await store.runs.eventsAfter(run.id, { after: run.lastSeq }, 10)).toMatchObject([{ payload: { first: 1, last: 3 } }])
  })

  it('takes values that are logged by epoch for values of the epoch that is trained, which completes with its report alone', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    const log = (...places: number[]) =>
      store.recorder.report(attempt, { type: 'logged', axis: 'epoch', points: places.map((at) => ({ at, values: { rate: at / 10 } })) })
    await log(1)
    const logged = await store.runs.requireRun(run.id)
    expect(logged.epochsCompleted).toBe(0)
    expect(readLatest(logged)).toMatchObject({ rate: 0.1 })
    await store.recorder.report(attempt, epochReport(1, { validationLoss: 0.5 }))
    await log(1, 2)
    expect(await store.recorder.report(attempt, epochReport(2, { validationLoss: 0.4 }))).toMatchObject({ epochsCompleted: 2 })
    await expect(log(7)).rejects.toMatchObject({ code: 'VALUES_OUT_OF_ORDER', message: expect.stringContaining('of epoch 2 or 3') })
    await expect(log(1)).rejects.toMatchObject({ code: 'VALUES_OUT_OF_ORDER' })
    const events = await store.runs.eventsAfter(run.id, { after: run.lastSeq }, 100)
    expect(events.flatMap(({ kind, point }) => (kind === 'EPOCH_COMPLETED' ? [point] : []))).toEqual([
      { at: 1, values: { rate: 0.1, validationLoss: 0.5 } },
      { at: 2, values: { rate: 0.2, validationLoss: 0.4 } },
    ])
  })

  it('refuses values of a step before the last one with a code', async () => {
    await using store = await openStore()
    const { attempt } = await store.start()
    const log = (at: number) => store.recorder.report(attempt, { type: 'logged', axis: 'step', points: [{ at, values: { loss: at } }] })
    await log(5)
    await expect(log(4)).rejects.toMatchObject({ code: 'VALUES_OUT_OF_ORDER', message: expect.stringContaining('from 5 on, got 4') })
  })

  it('keeps what the next attempt logs apart from what the one before it left waiting', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    const log = (number: number, at: number) =>
      store.recorder.report({ runId: run.id, number }, { type: 'logged', axis: 'step', points: [{ at, values: { loss: at } }] })
    await log(attempt.number, 1)
    const left = log(attempt.number, 2)
    await store.recorder.changeStatus(run.id, { from: ['RUNNING'], to: 'QUEUED' })
    const refused = expect(left).rejects.toMatchObject({ code: 'ATTEMPT_OVER' })
    await store.recorder.claimNext()
    const next = [log(2, 2), log(2, 3)]
    // What was logged in this attempt is stored before its epoch.
    await store.recorder.report({ runId: run.id, number: 2 }, epochReport(1))
    const [points = []] = await readSeries(store.database.read, [{ runNumber: run.number, axis: 'step' }])
    expect(points.map(({ at }) => at)).toEqual([1, 2, 3])
    await Promise.all([refused, ...next])
  })

  it('tells whoever logs where the values cannot be stored', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    await store.recorder.changeStatus(run.id, { from: ['RUNNING'], to: 'STOPPED' })
    const points = [{ at: 1, values: { loss: 1 } }]
    await expect(store.recorder.report(attempt, { type: 'logged', axis: 'step', points })).rejects.toMatchObject({ code: 'ATTEMPT_OVER' })
  })
})

const numbersFrom = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
