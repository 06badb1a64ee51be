import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runEventPayloads } from '@hourglass/protocol'
import SqliteDatabase from 'better-sqlite3'
import { pino } from 'pino'
import { describe, expect, it, vi } from 'vitest'
import { formatError } from '../src/api/graphql/formatError.js'
import { readSeries } from '../src/runs/series/SeriesStore.js'
import { shortenRun } from './editDatabase.js'
import { holdLock } from './holdLock.js'
import { epochReport, openStore } from './openStore.js'
import { endlessConfig, makeDataFolder, smallConfig, TestServer } from './startServer.js'

/** Until it is released, in milliseconds. */
const LONG = 300_000
const databaseOf = (folder: { path: string }) => join(folder.path, 'hourglass.db')
const rename = 'mutation ($id: ID!, $name: String!) { updateRun(id: $id, input: { name: $name }) { name } }'
const shortEpochs = { ...endlessConfig, training: { ...endlessConfig.training, epochs: 12 } }

describe.concurrent('a database that another program locks', () => {
  it('for 5 ms, five times a second, changes nothing of a run', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const undisturbed = await server.untilStatus(await server.launch(shortEpochs), 'COMPLETED', 'FAILED')
    await using _ = await holdLock(databaseOf(folder), { milliseconds: 5, pause: 195 })
    const disturbed = await server.untilStatus(await server.launch(shortEpochs), 'COMPLETED', 'FAILED')
    expect(disturbed.error).toBeNull()
    expect(disturbed.metrics).toEqual(undisturbed.metrics)
    expect(disturbed.metrics.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
  })

  it.each(['BEGIN IMMEDIATE', 'BEGIN EXCLUSIVE'] as const)(
    'for longer than anybody waits (%s) pauses training, which says so and goes on; readers are answered, and a mutation says why not',
    async (begin) => {
      await using folder = await makeDataFolder()
      await using server = await TestServer.start(folder.path)
      const id = await server.launch(endlessConfig)
      await server.untilEpoch(id, 2)
      await using events = server.follow<{ waitingFor?: { code: string; message: string } | null }>(
        'subscription ($id: ID!) { runEvents(runId: $id) { ... on Progress { waitingFor { code message } } } }',
        { id },
      )
      await using lab = server.follow<{ obstacle: { code: string } | null }>('subscription { labChanged { obstacle { code message } } }')
      expect(await lab.until((items) => items.length > 0)).toEqual([{ obstacle: null }])
      const idle = await slowestRead(server, 20)
      // Held until all that happens meanwhile has happened, however long that takes.
      const lock = await holdLock(databaseOf(folder), { milliseconds: LONG, begin })
      await using _ = lock
      const told = await events.until((items) => items.some(({ waitingFor }) => waitingFor))
      expect(told.find(({ waitingFor }) => waitingFor)?.waitingFor).toMatchObject({
        code: 'STORE_BUSY',
        message: expect.stringContaining('Waiting for the store: another program holds the write lock'),
      })
      const { status, summary } = await server.untilStatus(id, 'RUNNING')
      expect(status).toBe('RUNNING')
      // More than there are turns: those that wait must leave some for readers.
      const refused = Promise.all(Array.from({ length: 24 }, () => server.query(rename, { id, name: 'Refused' })))
      // Standing still for the lock would cost whole seconds.
      expect(await slowestRead(server, 100)).toBeLessThan(3_000 + 5 * idle)
      for (const { errors } of await refused) {
        const message = expect.stringContaining('Nothing was changed')
        expect(errors).toMatchObject([{ message, extensions: { code: 'STORE_BUSY', retryAfterSeconds: expect.any(Number) } }])
      }
      expect(await server.data('{ lab { obstacle { code } } }')).toEqual({ lab: { obstacle: { code: 'STORE_BUSY' } } })
      await lock[Symbol.asyncDispose]()
      await server.untilEpoch(id, summary.epochsCompleted + 3)
      // Tests that run at once have no `expect.poll`.
      await vi.waitFor(async () => expect(await server.data('{ lab { obstacle { code } } }')).toEqual({ lab: { obstacle: null } }), 60_000)
      const obstacles = await lab.until((items) => items.length > 1 && items.at(-1)?.obstacle === null)
      expect(obstacles.map(({ obstacle }) => obstacle)).toEqual([null, expect.objectContaining({ code: 'STORE_BUSY' }), null])
      await events.until((items) => items.at(-1)?.waitingFor === null)
      expect(await server.data(rename, { id, name: 'Renamed' })).toEqual({ updateRun: { name: 'Renamed' } })
      await server.data('mutation ($id: ID!) { stopRun(id: $id) { status } }', { id })
      const { metrics, error, name } = await server.untilStatus(id, 'STOPPED', 'FAILED')
      expect({ error, name }).toEqual({ error: null, name: 'Renamed' })
      expect(metrics.map(({ epoch }) => epoch)).toEqual(metrics.map((_, index) => index + 1))
    },
  )

  it('is told of without a break, however many give up waiting for it, and no longer than it lasts', async () => {
    await using store = await openStore()
    const { state } = store.database
    const { id } = await store.launch()
    const told: (string | undefined)[] = []
    state.listen(() => told.push(state.waiting?.code))
    {
      await using _ = await holdLock(store.folder.databasePath, { milliseconds: LONG })
      const hasty = store.recorder.within({ milliseconds: 300 })
      for (let index = 0; index < 12; index++) {
        await expect(hasty.rename(id, 'Never')).rejects.toMatchObject({ code: 'STORE_BUSY' })
        await sleep(100)
      }
      expect(told).toEqual(['STORE_BUSY'])
    }
    // Nobody writes, and it is found out nevertheless.
    await expect.poll(() => told).toEqual(['STORE_BUSY', undefined])
    expect(state.isRefusing).toBe(false)
    expect(await store.recorder.rename(id, 'Renamed')).toMatchObject({ name: 'Renamed' })
  })

  it('lets a mutation wait for a lock that is soon over', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
    await using _ = await holdLock(databaseOf(folder), { milliseconds: 1_500 })
    expect(await server.data(rename, { id, name: 'Later' })).toEqual({ updateRun: { name: 'Later' } })
  })

  it('deletes nothing of a run that trains, which goes on', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 1)
    const pid = await server.workerOf(id)
    await using _ = await holdLock(databaseOf(folder), { milliseconds: LONG })
    const { errors } = await server.query('mutation ($id: ID!) { deleteRuns(ids: [$id]) }', { id })
    expect(errors?.[0]?.extensions.code).toBe('STORE_BUSY')
    expect((await server.untilStatus(id, 'RUNNING')).status).toBe('RUNNING')
    expect(await server.workerOf(id)).toBe(pid)
  })

  it('fails a run only when its patience is over, saying why, and resumes it to the same losses', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path, { HOURGLASS_STORE_PATIENCE: '2' })
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 1)
    await using _ = await holdLock(databaseOf(folder), { milliseconds: 6_000 })
    const { error, status } = await server.untilStatus(id, 'FAILED', 'COMPLETED')
    expect(status).toBe('FAILED')
    expect(error).toMatchObject({
      code: 'STORE_BUSY',
      message: expect.stringMatching(/another program holds the write lock.*resume the run/),
    })
    const epochs = shortenRun(folder.path, id, { epochsLeft: 3 })
    await server.data('mutation ($id: ID!) { resumeRun(id: $id) { status } }', { id })
    const { metrics } = await server.untilStatus(id, 'COMPLETED')
    expect(metrics).toHaveLength(epochs)
    const undisturbed = await server.launch({ ...endlessConfig, training: { ...endlessConfig.training, epochs } })
    expect(metrics).toEqual((await server.untilStatus(undisturbed, 'COMPLETED')).metrics)
  })

  it('keeps neither a server that closes nor one that starts from doing so', async () => {
    await using folder = await makeDataFolder()
    let server = await TestServer.start(folder.path)
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 2)
    await using _ = await holdLock(databaseOf(folder), { milliseconds: 15_000 })
    expect(await server.stop()).toBe(0)
    server = await TestServer.start(folder.path)
    await using __ = server
    const { metrics } = await server.untilStatus(id, 'RUNNING')
    await server.untilEpoch(id, metrics.length + 2)
  })
})

