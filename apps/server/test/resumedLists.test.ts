import { describe, expect, it } from 'vitest'
import { newestSeq } from '../src/runs/newestSeq.js'
import { openStore } from './openStore.js'

describe('lists', () => {
  it('resume after a cursor: each run that changed since comes once, as it is now, deleted ones too', async () => {
    await using store = await openStore()
    const [kept, changed, deleted] = [await store.launch('kept'), await store.launch('changed'), await store.launch('deleted')]
    const cursor = await newestSeq(store.database.read)
    await store.recorder.rename(changed.id, 'once')
    await store.recorder.rename(changed.id, 'twice')
    await store.recorder.delete([deleted.id])
    const added = await store.launch('added')
    const gone = await store.launch('gone')
    await store.recorder.delete([gone.id])
    const changes = await take(store.feeds.followRuns(cursor), 4)
    expect(changes.map(({ change, id, row }) => [change, id, row?.name])).toEqual([
      ['UPDATED', changed.id, 'twice'],
      ['DELETED', deleted.id, undefined],
      ['CREATED', added.id, 'added'],
      ['DELETED', gone.id, undefined],
    ])
    expect(changes.map(({ id }) => id)).not.toContain(kept.id)
    const last = changes.at(-1)?.seq ?? 0
    const rest = store.feeds.followRuns(last)
    const next = rest.next()
    await store.recorder.rename(kept.id, 'renamed')
    expect((await next).value).toMatchObject({ change: 'UPDATED', id: kept.id, row: { name: 'renamed' } })
    await rest.return()
  })

  it('of hundreds of changes come in order of their newest, none missing and none twice', async () => {
    await using store = await openStore()
    const runs = []
    for (let index = 0; index < 250; index++) runs.push(await store.launch(`run ${index}`))
    for (const { id } of runs.filter((_, index) => index % 3 === 0)) await store.recorder.rename(id, 'renamed')
    const changes = await take(store.feeds.followRuns(0), 250)
    expect(new Set(changes.map(({ id }) => id)).size).toBe(250)
    const seqs = changes.map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  })

  it('of experiments resume too, for changes of their runs as well', async () => {
    await using store = await openStore()
    const create = async (name: string) => {
      const { config, trainCount, testCount } = { config: (await store.launch('template')).config, trainCount: 1, testCount: 1 }
      const run = { name, label: name, config: config as never, trainCount, validationCount: 1, testCount, selection: 'random' }
      return store.experimentRecorder.create({ name, presetId: null, quick: false, runs: [run, { ...run, label: 'other' }] })
    }
    const [first, second, third] = [await create('first'), await create('second'), await create('third')]
    const cursor = await newestSeq(store.database.read)
    const [member] = second.runs
    await store.recorder.rename(member?.id ?? '', 'renamed')
    await store.recorder.delete([third.runs[0]?.id ?? ''])
    await store.experimentRecorder.delete([first.experiment.id])
    const changes = await take(store.feeds.followExperiments(cursor), 3)
    expect(changes.map(({ change, id }) => [change, id])).toEqual([
      ['UPDATED', second.experiment.id],
      ['UPDATED', third.experiment.id],
      ['DELETED', first.experiment.id],
    ])
  })
})

async function take<Item>(items: AsyncGenerator<Item, void>, count: number): Promise<Item[]> {
  const taken: Item[] = []
  for await (const item of items) {
    taken.push(item)
    if (taken.length === count) break
  }
  return taken
}
