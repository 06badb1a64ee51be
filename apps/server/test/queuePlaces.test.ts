import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newestSeq } from '../src/runs/newestSeq.js'
import { moveInQueue } from '../src/runs/queue/controlQueue.js'
import { readQueue } from '../src/runs/queue/readQueue.js'
import { type OpenStore, openStore } from './openStore.js'
import { endlessConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

interface Told {
  seq: number
  run: { name: string; status: string; queuePosition?: number | null } | null
}

const CHANGED = `subscription ($after: Int!) { runsChanged(after: $after) { seq run { ...Told } } }
fragment Told on Run { name status queuePosition }`
const MOVE = 'mutation ($id: ID!, $to: QueueTarget!) { moveInQueue(id: $id, to: $to) { id } }'
const DELETE = 'mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }'

const lastSeq = async () => (await server.data<{ lab: { lastSeq: number } }>('{ lab { lastSeq } }')).lab.lastSeq
const move = (id: string | undefined, to: Record<string, unknown>) => server.data(MOVE, { id, to })
const launch = async (names: string) => {
  const ids = new Map<string, string>()
  for (const name of names) ids.set(name, await server.launch(endlessConfig, name))
  return ids
}

/** The place that was told last of each run that waits, in the order of names: one that is trained has events of its own. */
const placesOf = (told: readonly Told[]) =>
  Object.fromEntries(
    told
      .flatMap(({ run }) => (run?.status === 'QUEUED' ? [[run.name, run.queuePosition] as const] : []))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )

useServer()

it('whoever follows places in the queue is told of each run that has another, whether one was moved, starts, is launched or deleted', async () => {
  await server.data('mutation { pauseQueue { queued } }')
  const ids = await launch('ABCD')
  const begun = await lastSeq()
  await using table = server.follow<Told>(CHANGED, { after: begun })
  /** What is told of what is done: in the end, as these places say; and of nothing else. */
  const expectTold = async (places: Record<string, number>, work: () => Promise<unknown>) => {
    const known = table.items.length
    await work()
    await expect.poll(() => placesOf(table.items.slice(known))).toEqual(places)
  }
  // Until it is known to follow: where it began before that, it is told of all that wait.
  ids.set('E', (await launch('E')).get('E') ?? '')
  await table.until((items) => items.some(({ run }) => run?.name === 'E'))
  await expectTold({ A: 2, B: 3, C: 4, D: 1 }, () => move(ids.get('D'), { first: true }))
  await expectTold({ B: 4, C: 3 }, () => move(ids.get('C'), { before: ids.get('B') }))
  // One that starts.
  await expectTold({ A: 1, B: 3, C: 2, E: 4 }, () => server.data('mutation { resumeQueue { queued } }'))
  await expectTold({ B: 2, E: 3 }, () => server.data(DELETE, { ids: [ids.get('C')] }))
  await server.data('mutation { pauseQueue { queued } }')
  const seqs = table.items.map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.toSorted((one, other) => one - other))
  expect(seqs[0]).toBeGreaterThanOrEqual(begun)

  // Whoever was away meanwhile knows all places again.
  await using later = server.follow<Told>(CHANGED, { after: begun })
  await expect.poll(() => placesOf(later.items)).toMatchObject({ A: 1, B: 2, E: 3 })
  await server.data(DELETE, { ids: [...ids].flatMap(([name, id]) => (name === 'C' ? [] : [id])) })
})

it('whoever follows runs without their places is told of those alone that something has happened to', async () => {
  await server.data('mutation { pauseQueue { queued } }')
  const ids = await launch('ABC')
  await using table = server.follow<Told>('subscription ($after: Int!) { runsChanged(after: $after) { seq run { name status } } }', {
    after: await lastSeq(),
  })
  await move(ids.get('C'), { first: true })
  await table.until((items) => items.some(({ run }) => run?.name === 'C'))
  ids.set('D', (await launch('D')).get('D') ?? '')
  await table.until((items) => items.some(({ run }) => run?.name === 'D'))
  expect(table.items.map(({ run }) => run?.name)).toEqual(['C', 'D'])
  await server.data(DELETE, { ids: [...ids.values()] })
})

/** Lets whatever is due happen. */
const turn = (times = 1) => new Promise<void>((resolve) => (times === 0 ? resolve() : setImmediate(() => resolve(turn(times - 1)))))

/** Keeps the places of runs by number as somebody does who is told of changes and reads a run's place then. */
function followPlaces(store: OpenStore, known: Map<number, number | undefined>, { after, slowness }: { after: number; slowness: number }) {
  const told = store.feeds.followPlacedRuns(after)
  const finished = (async () => {
    for await (const { row } of told) {
      if (row) known.set(row.number, (await store.queuePlaces.read()).get(row.number))
      await turn(slowness)
    }
  })()
  return {
    known,
    leave: async () => {
      await told.return()
      await finished
    },
  }
}

it('whoever follows places knows in the end those of all runs that wait, whenever they join and however slowly they read', async () => {
  const change = fc.record({
    do: fc.constantFrom('launch' as const, 'move' as const, 'start' as const, 'stop' as const, 'delete' as const, 'rename' as const),
    which: fc.nat(),
    beside: fc.nat(),
    turns: fc.nat({ max: 3 }),
  })
  const join = fc.record({ do: fc.constant('join' as const), slowness: fc.nat({ max: 4 }), isNew: fc.boolean() })
  const steps = fc.array(fc.oneof({ weight: 12, arbitrary: change }, { weight: 1, arbitrary: join }), { minLength: 30, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      await using store = await openStore()
      const { recorder, database } = store
      // More than one page of them.
      for (let run = 0; run < 105; run++) await store.launch(`Run ${run}`, {}, `client ${run % 3}`)
      const followers: ReturnType<typeof followPlaces>[] = []
      for (const next of all) {
        if (next.do === 'join') {
          const after = next.isNew ? 0 : await newestSeq(database.read)
          const known = new Map(next.isNew ? [] : await store.queuePlaces.read())
          followers.push(followPlaces(store, known, { after, slowness: next.slowness }))
          continue
        }
        const queue = await readQueue(database.read)
        const [one, other] = [next.which, next.beside].map((index) => queue[index % queue.length])
        if (!one || !other) continue
        if (next.do === 'launch') await store.launch('New', {}, `client ${next.which % 4}`)
        if (next.do === 'move' && one !== other) await moveInQueue(store, one.id, { before: other.id })
        if (next.do === 'start') await recorder.claimNext()
        if (next.do === 'stop') await recorder.changeStatus(one.id, { from: ['QUEUED'], to: 'STOPPED' })
        if (next.do === 'delete') await recorder.delete([one.id])
        if (next.do === 'rename') for (const { id } of queue.slice(0, 30)) await recorder.rename(id, `Name ${next.which} ${next.beside}`)
        await turn(next.turns)
      }
      followers.push(followPlaces(store, new Map(), { after: 0, slowness: 0 }))
      const places = [...(await store.queuePlaces.read())]
      for (const { known, leave } of followers) {
        await expect.poll(() => places.filter(([number, place]) => known.get(number) !== place)).toEqual([])
        await leave()
      }
    }),
    { numRuns: 3, endOnFailure: true },
  )
})