describe('a program that wants the database for itself', () => {
  const takeForItself = (path: string) => {
    const database = new SqliteDatabase(path, { timeout: 100 })
    database.pragma('locking_mode = EXCLUSIVE')
    return { database, take: () => database.exec('BEGIN IMMEDIATE; COMMIT') }
  }

  it('does not get it while a server has it open; one that has it keeps a server from starting, which says so', async () => {
    await using folder = await makeDataFolder()
    const server = await TestServer.start(folder.path)
    await using _ = server
    await server.data('{ lab { queued } }')
    const refused = takeForItself(databaseOf(folder))
    expect(refused.take).toThrow('database is locked')
    refused.database.close()
    expect(await server.data('{ lab { queued } }')).toEqual({ lab: { queued: 0 } })
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    expect(await server.stop()).toBe(0)

    const { database, take } = takeForItself(databaseOf(folder))
    take()
    await expect(TestServer.start(folder.path)).rejects.toThrow(
      /^server ended with 78: .* another program holds the write lock of the database\. Close what has the database open/,
    )
    database.close()
    await using again = await TestServer.start(folder.path)
    expect(await again.data('{ lab { queued } }')).toEqual({ lab: { queued: 0 } })
  })

  it('is waited out by what reads, and said where it stays', async () => {
    await using store = await openStore()
    const { database, take } = takeForItself(store.folder.databasePath)
    // Nothing has read yet: no connection is open.
    take()
    const reading = store.runs.countByStatus('QUEUED')
    setTimeout(() => database.close(), 1_000)
    expect(await reading).toBe(0)

    await using other = await openStore()
    const keeper = takeForItself(other.folder.databasePath)
    keeper.take()
    const error = await other.runs.countByStatus('QUEUED').catch((caught: unknown) => caught)
    expect(formatError(error, pino({ enabled: false }))).toMatchObject({
      message: expect.stringContaining('another program holds the write lock of the database'),
      extensions: { code: 'STORE_BUSY' },
    })
    keeper.database.close()
  })
})

