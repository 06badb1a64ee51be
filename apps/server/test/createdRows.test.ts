import { completeRunConfig } from '@hourglass/autoencoders'
import { expect, it } from 'vitest'
import type { ChangedRow } from '../src/runs/feeds/tableFeed.js'
import { type OpenStore, openStore } from './openStore.js'

interface Told {
  readonly change: string
  readonly name: string | undefined
}

/** Collects what a follower is told until it leaves. */
function collect<Row extends { readonly name: string }>(stream: AsyncGenerator<ChangedRow<Row>, void>) {
  const told: Told[] = []
  void (async () => {
    for await (const { change, row } of stream) told.push({ change, name: row?.name })
  })()
  return { told, leave: () => stream.return() }
}

async function newestSeq({ database }: OpenStore): Promise<number> {
  return (await database.read.labEvent.findFirst({ orderBy: { seq: 'desc' } }))?.seq ?? 0
}

it('a run that was launched after a follower’s place is told as created, however often it has changed since', async () => {
  await using store = await openStore()
  const known = await store.launch('Known')
  const after = await newestSeq(store)
  const created = await store.launch('New')
  await store.recorder.rename(created.id, 'Renamed')
  await store.recorder.rename(known.id, 'Known, renamed')
  const follower = collect(store.feeds.followRuns(after))
  await expect
    .poll(() => follower.told)
    .toEqual([
      { change: 'CREATED', name: 'Renamed' },
      { change: 'UPDATED', name: 'Known, renamed' },
    ])
  await store.recorder.rename(created.id, 'Renamed again')
  await expect.poll(() => follower.told.at(-1)).toEqual({ change: 'UPDATED', name: 'Renamed again' })
  await follower.leave()
})

it('whoever follows live is told of each new run as created once, and then as updated', async () => {
  await using store = await openStore()
  const followers = Array.from({ length: 3 }, () => collect(store.feeds.followRuns(undefined)))
  // The first reading tells where the table is; what comes behind that is new.
  await expect.poll(() => store.launch('Probe').then(() => followers.every(({ told }) => told.length > 0))).toBe(true)
  const { id } = await store.launch('New')
  const of = ({ told }: { readonly told: readonly Told[] }) =>
    told.filter(({ name }) => name?.startsWith('New')).map(({ change }) => change)
  await expect.poll(() => followers.map(of)).toEqual(followers.map(() => ['CREATED']))
  await store.recorder.rename(id, 'New, renamed')
  await expect.poll(() => followers.map(of)).toEqual(followers.map(() => ['CREATED', 'UPDATED']))
  for (const follower of followers) await follower.leave()
})

it('one who is far behind is told of every run as created, also where others have read what comes next', async () => {
  await using store = await openStore()
  const live = collect(store.feeds.followRuns(0))
  const ids: string[] = []
  // One more than a page, so that what changes last comes with the second.
  for (let run = 0; run <= 100; run++) ids.push((await store.launch(`Run ${run}`)).id)
  await expect.poll(() => new Set(live.told.map(({ name }) => name)).size).toBe(101)
  await store.recorder.rename(ids[0] ?? '', 'First, renamed')
  await expect.poll(() => live.told.at(-1)?.name).toBe('First, renamed')
  const late = collect(store.feeds.followRuns(0))
  await expect.poll(() => late.told.length).toBe(101)
  expect(late.told.filter(({ change }) => change !== 'CREATED')).toEqual([])
  for (const follower of [live, late]) await follower.leave()
})

it('an experiment is told as created to those who lack it, and as updated when one of its runs changes', async () => {
  await using store = await openStore()
  const follower = collect(store.feeds.followExperiments(0))
  const run = {
    name: 'Member',
    config: completeRunConfig({}),
    trainCount: 10,
    validationCount: 10,
    testCount: 10,
    selection: 'random',
    label: 'one',
    client: '',
  }
  const { experiment, runs } = await store.experimentRecorder.create({ name: 'Sweep', presetId: null, quick: false, runs: [run] })
  const changes = ({ told }: { readonly told: readonly Told[] }) => told.map(({ change }) => change)
  await expect.poll(() => changes(follower)).toEqual(['CREATED'])
  await store.recorder.rename(runs[0]?.id ?? '', 'Member, renamed')
  await expect.poll(() => changes(follower)).toEqual(['CREATED', 'UPDATED'])
  const late = collect(store.feeds.followExperiments(0))
  await expect.poll(() => changes(late)[0]).toBe('CREATED')
  const knowing = collect(store.feeds.followExperiments(experiment.lastSeq))
  await expect.poll(() => changes(knowing)).toEqual(['UPDATED'])
  for (const each of [follower, late, knowing]) await each.leave()
})
