import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { changeRuns, updateRun } from '../src/runs/changeRuns.js'
import { restoreRuns, trashRuns } from '../src/runs/markRuns.js'
import { newestSeq } from '../src/runs/newestSeq.js'
import { readTags } from '../src/runs/RunTexts.js'
import { selectRuns } from '../src/runs/selectRuns.js'
import { TrashKeeper } from '../src/storage/TrashKeeper.js'
import { type OpenStore, openStore } from './openStore.js'

const eventsOf = async (store: OpenStore, id: string) =>
  (await store.runs.eventsAfter(id, { after: 0 }, 100)).map(({ kind, payload }) => [kind, payload])
const tagsOf = async (store: OpenStore, number: number) => (await readTags(store.database.read, [number])).get(number)

describe('what is said of runs', () => {
  it('is one event each, delivered with the row as it is then', async () => {
    await using store = await openStore()
    const { id, number } = await store.launch('First')
    const run = await updateRun(store, id, {
      name: 'Renamed',
      notes: ' # Why\r\nIt *works*. ',
      tags: ['b', 'Ä', 'ä', ' two  words '],
      starred: true,
      archived: true,
    })
    expect(run).toMatchObject({ name: 'Renamed', notes: '# Why\nIt *works*.', isStarred: true })
    expect(run.archivedAt).toBeInstanceOf(Date)
    expect(await tagsOf(store, number)).toEqual(['Ä', 'b', 'two words'])
    expect(await eventsOf(store, id)).toEqual([
      ['STATUS_CHANGED', { status: 'QUEUED', error: null }],
      ['RENAMED', { name: 'Renamed' }],
      ['NOTES_CHANGED', {}],
      ['TAGS_CHANGED', { added: ['b', 'Ä', 'two words'], removed: [] }],
      ['STARRED', { isStarred: true }],
      ['ARCHIVED', { isArchived: true }],
    ])
    const seq = run.lastSeq
    expect(
      await updateRun(store, id, { notes: '# Why\nIt *works*.', tags: ['two words', 'b', 'Ä'], starred: true, archived: true }),
    ).toMatchObject({ lastSeq: seq })
    await updateRun(store, id, { tags: ['B'], archived: false, starred: null })
    expect(await tagsOf(store, number)).toEqual(['B'])
    expect((await eventsOf(store, id)).slice(-2)).toEqual([
      ['TAGS_CHANGED', { added: ['B'], removed: ['b', 'two words', 'Ä'] }],
      ['ARCHIVED', { isArchived: false }],
    ])
  })

  it('is refused where it cannot be shown, and changes nothing then', async () => {
    await using store = await openStore()
    const { id, lastSeq } = await store.launch()
    const many = Array.from({ length: 51 }, (_, index) => `tag ${index}`)
    const refused = [
      { notes: 'a\0' },
      { notes: 'x'.repeat(20_001) },
      { tags: [''] },
      { tags: ['x'.repeat(61)] },
      { tags: ['a\nb\u0007'] },
      { tags: many },
      { name: '' },
    ]
    for (const update of refused) {
      await expect(updateRun(store, id, { starred: true, ...update }), JSON.stringify(update)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      })
    }
    expect(await store.runs.requireRun(id)).toMatchObject({ lastSeq, isStarred: false })
    await expect(updateRun(store, 'nobody', { starred: true })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  it('keeps notes that somebody else wrote from being replaced unseen', async () => {
    await using store = await openStore()
    const { id } = await store.launch()
    await updateRun(store, id, { notes: 'mine', notesBefore: '' })
    const late = updateRun(store, id, { notes: 'theirs', notesBefore: '', starred: true })
    await expect(late).rejects.toMatchObject({ code: 'NOTES_CHANGED' })
    expect(await store.runs.requireRun(id)).toMatchObject({ notes: 'mine', isStarred: false })
    expect(await updateRun(store, id, { notes: 'mine', notesBefore: '' })).toMatchObject({ notes: 'mine' })
    expect(await updateRun(store, id, { notes: 'both', notesBefore: 'mine' })).toMatchObject({ notes: 'both' })
    expect(await updateRun(store, id, { notes: 'another' })).toMatchObject({ notes: 'another' })
    await expect(updateRun(store, id, { notesBefore: 'another' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  it('changes many runs at once, and tells of those that it changed', async () => {
    await using store = await openStore()
    const runs = []
    for (let index = 0; index < 5; index++) runs.push(await store.launch(`Run ${index}`))
    const [first, second] = runs
    if (!first || !second) throw new Error('expected runs')
    await changeRuns(store, [first], { addTags: ['Lecture'], starred: true })
    const heard: string[] = []
    store.signals.onTable((runId) => heard.push(runId))
    const { ids } = await changeRuns(store, runs, { addTags: ['lecture', 'new'], removeTags: ['nothing'], starred: true })
    expect(new Set(ids)).toEqual(new Set(runs.map(({ id }) => id)))
    expect(new Set(heard)).toEqual(new Set(ids))
    expect(await tagsOf(store, first.number)).toEqual(['Lecture', 'new'])
    expect(await tagsOf(store, second.number)).toEqual(['lecture', 'new'])
    expect((await eventsOf(store, first.id)).at(-1)).toEqual(['TAGS_CHANGED', { added: ['new'], removed: [] }])
    expect((await eventsOf(store, second.id)).slice(-2)).toEqual([
      ['STARRED', { isStarred: true }],
      ['TAGS_CHANGED', { added: ['lecture', 'new'], removed: [] }],
    ])
    const seqs = (await store.database.read.run.findMany({ select: { lastSeq: true } })).map(({ lastSeq }) => lastSeq)
    expect(new Set(seqs).size).toBe(5)
    expect(Math.max(...seqs)).toBe(await newestSeq(store.database.read))
    expect((await changeRuns(store, runs, { addTags: ['LECTURE'] })).ids).toEqual([])
    await expect(changeRuns(store, runs, {})).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  it('changes all that match as they were seen, without those that came since', async () => {
    await using store = await openStore()
    for (let index = 0; index < 3; index++) await store.launch(`Run ${index}`)
    const seen = { filter: { text: 'run' }, count: 3, lastSeq: await newestSeq(store.database.read) }
    await store.launch('Run that came later')
    expect(await selectRuns(store.database.read, { matching: seen })).toHaveLength(3)
    await expect(selectRuns(store.database.read, { matching: { ...seen, count: 4 } })).rejects.toMatchObject({
      code: 'SELECTION_CHANGED',
      details: { count: 3 },
    })
    const [left] = await selectRuns(store.database.read, { matching: seen })
    const others = { filter: { text: 'run', except: [left?.id ?? '', 'one that is gone'] }, count: 2, lastSeq: seen.lastSeq }
    const meant = await selectRuns(store.database.read, { matching: others })
    expect([meant.length, meant.some(({ id }) => id === left?.id)]).toEqual([2, false])
    const tooMany = { ...others, filter: { except: Array.from({ length: 1_001 }, (_, index) => `${index}`) } }
    await expect(selectRuns(store.database.read, { matching: tooMany })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    for (let index = 0; index < 40; index++) await store.launch(`Many ${index}`)
    const many = { filter: { text: 'many' }, count: 41, lastSeq: await newestSeq(store.database.read) }
    expect(await selectRuns(store.database.read, { matching: many })).toHaveLength(40)
    await expect(selectRuns(store.database.read, { matching: { ...many, count: 43 } })).rejects.toMatchObject({ code: 'SELECTION_CHANGED' })
    await expect(selectRuns(store.database.read, { ids: ['nobody'] })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })
})

describe('the trash', () => {
  it('takes runs out of every list, stops what trains, and gives them back as they were', async () => {
    await using store = await openStore()
    const { run: running } = await store.start('Running')
    const queued = await store.launch('Queued')
    const kept = await store.launch('Kept')
    const ids = [running.id, queued.id]
    const trash = () => store.recorder.record((facts) => trashRuns(facts, ids, new Date('2026-11-28T20:00:00.000Z')))
    await trash()
    await trash()
    for (const id of ids) {
      await expect(store.runs.requireRun(id)).rejects.toMatchObject({
        code: 'RUN_NOT_FOUND',
        message: expect.stringContaining('in the trash'),
      })
      expect(await store.runs.requireStored(id)).toMatchObject({ status: 'STOPPED', deletedAt: new Date('2026-11-28T20:00:00.000Z') })
    }
    expect((await store.recorder.claimNext())?.id).toBe(kept.id)
    expect(await store.recorder.claimNext()).toBeNull()
    expect(await store.recorder.record((facts) => restoreRuns(facts, [...ids, kept.id]))).toEqual(ids)
    expect((await eventsOf(store, queued.id)).map(([kind]) => kind)).toEqual(['STATUS_CHANGED', 'STATUS_CHANGED', 'TRASHED', 'RESTORED'])
    expect(await store.runs.requireRun(queued.id)).toMatchObject({ status: 'STOPPED', deletedAt: null })
  })

  it('tells those who follow the table that runs went, and that they came back', async () => {
    await using store = await openStore()
    const { id } = await store.launch('One')
    const changes = store.feeds.followRuns(await newestSeq(store.database.read))
    const next = async () => {
      const { value } = await changes.next()
      return value ? [value.change, value.id, value.row?.name ?? null] : []
    }
    await store.recorder.record((facts) => trashRuns(facts, [id], new Date()))
    expect(await next()).toEqual(['DELETED', id, null])
    await store.recorder.record((facts) => restoreRuns(facts, [id]))
    expect(await next()).toEqual(['CREATED', id, 'One'])
    await changes.return(undefined)
  })

  it('takes an experiment whole, and gives back the runs that went with it', async () => {
    await using store = await openStore()
    const { config } = await store.launch('template')
    const member = (label: string) => ({
      name: label,
      label,
      config: config as never,
      trainCount: 1,
      validationCount: 1,
      testCount: 1,
      selection: 'random' as const,
    })
    const { experiment, runs } = await store.experimentRecorder.create({
      name: 'Sweep',
      presetId: null,
      quick: false,
      runs: ['a', 'b', 'c'].map(member),
    })
    const [a, b, c] = runs.map(({ id }) => id)
    if (!a || !b || !c) throw new Error('expected runs')
    await store.recorder.record((facts) => trashRuns(facts, [a], new Date('2026-11-27T00:00:00.000Z')))
    expect((await store.experiments.runsOf(experiment.id)).map(({ id }) => id)).toEqual([b, c])
    await store.experimentRecorder.trash([experiment.id], new Date())
    await expect(store.experiments.requireExperiment(experiment.id)).rejects.toMatchObject({ code: 'EXPERIMENT_NOT_FOUND' })
    expect(await store.runs.find(b)).toBeNull()
    await store.experimentRecorder.restore([experiment.id])
    expect((await store.experiments.runsOf(experiment.id)).map(({ id }) => id)).toEqual([b, c])
    await store.experimentRecorder.trash([experiment.id], new Date())
    await store.recorder.record((facts) => restoreRuns(facts, [a]))
    expect(await store.experiments.requireExperiment(experiment.id)).toMatchObject({ deletedAt: null })
    expect((await store.experiments.runsOf(experiment.id)).map(({ id }) => id)).toEqual([a])
  })

  it('is emptied of what has lain there for its time, experiments whole, and of nothing else', async () => {
    await using store = await openStore()
    const old = new Date(Date.now() - 8 * 86_400_000)
    const alone = await store.launch('Old')
    const fresh = await store.launch('Fresh')
    const member = {
      name: 'a',
      label: 'a',
      config: alone.config as never,
      trainCount: 1,
      validationCount: 1,
      testCount: 1,
      selection: 'random' as const,
    }
    const { experiment } = await store.experimentRecorder.create({ name: 'Sweep', presetId: null, quick: false, runs: [member] })
    await store.recorder.record((facts) => trashRuns(facts, [alone.id], old))
    await store.recorder.record((facts) => trashRuns(facts, [fresh.id], new Date()))
    await store.experimentRecorder.trash([experiment.id], old)
    const purged: unknown[] = []
    const keeper = new TrashKeeper({
      read: store.database.read,
      days: 7,
      purge: async (due) => {
        purged.push(due)
      },
      log: pino({ enabled: false }),
    })
    keeper.wake()
    await keeper.close()
    expect(purged).toEqual([{ experiments: [experiment.id], runs: [{ id: alone.id, number: alone.number }], reports: [] }])
    expect(keeper.dueAt(old).getTime() - old.getTime()).toBe(7 * 86_400_000)
  })
})