describe('the recorder', () => {
  const patterns = [1, 2, 3].map((seed) => {
    const random = randomsOf(seed)
    return { milliseconds: 1 + Math.floor(random() * 120), pause: 1 + Math.floor(random() * 60), seed }
  })

  it.each(patterns)('stores every report once and in order, whatever the pattern of locks: %j', async ({ seed, ...hold }) => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    const random = randomsOf(100 + seed)
    const epochs = 15
    await using _ = await holdLock(store.folder.databasePath, hold)
    const logging: Promise<unknown>[] = []
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const renaming = store.recorder.rename(run.id, `Epoch ${epoch}`)
      const points = [{ at: epoch, values: { loss: random() } }]
      logging.push(store.recorder.report(attempt, { type: 'logged', axis: 'step', points }))
      await store.recorder.report(attempt, epochReport(epoch, { trainLoss: random() }))
      await renaming
    }
    await Promise.all(logging)
    const events = await store.runs.eventsAfter(run.id, { after: run.lastSeq }, 1_000)
    expect(events.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq).toSorted((a, b) => a - b))
    // Logged values that follow each other closely share an event.
    const told = events.flatMap(({ kind, payload }) => (kind === 'VALUES_LOGGED' ? [runEventPayloads.VALUES_LOGGED.parse(payload)] : []))
    expect(told.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index))).toEqual(
      Array.from({ length: epochs }, (_, index) => index + 1),
    )
    for (const kind of ['EPOCH_COMPLETED', 'RENAMED'] as const) {
      expect(
        events.filter((event) => event.kind === kind),
        kind,
      ).toHaveLength(epochs)
    }
    for (const axis of ['epoch', 'step'] as const) {
      const [points = []] = await readSeries(store.database.read, [{ runNumber: run.number, axis }])
      expect(
        points.map(({ at }) => at),
        axis,
      ).toEqual(Array.from({ length: epochs }, (_, index) => index + 1))
    }
    expect(await store.runs.requireRun(run.id)).toMatchObject({ name: `Epoch ${epochs}`, epochsCompleted: epochs })
  })
})

/** The longest of a number of reads in a row, in milliseconds. */
async function slowestRead(server: TestServer, count: number): Promise<number> {
  let slowest = 0
  for (let read = 0; read < count; read++) {
    const started = performance.now()
    await server.data('{ lab { version lastSeq } }')
    slowest = Math.max(slowest, performance.now() - started)
  }
  return slowest
}

/** Numbers in 0…1 that a seed decides. */
function randomsOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}
