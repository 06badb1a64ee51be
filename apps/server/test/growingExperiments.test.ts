import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { completeRunConfig } from '@hourglass/autoencoders'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { fitLabel } from '../src/experiments/fitLabel.js'
import { runsOfLaunch } from '../src/experiments/runsOfLaunch.js'
import { restoreRuns, trashRuns } from '../src/runs/markRuns.js'
import { nextInTurn } from '../src/runs/nextInTurn.js'
import { readQueue } from '../src/runs/queue/readQueue.js'
import { copySelection } from '../src/upkeep/copySelection.js'
import { type OpenStore, openStore } from './openStore.js'

const counts = { trainCount: 10, validationCount: 10, testCount: 10, selection: 'random' as const }
const sized = (latentDimension: number, seed = 1) =>
  completeRunConfig({ architecture: { kind: 'dense', latentDimension }, training: { seed } })
const newRun = (latentDimension: number, seed = 1) => ({
  label: `z = ${latentDimension}, seed ${seed}`,
  name: `z = ${latentDimension}`,
  config: sized(latentDimension, seed),
  ...counts,
})
const create = (store: OpenStore, sizes: readonly number[]) =>
  store.experimentRecorder.create({ name: 'Sizes', presetId: null, quick: false, runs: sizes.map((size) => newRun(size)) })
const added = (...runs: ReturnType<typeof newRun>[]) => ({ runs, client: '', limit: 10 })

function openReadOnly(path: string) {
  const database = new SqliteDatabase(path, { readonly: true })
  return { database, [Symbol.dispose]: () => void database.close() }
}

