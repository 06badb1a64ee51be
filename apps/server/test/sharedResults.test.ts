import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { type Asked, SharedResults } from '../src/api/http/SharedResults.js'
import { Arrivals } from '../src/clients/Arrivals.js'
import { ClientGate } from '../src/clients/ClientGate.js'
import { ShortWork } from '../src/clients/ShortWork.js'
import type { Lab } from '../src/Lab.js'
import { CurveCache } from '../src/runs/series/CurveCache.js'
import { openStore } from './openStore.js'

const clientOf = (name: string) => ({ address: '127.0.0.1', network: '127.0.0.1', browser: name, key: name })

/** Counts the parts that are done. */
class CountedWork extends ShortWork {
  parts = 0

  override do<Result>(...[client, part]: Parameters<ShortWork['do']>): Promise<Result> {
    this.parts++
    return super.do(client, part) as Promise<Result>
  }
}

const query = `subscription Events($id: ID!, $after: Int, $points: Int, $withName: Boolean = true) {
  runEvents(runId: $id, after: $after) { ... on StoredEvent { seq run { id status name @include(if: $withName) metrics(maxPoints: $points) { epoch } } } }
}`

describe('what is told of an event', () => {
  async function open(lacking: Partial<Lab> = {}, longestWrite?: number) {
    const store = await openStore()
    const { id } = await store.launch('Followed')
    const [event] = await store.runs.eventsAfter(id, { after: 0 }, 1)
    const followed = { kind: 'stored', event }
    const work = new CountedWork(new ClientGate(), new Arrivals())
    const lab = {
      ...store,
      curves: new CurveCache(store.database.read),
      log: { error: () => undefined },
      metrics: { answered: () => undefined },
      ...lacking,
    }
    const results = new SharedResults(lab as unknown as Lab, work, longestWrite)
    const ask = ({ client = 'somebody', ...given }: Partial<Asked> & { readonly client?: string } = {}) => {
      const text = given.query ?? query
      const asked = { operationName: null, viewer: { name: 'everyone' }, variables: {}, ...given, query: text, document: parse(text) }
      return results.writerFor({ ...asked, variables: { id, ...asked.variables } }, clientOf(client))(followed)
    }
    return { store, id, work, ask, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
  }

  it('is executed and written once for all who asked the same, wherever each began to follow', async () => {
    await using shared = await open()
    const told = await Promise.all(
      Array.from({ length: 50 }, (_, index) => shared.ask({ client: `client ${index}`, variables: { after: index } })),
    )
    expect(shared.work.parts).toBe(1)
    expect(new Set(told).size).toBe(1)
    const later = await shared.ask({ client: 'late', variables: { after: 1 } })
    expect(later).toBe(told[0])
    expect(shared.work.parts).toBe(1)
    expect(JSON.parse(String(later))).toMatchObject({ data: { runEvents: { run: { id: shared.id, name: 'Followed', metrics: [] } } } })
  })

  it('is each one’s own where variables, fields, operation or viewer differ', async () => {
    await using shared = await open()
    const two = `${query} subscription Numbers($id: ID!) { runEvents(runId: $id) { ... on StoredEvent { seq } } }`
    const asked: Parameters<typeof shared.ask>[0][] = [
      {},
      { variables: { points: 10 } },
      { variables: { withName: false } },
      { query: query.replace('status', '') },
      { query: two, operationName: 'Events' },
      { query: two, operationName: 'Numbers' },
      { viewer: { name: 'somebody else' } },
    ]
    const results = (await Promise.all(asked.map((each) => shared.ask(each)))).map((text) => JSON.parse(String(text)))
    expect(results.flatMap(({ errors }) => errors ?? [])).toEqual([])
    const told = results.map(({ data }) => data.runEvents)
    expect(shared.work.parts).toBe(asked.length)
    expect(told[2].run).not.toHaveProperty('name')
    expect(told[3].run).not.toHaveProperty('status')
    expect(told[4]).toHaveProperty('run')
    expect(Object.keys(told[5])).toEqual(['seq'])
    expect(told.map(({ seq }) => seq)).toEqual(told.map(() => 1))
  })

  it('is each one’s own where the place to follow from is used for something else too', async () => {
    await using shared = await open()
    const text = query.replace('metrics(maxPoints: $points)', 'metrics(after: $after)')
    await Promise.all([1, 2, 1].map((after) => shared.ask({ query: text, variables: { after } })))
    expect(shared.work.parts).toBe(2)
  })

  it('takes no longer than it may where a disk does not answer, however many wait for that, and keeps nobody else waiting', async () => {
    const never = () => new Promise<never>(() => undefined)
    await using shared = await open({ curves: { load: never } as unknown as CurveCache }, 300)
    const stuck = Array.from({ length: 8 }, (_, points) => shared.ask({ client: `client ${points}`, variables: { points: points + 10 } }))
    const well = shared.ask({ query: query.replace('metrics(maxPoints: $points) { epoch }', '') })
    for (const result of await Promise.allSettled(stuck)) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { code: 'OPERATION_TIMED_OUT', message: expect.stringContaining('within 0.3 s') },
      })
    }
    expect(JSON.parse(String(await well))).toMatchObject({ data: { runEvents: { run: { name: 'Followed' } } } })
  })

  it('tells everybody of what failed, with a code and nothing of its inside', async () => {
    const failing = () => Promise.reject(new Error('prisma cannot read /secret/hourglass.db'))
    await using shared = await open({ curves: { load: failing } as unknown as CurveCache })
    const told = await Promise.all([1, 2].map((client) => shared.ask({ client: `client ${client}`, variables: { points: 10 } })))
    for (const text of told) {
      const { errors } = JSON.parse(String(text))
      expect(errors[0].extensions.code).toBeTruthy()
      expect(JSON.stringify(errors)).not.toContain('secret')
    }
  })
})

