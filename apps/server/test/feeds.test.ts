import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Feeds } from '../src/runs/feeds/Feeds.js'
import { runFeed } from '../src/runs/feeds/runFeed.js'
import type { ChangedRow } from '../src/runs/feeds/tableFeed.js'
import { type Run, RunReader } from '../src/runs/RunReader.js'
import { type OpenStore, openStore } from './openStore.js'

/** Lets whatever is due happen. */
const turn = (times = 1) => new Promise<void>((resolve) => (times === 0 ? resolve() : setImmediate(() => resolve(turn(times - 1)))))

/** Reads a stream, after every item waiting so many turns. */
function read<Item>(stream: AsyncGenerator<Item, void>, slowness: number, apply: (item: Item) => void = () => undefined) {
  const items: Item[] = []
  const finished = (async () => {
    for await (const item of stream) {
      items.push(item)
      apply(item)
      await turn(slowness)
    }
  })()
  return { items, finished, leave: () => stream.return() }
}

async function seqsOf({ database, runs }: OpenStore, id: string): Promise<number[]> {
  const { number } = await runs.requireRun(id)
  const events = await database.read.labEvent.findMany({ where: { runNumber: number }, orderBy: { seq: 'asc' }, select: { seq: true } })
  return events.map(({ seq }) => seq)
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('change' as const), times: fc.integer({ min: 1, max: 40 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      seen: fc.double({ min: 0, max: 1, noNaN: true }),
      slowness: fc.nat({ max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.integer({ min: 1, max: 30 }) }) },
)

it('whoever follows a run gets each event behind their place once and in order, whenever they join, however slowly they read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), fc.boolean(), async (steps, isDeleted) => {
      await using store = await openStore()
      const { id } = await store.launch('Followed')
      const followers: { readonly after: number; readonly reading: ReturnType<typeof read>; seqs(): number[] }[] = []
      for (const next of steps) {
        if (next.do === 'change') for (let time = 0; time < next.times; time++) await store.recorder.rename(id, `Name ${time}`)
        if (next.do === 'wait') await turn(next.turns)
        if (next.do === 'leave' && followers.length > 1) {
          const [left] = followers.splice(next.which % followers.length, 1)
          await left?.reading.leave()
        }
        if (next.do === 'join') {
          const seqs = await seqsOf(store, id)
          const after = seqs[Math.floor(next.seen * (seqs.length - 1))] ?? 0
          const reading = read(await store.feeds.followRun(id, after), next.slowness)
          followers.push({ after, reading, seqs: () => reading.items.flatMap((item) => (item.kind === 'stored' ? [item.event.seq] : [])) })
        }
      }
      const all = await seqsOf(store, id)
      if (isDeleted) await store.recorder.delete([id])
      else
        await expect
          .poll(() => followers.map(({ seqs }) => seqs().at(-1)))
          .toEqual(followers.map(({ after }) => (after === all.at(-1) ? undefined : all.at(-1))))
      for (const { after, seqs, reading } of followers) {
        if (isDeleted) await reading.finished
        const expected = all.filter((seq) => seq > after)
        expect(seqs()).toEqual(isDeleted ? expected.slice(0, seqs().length) : expected)
        await reading.leave()
      }
    }),
    { numRuns: 8, endOnFailure: true },
  )
})

it('whoever follows the table knows in the end which runs there are and how they are now, whenever they join', async () => {
  const change = fc.record({
    do: fc.constantFrom('launch' as const, 'rename' as const, 'delete' as const),
    which: fc.nat(),
    turns: fc.nat({ max: 3 }),
  })
  const join = fc.record({ do: fc.constant('join' as const), slowness: fc.nat({ max: 4 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 12, arbitrary: change }, { weight: 1, arbitrary: join }), { minLength: 40, maxLength: 80 }),
      async (steps) => {
        await using store = await openStore()
        const ids: string[] = []
        const followers: { readonly known: Map<string, string>; readonly reading: ReturnType<typeof read> }[] = []
        for (const next of steps) {
          const id = 'which' in next ? ids[next.which % Math.max(1, ids.length)] : undefined
          if (next.do === 'launch') ids.push((await store.launch('New')).id)
          if (next.do === 'rename' && id) await store.recorder.rename(id, `Name ${next.which}`)
          if (next.do === 'delete' && id) {
            await store.recorder.delete([id])
            ids.splice(ids.indexOf(id), 1)
          }
          if ('turns' in next) await turn(next.turns)
          if (next.do === 'join') {
            // What a page knows that has just read the table.
            const rows = await store.database.read.run.findMany()
            const newest = await store.database.read.labEvent.findFirst({ orderBy: { seq: 'desc' } })
            followers.push(followTable(store, new Map(rows.map(({ id, name }) => [id, name])), newest?.seq ?? 0, next.slowness))
          }
        }
        followers.push(followTable(store, new Map(), 0, 0))
        const rows = await store.database.read.run.findMany()
        const there = [...new Map(rows.map(({ id, name }) => [id, name]))].sort()
        for (const { known, reading } of followers) {
          await expect.poll(() => [...known].sort()).toEqual(there)
          await reading.leave()
        }
      },
    ),
    { numRuns: 5, endOnFailure: true },
  )
})

/** Keeps a list as a page does: new runs are added where the change says so, others only change. */
function followTable(store: OpenStore, known: Map<string, string>, after: number, slowness: number) {
  const apply = ({ change, id, row }: ChangedRow<Run>) => {
    if (change === 'DELETED') known.delete(id)
    else if (row && (change === 'CREATED' || known.has(id))) known.set(id, row.name)
  }
  return { known, reading: read(store.feeds.followRuns(after), slowness, apply) }
}

it('an event is read once for all who follow a run, and the same for each of them', async () => {
  await using store = await openStore()
  let readings = 0
  class CountingReader extends RunReader {
    override eventsAfter(...args: Parameters<RunReader['eventsAfter']>) {
      readings++
      return super.eventsAfter(...args)
    }
  }
  const runs = new CountingReader(store.database)
  const { id } = await store.launch('Followed')
  const feeds = new Feeds((runId) => runFeed({ runs, signals: store.signals, progressOf: () => undefined }, runId))
  const { lastSeq } = await runs.requireRun(id)
  const followers = Array.from({ length: 100 }, () => read(feeds.follow(id, lastSeq), 0))
  await turn(20)
  readings = 0
  for (let time = 0; time < 5; time++) {
    await store.recorder.rename(id, `Name ${time}`)
    await turn(5)
  }
  await expect.poll(() => followers.map(({ items }) => items.length)).toEqual(followers.map(() => 5))
  for (const { items } of followers) expect(items.every((item, index) => item === followers[0]?.items[index])).toBe(true)
  expect(readings).toBeLessThanOrEqual(10)
  expect(feeds.size).toBe(1)
  for (const follower of followers) await follower.leave()
  expect(feeds.size).toBe(0)
})