describe('an experiment that is added to', () => {
  it('has the runs behind its own, and remembers from where on they were added', async () => {
    await using store = await openStore()
    const { experiment } = await create(store, [8, 4])
    expect(experiment.addedFrom).toBeNull()
    await store.experimentRecorder.add(experiment.id, added(newRun(2)))
    const twice = await store.experimentRecorder.add(experiment.id, added(newRun(1), newRun(16)))
    expect(twice).toMatchObject({ addedFrom: 2, lastSeq: expect.any(Number) })
    expect(twice.lastSeq).toBeGreaterThan(experiment.lastSeq)
    const runs = await store.experiments.runsOf(experiment.id)
    expect(runs.map(({ label, place }) => [label, place])).toEqual([
      ['z = 8, seed 1', 0],
      ['z = 4, seed 1', 1],
      ['z = 2, seed 1', 2],
      ['z = 1, seed 1', 3],
      ['z = 16, seed 1', 4],
    ])
  })

  it('is told of to whoever follows experiments', async () => {
    await using store = await openStore()
    const { experiment } = await create(store, [8])
    const changes = store.feeds.followExperiments(experiment.lastSeq)
    await store.experimentRecorder.add(experiment.id, added(newRun(2)))
    for await (const { id, change } of changes) {
      expect([id, change]).toEqual([experiment.id, 'UPDATED'])
      break
    }
  })

  it('takes no label twice, no more runs than it may have, and nothing where one is refused', async () => {
    await using store = await openStore()
    const { experiment } = await create(store, [8])
    const add = (runs: ReturnType<typeof newRun>[], limit = 10) =>
      store.experimentRecorder.add(experiment.id, { runs, client: 'somebody', limit })
    await expect(add([newRun(2), newRun(8)])).rejects.toThrow(
      'runs.1.label: expected one that no run of the experiment has, got "z = 8, seed 1" again.',
    )
    await expect(add(Array.from({ length: 200 }, (_, index) => newRun(index + 10)))).rejects.toThrow(
      'expected at most 200 runs of one experiment, got 201: 1 that it has, and 200 more.',
    )
    await expect(add([newRun(2), newRun(3)], 1)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    await expect(store.experimentRecorder.add('aaaaaaaaaaaa', added(newRun(2)))).rejects.toMatchObject({ code: 'EXPERIMENT_NOT_FOUND' })
    expect(await store.experiments.runsOf(experiment.id)).toHaveLength(1)
  })

  it('leaves the places of runs in the trash to them', async () => {
    await using store = await openStore()
    const { experiment, runs } = await create(store, [8, 4])
    const last = runs.at(-1)?.id ?? ''
    await store.recorder.record((facts) => trashRuns(facts, [last], new Date()))
    await store.experimentRecorder.add(experiment.id, added(newRun(2)))
    await store.recorder.record((facts) => restoreRuns(facts, [last]))
    expect((await store.experiments.runsOf(experiment.id)).map(({ label }) => label)).toEqual([
      'z = 8, seed 1',
      'z = 4, seed 1',
      'z = 2, seed 1',
    ])
  })

  it('is resumed without its runs in the trash, which no worker is given', async () => {
    await using store = await openStore()
    const { experiment, runs } = await create(store, [8, 4])
    const [kept, trashed] = runs.map(({ id }) => id)
    await store.experimentRecorder.requestStop(experiment.id)
    await store.recorder.record((facts) => trashRuns(facts, [trashed ?? ''], new Date()))
    const { queued } = await store.experimentRecorder.resume(experiment.id)
    expect(queued.map(({ id }) => id)).toEqual([kept])
    // A version before this one queued it.
    for (const data of [{}, { queuePlace: 1 }, { wasInterrupted: true }]) {
      await store.database.write((transaction) =>
        transaction.run.update({ where: { id: trashed ?? '' }, data: { status: 'QUEUED', ...data } }),
      )
      expect((await store.recorder.record((facts) => nextInTurn(facts.transaction)))?.id).toBe(kept)
      expect((await readQueue(store.database.read)).map(({ id }) => id)).toEqual([kept])
    }
  })

  it('is judged by what it was launched with, and by other seeds of that', async () => {
    await using store = await openStore()
    const { experiment } = await create(store, [8, 4])
    await store.experimentRecorder.add(experiment.id, added(newRun(2), newRun(4, 2)))
    const runs = await store.experiments.runsOf(experiment.id)
    const judged = runsOfLaunch(runs, 2)
    expect(judged.map(({ label }) => label)).toEqual(['z = 8, seed 1', 'z = 4, seed 1', 'z = 4, seed 2'])
    expect(runsOfLaunch(runs, null)).toBe(runs)
  })
})

describe('runs that are taken out of an experiment', () => {
  it('are runs of their own from then on, and both histories say so', async () => {
    await using store = await openStore()
    const { experiment, runs } = await create(store, [8, 4])
    const [first, second] = runs
    if (!first || !second) throw new Error('Expected two runs.')
    const changes = store.feeds.followExperiments(experiment.lastSeq)
    const left = await store.experimentRecorder.takeOut(experiment.id, [first.number])
    expect(left.lastSeq).toBeGreaterThan(experiment.lastSeq)
    for await (const { id, change } of changes) {
      expect([id, change]).toEqual([experiment.id, 'UPDATED'])
      break
    }
    expect((await store.experiments.runsOf(experiment.id)).map(({ id }) => id)).toEqual([second.id])
    const alone = await store.runs.requireRun(first.id)
    expect(alone).toMatchObject({ experimentId: null, place: null, label: null, status: 'QUEUED', name: first.name })
    const events = await store.runs.eventsAfter(first.id, { after: 0 }, 100)
    expect(events.map(({ kind, payload }) => [kind, payload]).at(-1)).toEqual(['LEFT_EXPERIMENT', { name: 'Sizes' }])
    expect(await store.database.read.runText.count({ where: { runNumber: first.number, kind: 'LABEL' } })).toBe(0)
    // Free again, it can be in another; the last run may go too.
    await store.experimentRecorder.group({ name: 'Other', numbers: [first.number] })
    await store.experimentRecorder.takeOut(experiment.id, [second.number])
    expect(await store.experiments.runsOf(experiment.id)).toEqual([])
    await store.experimentRecorder.requestStop(experiment.id)
    expect((await store.runs.requireRun(second.id)).status).toBe('QUEUED')
  })

  it('are refused by name where they are of no such experiment, in the trash, or compared by its search, and nothing is changed', async () => {
    await using store = await openStore()
    const { experiment, runs } = await create(store, [8, 4])
    const free = await store.launch('Free')
    const takeOut = (id: string, ...numbers: readonly number[]) => store.experimentRecorder.takeOut(id, numbers)
    await expect(takeOut('nowhere', free.number)).rejects.toMatchObject({ code: 'EXPERIMENT_NOT_FOUND' })
    const refused = takeOut(experiment.id, ...runs.map(({ number }) => number), free.number)
    await expect(refused).rejects.toMatchObject({ code: 'RUN_NOT_IN_EXPERIMENT', details: { ids: [free.id] } })
    await expect(refused).rejects.toThrow(`got #${free.number} "Free", which is a run of its own.`)
    await store.recorder.record((facts) => trashRuns(facts, [runs[1]?.id ?? ''], new Date()))
    await expect(takeOut(experiment.id, ...runs.map(({ number }) => number))).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
    expect((await store.experiments.runsOf(experiment.id)).map(({ id }) => id)).toEqual([runs[0]?.id])

    const rungs = [
      { epochs: 1, runs: 2 },
      { epochs: 2, runs: 1 },
    ]
    const launched = { name: 'Searched', presetId: null, quick: false, runs: [newRun(8), newRun(4)], search: { eta: 2, rungs } }
    const searched = await store.experimentRecorder.create(launched)
    await store.experimentRecorder.add(searched.experiment.id, added(newRun(2)))
    const [compared, , beside] = await store.experiments.runsOf(searched.experiment.id)
    await expect(takeOut(searched.experiment.id, compared?.number ?? 0)).rejects.toMatchObject({
      code: 'RUN_IN_SEARCH',
      details: { ids: [compared?.id] },
    })
    await takeOut(searched.experiment.id, beside?.number ?? 0)
    expect(await store.experiments.runsOf(searched.experiment.id)).toHaveLength(2)
  })

  it('leave the lab by themselves without the name of the experiment that they left', async () => {
    await using store = await openStore()
    const run = await store.launch('Alone')
    const { id } = await store.experimentRecorder.group({ name: 'Secret plan', numbers: [run.number] })
    await store.experimentRecorder.takeOut(id, [run.number])
    const path = join(store.folder.runsFolder, 'copied.db')
    using source = openReadOnly(store.folder.databasePath)
    copySelection(source.database, path, { kind: 'run', id: run.id })
    expect((await readFile(path)).includes('Secret plan')).toBe(false)
  })
})

describe('runs that are saved as an experiment', () => {
  it('belong to it, labelled with their names, and say so in their histories', async () => {
    await using store = await openStore()
    const [first, second, third] = [await store.launch('Wide'), await store.launch('Twice'), await store.launch('Twice')]
    const experiment = await store.experimentRecorder.group({ name: 'Chosen', numbers: [third.number, first.number, second.number] })
    expect(experiment).toMatchObject({ name: 'Chosen', presetId: null, addedFrom: null })
    const runs = await store.experiments.runsOf(experiment.id)
    expect(runs.map(({ name, label }) => [name, label])).toEqual([
      ['Twice', `#${third.number} Twice`],
      ['Wide', 'Wide'],
      ['Twice', `#${second.number} Twice`],
    ])
    const events = await store.runs.eventsAfter(first.id, { after: 0 }, 100)
    expect(events.map(({ kind, payload }) => [kind, payload]).at(-1)).toEqual(['JOINED_EXPERIMENT', { name: 'Chosen' }])
    expect(experiment.firstSeq).toBeLessThan(runs[0]?.lastSeq ?? 0)
    const texts = await store.database.read.runText.findMany({ where: { runNumber: first.number, kind: 'LABEL' } })
    expect(texts).toHaveLength(1)
  })

  it('leave it by themselves without its name', async () => {
    await using store = await openStore()
    const run = await store.launch('Alone')
    await store.experimentRecorder.group({ name: 'Secret plan', numbers: [run.number] })
    const events = await store.database.read.labEvent.findMany({ where: { runNumber: run.number }, orderBy: { seq: 'asc' } })
    const path = join(store.folder.runsFolder, 'copied.db')
    using source = openReadOnly(store.folder.databasePath)
    copySelection(source.database, path, { kind: 'run', id: run.id })
    using copied = openReadOnly(path)
    const kept = copied.database
      .prepare<[], { seq: number; kind: string; payload: string }>('SELECT seq, kind, payload FROM LabEvent')
      .all()
    expect(kept.map(({ seq, kind }) => [seq, kind])).toEqual(events.map(({ seq, kind }) => [seq, kind]))
    expect(kept.find(({ kind }) => kind === 'JOINED_EXPERIMENT')?.payload).toBe('{"name":"another experiment"}')
    expect((await readFile(path)).includes('Secret plan')).toBe(false)
  })

  it('have labels that no character is cut in half for, by their names or by more seeds', async () => {
    await using store = await openStore()
    const { number } = await store.launch(`${'x'.repeat(58)}🦉 and more`)
    const { id } = await store.experimentRecorder.group({ name: 'Birds', numbers: [number] })
    expect((await store.experiments.runsOf(id)).map(({ label }) => label)).toEqual([`#${number} ${'x'.repeat(58)}…`])
    const long = `${'x'.repeat(35)}🦉${'y'.repeat(35)}, z = 32, seed 2`
    expect(fitLabel(long, 80)).toBe(`${'x'.repeat(35)}…${'y'.repeat(27)}, z = 32, seed 2`)
    expect(fitLabel('z = 32, seed 2', 80)).toBe('z = 32, seed 2')
  })

  it('are in no other: those of one are refused by name, and nothing is changed', async () => {
    await using store = await openStore()
    const { runs } = await create(store, [8, 4])
    const free = await store.launch('Free')
    const numbers = [free.number, ...runs.map(({ number }) => number)]
    const refused = store.experimentRecorder.group({ name: 'All', numbers })
    await expect(refused).rejects.toMatchObject({ code: 'RUN_IN_EXPERIMENT', details: { ids: runs.map(({ id }) => id) } })
    await expect(refused).rejects.toThrow('got #1 "z = 8", #2 "z = 4", which belong to others, the first to "Sizes".')
    expect((await store.runs.requireRun(free.id)).experimentId).toBeNull()
    expect(await store.database.read.experiment.count()).toBe(1)
    await expect(store.experimentRecorder.group({ name: 'None', numbers: [] })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    await store.recorder.record((facts) => trashRuns(facts, [free.id], new Date()))
    await expect(store.experimentRecorder.group({ name: 'Gone', numbers: [free.number] })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })
})