describe('the work for streams', () => {
  /** Keeps the process busy. */
  const burn = (milliseconds: number) => {
    const until = performance.now() + milliseconds
    while (performance.now() < until);
  }

  it('takes clients in turn: one with a long history delays nobody by all of it', async () => {
    const work = new ShortWork(new ClientGate({ factor: 1000 }), new Arrivals())
    const done: string[] = []
    const part = (name: string) => async () => {
      await sleep(0)
      done.push(name)
    }
    const greedy = Array.from({ length: 200 }, () => work.do(clientOf('greedy'), part('greedy')))
    const modest = ['one', 'two', 'three'].map((name) => work.do(clientOf(name), part(name)))
    await Promise.all(modest)
    expect(done.filter((name) => name === 'greedy').length).toBeLessThan(20)
    await Promise.all(greedy)
    expect(done).toHaveLength(203)
  })

  it('lets everything else have its turn between parts', async () => {
    const work = new ShortWork(new ClientGate({ factor: 1000 }), new Arrivals())
    let turns = 0
    let isOver = false
    const count = () => {
      turns++
      if (!isOver) setImmediate(count)
    }
    setImmediate(count)
    await Promise.all(Array.from({ length: 40 }, (_, index) => work.do(clientOf(`client ${index}`), async () => burn(6))))
    isOver = true
    // Two parts are longer than what may be done at a stretch.
    expect(turns).toBeGreaterThanOrEqual(19)
  })

  it('lets all in who wait to be connected, not one for each of its parts', async () => {
    const arrivals = new Arrivals()
    const work = new ShortWork(new ClientGate({ factor: 1000 }), arrivals)
    let connected = 0
    const server = createServer(() => {
      arrivals.note()
      connected++
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const sockets = Array.from({ length: 100 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
    let parts = 0
    while (connected < sockets.length) await work.do(clientOf(`client ${parts++}`), async () => burn(11))
    for (const socket of sockets) socket.destroy()
    server.close()
    // One for each part would be 100 parts.
    expect(parts).toBeLessThan(50)
  })

  it('goes on with others while a part waits, and after one that fails', async () => {
    const work = new ShortWork(new ClientGate({ factor: 1000 }), new Arrivals())
    let release: () => void = () => undefined
    const waiting = work.do(clientOf('one'), () => new Promise<void>((resolve) => (release = resolve)))
    await expect(work.do(clientOf('one'), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await work.do(clientOf('one'), async () => 'done')).toBe('done')
    release()
    await waiting
  })
})
