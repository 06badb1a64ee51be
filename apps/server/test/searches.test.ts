import { completeRunConfig, planHalving } from '@hourglass/autoencoders'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { cellRule } from '../src/archives/cellRules.js'
import { advanceSearch } from '../src/experiments/advanceSearch.js'
import { SearchKeeper } from '../src/experiments/SearchKeeper.js'
import { readSearch, writeSearch } from '../src/experiments/searchFormat.js'
import { trashRuns } from '../src/runs/markRuns.js'
import { epochReport, type OpenStore, openStore } from './openStore.js'

const counts = { trainCount: 10, validationCount: 10, testCount: 10, selection: 'random' as const }
const EPOCHS = 4

/** Begins a search of so many runs: 1 epoch of all, 2 of the best half, 4 of the best of these. */
async function begin(store: OpenStore, runs = 4) {
  const rungs = [...planHalving({ runs, firstEpochs: 1, eta: 2, epochs: EPOCHS })]
  const config = completeRunConfig({ training: { epochs: 1 } })
  const { experiment } = await store.experimentRecorder.create({
    name: 'Search',
    presetId: null,
    quick: false,
    search: { eta: 2, rungs },
    runs: Array.from({ length: runs }, (_, index) => ({
      label: `run ${index}`,
      name: `run ${index}`,
      config,
      skipsAnalysis: true,
      ...counts,
    })),
  })
  return experiment.id
}

/** Trains a queued run to the end of what it is asked for, as a worker does. */
async function train(store: OpenStore, id: string, loss: number) {
  const claimed = await store.recorder.changeStatus(id, { from: ['QUEUED'], to: 'RUNNING', data: { attempt: { increment: 1 } } })
  if (!claimed) throw new Error(`${id}: expected a queued run`)
  const attempt = { runId: id, number: claimed.attempt }
  for (let epoch = claimed.epochsCompleted + 1; epoch <= (claimed.epochs ?? 0); epoch++) {
    await store.recorder.report(attempt, epochReport(epoch, { validationLoss: loss }))
  }
  await store.recorder.changeStatus(id, { from: ['RUNNING'], to: 'COMPLETED', attempt: claimed.attempt })
}

const runsOf = (store: OpenStore, id: string) => store.experiments.runsOf(id)
const idsOf = async (store: OpenStore, id: string) => (await runsOf(store, id)).map((run) => run.id)
const advance = (store: OpenStore, id: string) => store.recorder.record((facts) => advanceSearch(facts, id))
async function read(store: OpenStore, id: string) {
  const experiment = await store.experiments.requireExperiment(id)
  const search = readSearch(experiment.search)
  if (!('value' in search)) throw new Error(search.problem)
  return { status: experiment.searchStatus, lastSeq: experiment.lastSeq, ...search.value }
}

function keeperOf(store: OpenStore, onQueued: () => void = () => undefined) {
  const { database, recorder, signals } = store
  const keeper = new SearchKeeper({ database, recorder, signals, onQueued, log: pino({ enabled: false }) })
  return Object.assign(keeper, { [Symbol.asyncDispose]: () => keeper.close() })
}

