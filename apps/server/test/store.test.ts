import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { completeRunConfig } from '@hourglass/autoencoders'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CurveCache } from '../src/api/graphql/CurveCache.js'
import { loadMetrics } from '../src/api/graphql/loadMetrics.js'
import { RunFolders } from '../src/artifacts/RunFolders.js'
import { Database } from '../src/database/Database.js'
import { migrate } from '../src/database/migrate.js'
import { RunSignals } from '../src/runs/RunSignals.js'
import { RunStore } from '../src/runs/RunStore.js'
import { type RunPageRequest, readRunPage, runOrderFields } from '../src/runs/readRunPage.js'
import { makeDataFolder } from './startServer.js'

const COUNT = 60

describe('the store', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>
  let database: Database
  let store: RunStore

  beforeAll(async () => {
    folder = await makeDataFolder()
    const path = join(folder.path, 'hourglass.db')
    await migrate(path)
    database = new Database(path)
    store = new RunStore(database, new RunSignals())
    const config = completeRunConfig({})
    for (let index = 0; index < COUNT; index++) {
      const { id } = await store.create({ name: `Run ${index % 7}`, config, trainCount: 10, testCount: 10 })
      const data = {
        validationLoss: index % 3 === 0 ? null : (index * 37) % 11,
        status: index % 2 ? ('FAILED' as const) : ('QUEUED' as const),
      }
      await database.write((transaction) => transaction.run.update({ where: { id }, data }))
    }
  })

  afterAll(async () => {
    await database.close()
    await folder[Symbol.asyncDispose]()
  })

  it.each(runOrderFields.flatMap((field) => (['ASC', 'DESC'] as const).map((direction) => [field, direction] as const)))(
    'pages through all runs once, in order: %s %s',
    async (field, direction) => {
      const seen = []
      let after: string | undefined
      do {
        const page = await readRunPage(database.read, request({ first: 7, after, field, direction }))
        expect(await page.count()).toBe(COUNT)
        seen.push(...page.edges.map(({ node }) => node))
        after = page.hasNextPage ? (page.endCursor ?? undefined) : undefined
      } while (after !== undefined)
      expect(new Set(seen.map(({ number }) => number)).size).toBe(COUNT)
      expect(seen).toHaveLength(COUNT)
      if (field === 'VALIDATION_LOSS') {
        const losses = seen.map(({ validationLoss }) => validationLoss)
        const present = losses.filter((loss) => loss !== null)
        expect(losses.slice(0, present.length)).toEqual(present.toSorted((a, b) => (direction === 'ASC' ? a - b : b - a)))
      }
    },
  )

  it('filters by status, dataset and part of the name', async () => {
    const count = async (filter: Partial<RunPageRequest['filter']>) => (await readRunPage(database.read, request({ filter }))).count()
    expect(await count({ status: ['FAILED'] })).toBe(COUNT / 2)
    expect(await count({ search: 'rUN 3' })).toBe(9)
    expect(await count({ search: 'run 8' })).toBe(0)
    expect(await count({ dataset: ['circle'] })).toBe(0)
  })

  it('finds part of a name as it was typed, whatever SQL makes of its characters', async () => {
    const names = ['lr_sweep 50%', 'lr-sweep 500', 'back\\slash']
    const ids = []
    for (const name of names) ids.push((await store.create({ name, config: completeRunConfig({}), trainCount: 10, testCount: 10 })).id)
    const found = async (search: string) => {
      const { edges, count } = await readRunPage(database.read, request({ filter: { search } }))
      expect(await count()).toBe(edges.length)
      return edges.map(({ node }) => node.name)
    }
    expect(await found('LR_')).toEqual(['lr_sweep 50%'])
    expect(await found('0%')).toEqual(['lr_sweep 50%'])
    expect(await found('%')).toEqual(['lr_sweep 50%'])
    expect(await found('lr%50')).toEqual([])
    expect(await found('k\\s')).toEqual(['back\\slash'])
    await store.delete(ids)
  })

  it('takes back everything of a transaction that fails, and readers never see half of one', async () => {
    const { id } = await store.create({ name: 'Half', config: completeRunConfig({}), trainCount: 10, testCount: 10 })
    const failing = database.write(async (transaction) => {
      await transaction.run.update({ where: { id }, data: { name: 'Changed' } })
      expect((await store.requireRun(id)).name).toBe('Half')
      throw new Error('in between')
    })
    await expect(failing).rejects.toThrow('in between')
    expect((await store.requireRun(id)).name).toBe('Half')
    await store.delete([id])
  })

  it('downsamples a curve to its first, last and extreme epochs', async () => {
    const { id } = await store.create({ name: 'Long', config: completeRunConfig({}), trainCount: 10, testCount: 10 })
    const losses = Array.from({ length: 1000 }, (_, index) =>
      index === 500 ? 50 : index === 321 ? -1 : index === 700 ? null : Math.sin(index),
    )
    await database.write(async (transaction) => {
      await transaction.epochMetrics.createMany({
        data: losses.map((loss, index) => ({
          runId: id,
          epoch: index + 1,
          trainLoss: loss,
          validationLoss: loss,
          validationMeanSquaredError: loss,
          seconds: 1,
          imagesPerSecond: 1,
        })),
      })
      await transaction.run.update({ where: { id }, data: { epochsCompleted: 1000 } })
    })
    const [few = [], all = []] = await loadMetrics(database.read, [
      { runId: id, maxPoints: 40 },
      { runId: id, maxPoints: null },
    ])
    expect(all).toHaveLength(1000)
    expect(few.length).toBeLessThanOrEqual(40)
    const epochs = few.map(({ epoch }) => epoch)
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
    expect(epochs).toEqual(expect.arrayContaining([1, 322, 501, 1000]))
    for (const row of few) expect(row).toEqual(all[row.epoch - 1])

    const curves = new CurveCache(database.read)
    const load = (epochsCompleted: number) => curves.load([{ runId: id, maxPoints: 40, epochsCompleted }])
    const [first] = await load(1000)
    expect(first).toEqual(few)
    expect((await load(1000))[0], 'read again though no epoch is new').toBe(first)
    expect((await load(1001))[0], 'kept though an epoch is new').not.toBe(first)
    const mixed = await curves.load([1000, 0, 999].map((epochsCompleted) => ({ runId: id, maxPoints: 40, epochsCompleted })))
    expect(mixed.map(({ length }) => length)).toEqual([few.length, 0, few.length])
  })

  it('dates an epoch by when it was trained, stores it once, and says how the run stands', async () => {
    const { id } = await store.create({ name: 'Dated', config: completeRunConfig({}), trainCount: 10, testCount: 10 })
    const measured = { trainLoss: 1, validationLoss: Number.NaN, validationMeanSquaredError: 1, seconds: 1, imagesPerSecond: 1 }
    const finishedAt = new Date(Date.now() - 60_000)
    const record = { metrics: { epoch: 1, ...measured }, finishedAt, checkpointBytes: 1, codeCount: 1, codeDimensions: new Float64Array(4) }
    for (const _ of ['first', 'again']) expect(await store.recordEpoch(id, record)).toMatchObject({ epochsCompleted: 1, lastSeq: 2 })
    expect(await store.eventsAfter(id, 1, 100)).toMatchObject([
      { type: 'EPOCH_COMPLETED', at: finishedAt, epochMetrics: { validationLoss: null } },
    ])
    await store.delete([id])
    expect(await store.recordEpoch(id, record)).toBeNull()
  })

  it('reads the events of one place for all readers that ask at once', async () => {
    const { id } = await store.create({ name: 'Watched', config: completeRunConfig({}), trainCount: 10, testCount: 10 })
    const [first, second] = [store.eventsAfter(id, 0, 100), store.eventsAfter(id, 0, 100)]
    expect(first).toBe(second)
    expect(await first).toMatchObject([{ seq: 1, type: 'STATUS_CHANGED', status: 'QUEUED' }])
    await store.changeStatus(id, { from: ['QUEUED'], to: 'STOPPED' })
    expect(await store.eventsAfter(id, 0, 100)).toHaveLength(2)
    expect(await store.changeStatus(id, { from: ['QUEUED'], to: 'RUNNING' })).toBeNull()
  })

  function request(changes: Partial<Omit<RunPageRequest, 'filter'>> & { filter?: Partial<RunPageRequest['filter']> }): RunPageRequest {
    const filter = { status: undefined, dataset: undefined, search: undefined, ...changes.filter }
    return { first: 10, after: undefined, field: 'CREATED_AT', direction: 'DESC', ...changes, filter }
  }
})

describe('the folders of runs', () => {
  it('come back where their rows cannot be deleted, and after a crash in between go or stay with their rows', async () => {
    await using data = await makeDataFolder()
    const folders = new RunFolders({ runsFolder: join(data.path, 'runs'), trashFolder: join(data.path, 'trash') }, pino({ enabled: false }))
    await mkdir(join(data.path, 'trash'))
    await writeFile(join(await folders.create('aaaaaaaaaaaa'), 'worker.log'), 'kept')
    await expect(folders.deleteWith(['aaaaaaaaaaaa'], () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
    expect(await folders.list('aaaaaaaaaaaa')).toEqual([{ name: 'worker.log', bytes: 4 }])

    for (const id of ['bbbbbbbbbbbb', 'cccccccccccc']) await mkdir(join(data.path, 'trash', id))
    await folders.sweepTrash(async (id) => id === 'bbbbbbbbbbbb')
    expect(existsSync(folders.pathOf('bbbbbbbbbbbb'))).toBe(true)
    expect(existsSync(join(data.path, 'trash', 'cccccccccccc'))).toBe(false)
  })

  it('are deleted once their rows are, even where some of it stays in the trash', async () => {
    await using data = await makeDataFolder()
    const trashFolder = join(data.path, 'trash')
    const logged: string[] = []
    const log = pino({}, { write: (line: string) => void logged.push(line) })
    const folders = new RunFolders({ runsFolder: join(data.path, 'runs'), trashFolder }, log)
    await mkdir(trashFolder)
    await folders.create('aaaaaaaaaaaa')
    await folders.deleteWith(['aaaaaaaaaaaa'], async () => {
      // A trash that cannot be emptied.
      await rm(trashFolder, { recursive: true })
      await writeFile(trashFolder, '')
    })
    expect(logged).toHaveLength(1)
    expect(existsSync(folders.pathOf('aaaaaaaaaaaa'))).toBe(false)
  })
})