describe('a search by successive halving', () => {
  it('waits for all runs of a rung, gives the best more epochs, and ends with the best of all', async () => {
    await using store = await openStore()
    const id = await begin(store)
    const [a = '', b = '', c = '', d = ''] = await idsOf(store, id)
    for (const [run, loss] of [
      [a, 0.4],
      [b, 0.1],
      [c, 0.3],
    ] as const) {
      await train(store, run, loss)
      expect(await advance(store, id)).toBe(false)
    }
    await train(store, d, 0.2)
    expect(await advance(store, id)).toBe(true)
    const [first] = (await read(store, id)).decided
    expect(first?.results).toEqual([
      { id: b, loss: 0.1, outcome: 'kept' },
      { id: d, loss: 0.2, outcome: 'kept' },
      { id: c, loss: 0.3, outcome: 'dropped' },
      { id: a, loss: 0.4, outcome: 'dropped' },
    ])
    expect((await runsOf(store, id)).map(({ status, epochs, skipsAnalysis }) => [status, epochs, skipsAnalysis])).toEqual([
      ['COMPLETED', 1, true],
      ['QUEUED', 2, true],
      ['COMPLETED', 1, true],
      ['QUEUED', 2, true],
    ])
    // Nothing is decided twice.
    expect(await advance(store, id)).toBe(false)
    await train(store, b, 0.09)
    await train(store, d, 0.05)
    await advance(store, id)
    // The last rung is measured on test data.
    expect(await store.runs.requireRun(d)).toMatchObject({ status: 'QUEUED', epochs: EPOCHS, skipsAnalysis: false })
    await train(store, d, 0.01)
    await advance(store, id)
    const ended = await read(store, id)
    expect(ended.status).toBe('COMPLETED')
    expect(ended.decided.map(({ results }) => results.map(({ outcome }) => outcome))).toEqual([
      ['kept', 'kept', 'dropped', 'dropped'],
      ['kept', 'dropped'],
      ['finished'],
    ])
  })

  it('goes on without runs that fail, are stopped or deleted, and says so', async () => {
    await using store = await openStore()
    const id = await begin(store)
    const [a = '', b = '', c = '', d = ''] = await idsOf(store, id)
    await train(store, a, Number.NaN)
    await store.recorder.changeStatus(b, { from: ['QUEUED'], to: 'FAILED', failure: { code: 'DIVERGED', message: 'It diverged.' } })
    await store.recorder.changeStatus(c, { from: ['QUEUED'], to: 'STOPPED' })
    await store.recorder.record((facts) => trashRuns(facts, [d], new Date()))
    await advance(store, id)
    const search = await read(store, id)
    expect(search.decided[0]?.results.map(({ outcome }) => outcome).toSorted()).toEqual(['deleted', 'failed', 'failed', 'stopped'])
    expect(search.status).toBe('COMPLETED')
  })

  it('is stopped and resumed with its experiment', async () => {
    await using store = await openStore()
    const id = await begin(store)
    const ids = await idsOf(store, id)
    await train(store, ids[0] ?? '', 0.1)
    const { isSearchStopped } = await store.experimentRecorder.requestStop(id)
    expect(isSearchStopped).toBe(true)
    expect(await advance(store, id)).toBe(false)
    expect((await read(store, id)).status).toBe('STOPPED')
    const { queued, isSearchResumed } = await store.experimentRecorder.resume(id)
    expect([queued.length, isSearchResumed]).toEqual([3, true])
    for (const [index, run] of ids.slice(1).entries()) await train(store, run, 0.2 + index)
    expect(await advance(store, id)).toBe(true)
    expect((await read(store, id)).decided[0]?.results.map((result) => result.id)).toEqual(ids)
  })

  it('is resumed with the runs of its rung, and not with those that it has gone on without', async () => {
    await using store = await openStore()
    const id = await begin(store)
    const [a = '', b = '', c = '', d = ''] = await idsOf(store, id)
    for (const run of [a, b]) await train(store, run, 0.1)
    await store.recorder.changeStatus(c, { from: ['QUEUED'], to: 'FAILED', failure: { code: 'DIVERGED', message: 'It diverged.' } })
    await store.recorder.changeStatus(d, { from: ['QUEUED'], to: 'STOPPED' })
    await advance(store, id)
    const later = { label: 'later', name: 'later', config: completeRunConfig({ training: { epochs: 2 } }), ...counts }
    await store.experimentRecorder.add(id, { runs: [later], client: '', limit: 10 })
    await store.experimentRecorder.requestStop(id)
    const { queued } = await store.experimentRecorder.resume(id)
    const added = (await idsOf(store, id)).at(-1)
    expect(queued.map((run) => run.id)).toEqual([a, b, added])
  })

  it('is decided as its runs end, and by a start that finds a rung undecided', async () => {
    await using store = await openStore()
    const id = await begin(store, 2)
    const ids = await idsOf(store, id)
    let wakes = 0
    const keep = () => keeperOf(store, () => wakes++)
    const keeper = keep()
    keeper.wake()
    await train(store, ids[0] ?? '', 0.2)
    await train(store, ids[1] ?? '', 0.1)
    await expect.poll(async () => (await read(store, id)).decided.length).toBe(1)
    expect(wakes).toBe(1)
    await keeper.close()
    // The server is killed between the end of the last run and the decision.
    await train(store, ids[1] ?? '', 0.1)
    expect((await read(store, id)).status).toBe('RUNNING')
    const next = keep()
    next.wake()
    await expect.poll(async () => (await read(store, id)).status).toBe('COMPLETED')
    await next.close()
  })

  it('measures runs whose search does not go on', async () => {
    await using store = await openStore()
    const id = await begin(store, 2)
    const [first = '', second = ''] = await idsOf(store, id)
    const skips = async () => store.runs.skipsAnalysis(await store.runs.requireRun(first))
    expect(await skips()).toBe(true)
    await store.experimentRecorder.requestStop(id)
    expect(await skips()).toBe(false)
    await store.experimentRecorder.resume(id)
    expect(await skips()).toBe(true)
    await store.recorder.changeStatus(first, { from: ['QUEUED'], to: 'STOPPED' })
    await store.recorder.changeStatus(second, { from: ['QUEUED'], to: 'STOPPED' })
    await advance(store, id)
    expect((await read(store, id)).status).toBe('COMPLETED')
    expect(await skips()).toBe(false)
  })

  it('is decided though another one cannot be', async () => {
    await using store = await openStore()
    const [refused, id] = [await begin(store, 2), await begin(store, 2)]
    for (const run of [...(await idsOf(store, refused)), ...(await idsOf(store, id))]) await train(store, run, 0.1)
    const record = store.recorder.record.bind(store.recorder)
    let tries = 0
    store.recorder.record = (work) => {
      if (tries++ === 0) return Promise.reject(new Error('the store refuses'))
      return record(work)
    }
    await using keeper = keeperOf(store)
    keeper.wake()
    await expect.poll(async () => (await read(store, id)).decided.length).toBe(1)
    // And that one with the next try.
    await expect.poll(async () => (await read(store, refused)).decided.length).toBe(1)
  })

  it('has no runs but those of its experiment, and no endless lists', async () => {
    await using store = await openStore()
    const id = await begin(store, 2)
    const ids = await idsOf(store, id)
    const other = await store.launch('Of nobody')
    await train(store, other.id, 0.01)
    const { search } = await store.experiments.requireExperiment(id)
    const value = readSearch(search)
    if (!('value' in value)) throw new Error(value.problem)
    const claimed = writeSearch({ ...value.value, runs: [...ids, other.id] })
    await store.database.write((transaction) => transaction.experiment.update({ where: { id }, data: { search: claimed } }))
    for (const run of ids) await train(store, run, 0.2)
    expect(await advance(store, id)).toBe(true)
    expect((await read(store, id)).decided[0]?.results.at(-1)).toEqual({ id: other.id, loss: null, outcome: 'deleted' })
    const endless = writeSearch({ ...value.value, runs: Array.from({ length: 201 }, (_, index) => `run ${index}`) })
    expect(readSearch(endless)).toEqual({ problem: expect.stringContaining('runs') })
    const rule = cellRule('Experiment', { name: 'search', type: 'JSONB' })
    expect([claimed, endless].map((cell) => rule?.holds(JSON.stringify(cell)))).toEqual([true, false])
  })

  it('changes its experiment for whoever follows it', async () => {
    await using store = await openStore()
    const id = await begin(store, 2)
    const ids = await idsOf(store, id)
    for (const run of ids) await train(store, run, 0.1)
    const before = (await read(store, id)).lastSeq
    await advance(store, id)
    expect((await read(store, id)).lastSeq).toBeGreaterThan(before)
  })
})
