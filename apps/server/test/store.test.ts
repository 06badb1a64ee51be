import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunFolders } from '../src/artifacts/RunFolders.js'
import { readLatest } from '../src/runs/readLatest.js'
import { type RunPageRequest, readRunPage } from '../src/runs/readRunPage.js'
import { runOrderFields } from '../src/runs/runList.js'
import { setRunValues } from '../src/runs/runValues.js'
import { epochReport, type OpenStore, openStore } from './openStore.js'
import { makeDataFolder } from './startServer.js'

const COUNT = 60

describe('pages of runs', () => {
  let store: OpenStore

  beforeAll(async () => {
    store = await openStore()
    for (let index = 0; index < COUNT; index++) {
      const latentDimension = 2 ** (1 + (index % 4))
      const { id, number } = await store.launch(`Run ${index % 7}`, { architecture: { kind: 'dense', latentDimension } })
      await store.database.write(async (transaction) => {
        await transaction.run.update({ where: { id }, data: { status: index % 2 ? 'FAILED' : 'QUEUED' } })
        if (index % 3 !== 0) await setRunValues(transaction, number, new Map([['metric.validationLoss', (index * 37) % 11]]))
      })
    }
  })

  afterAll(() => store[Symbol.asyncDispose]())

  const orders = [
    ...runOrderFields.map((field) => ({ field })),
    { value: 'config.architecture.latentDimension' },
    { value: 'config.architecture.kind' },
    { value: 'metric.validationLoss' },
    // No run here has measured it.
    { value: 'metric.peakSignalToNoiseRatio' },
  ]

  it.each(orders.flatMap((orderBy) => (['ASC', 'DESC'] as const).map((direction) => [orderBy, direction] as const)))(
    'hold all runs once, in order: %j %s',
    async (orderBy, direction) => {
      const seen = await readAll({ orderBy: [{ ...orderBy, direction }] })
      expect(new Set(seen.map(({ number }) => number)).size).toBe(COUNT)
      expect(seen).toHaveLength(COUNT)
      if (!('value' in orderBy)) return
      const values = await Promise.all(seen.map(({ number }) => storedValue(number, orderBy.value)))
      const present = values.filter((value) => value !== null)
      const ascending = present.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      expect(values.slice(0, present.length)).toEqual(direction === 'ASC' ? ascending : ascending.toReversed())
    },
  )

  it('are filtered by status, dataset, part of the name and any value', async () => {
    const count = async (filter: RunPageRequest['filter']) => (await read({ filter })).count()
    expect(await count({ status: ['FAILED'] })).toBe(COUNT / 2)
    expect(await count({ status: [] })).toBe(0)
    expect(await count({ search: 'rUN 3' })).toBe(9)
    expect(await count({ search: 'run 8' })).toBe(0)
    expect(await count({ dataset: ['circle'] })).toBe(0)
    const name = 'config.architecture.latentDimension'
    expect(await count({ values: [{ name, minimum: 4, maximum: 8 }] })).toBe(COUNT / 2)
    expect(await count({ values: [{ name, oneOf: ['16'] }] })).toBe(COUNT / 4)
    expect(await count({ values: [{ name, oneOf: [] }] })).toBe(0)
    expect(await count({ values: [{ name: 'config.architecture.kind', oneOf: ['dense'] }] })).toBe(COUNT)
    expect(await count({ values: [{ name: 'config.data.dataset', contains: 'NIS' }] })).toBe(COUNT)
    expect(
      await count({
        values: [
          { name, minimum: 16 },
          { name: 'metric.validationLoss', maximum: 0 },
        ],
      }),
    ).toBe(
      (
        await readAll({
          filter: {
            values: [
              { name, minimum: 16 },
              { name: 'metric.validationLoss', maximum: 0 },
            ],
          },
        })
      ).length,
    )
  })

  it('find part of a name as it was typed, whatever SQL makes of its characters', async () => {
    const names = ['lr_sweep 50%', 'lr-sweep 500', 'back\\slash']
    const ids: string[] = []
    for (const name of names) ids.push((await store.launch(name)).id)
    const found = async (search: string) => {
      const { edges, count } = await read({ filter: { search } })
      expect(await count()).toBe(edges.length)
      return edges.map(({ node }) => node.name)
    }
    expect(await found('LR_')).toEqual(['lr_sweep 50%'])
    expect(await found('0%')).toEqual(['lr_sweep 50%'])
    expect(await found('%')).toEqual(['lr_sweep 50%'])
    expect(await found('lr%50')).toEqual([])
    expect(await found('k\\s')).toEqual(['back\\slash'])
    await store.recorder.delete(ids)
  })

  const read = (changes: Partial<RunPageRequest>) =>
    readRunPage(store.database.read, {
      first: 10,
      after: undefined,
      filter: {},
      orderBy: [{ field: 'CREATED_AT', direction: 'DESC' }],
      ...changes,
    })

  async function readAll(request: Partial<RunPageRequest>) {
    const seen = []
    let after: string | undefined
    do {
      const page = await read({ ...request, first: 7, after })
      seen.push(...page.edges.map(({ node }) => node))
      after = page.hasNextPage ? (page.endCursor ?? undefined) : undefined
    } while (after !== undefined)
    return seen
  }

  async function storedValue(runNumber: number, name: string) {
    const value = await store.database.read.runValue.findFirst({ where: { runNumber, key: { name } } })
    return value?.number ?? value?.text ?? null
  }
})

describe('the store', () => {
  it('takes back everything of a transaction that fails, and readers never see half of one', async () => {
    await using store = await openStore()
    const { id } = await store.launch('Half')
    const failing = store.recorder.record(async (facts) => {
      await facts.rename(id, 'Changed')
      expect((await store.runs.requireRun(id)).name).toBe('Half')
      throw new Error('in between')
    })
    await expect(failing).rejects.toThrow('in between')
    expect((await store.runs.requireRun(id)).name).toBe('Half')
    expect(await store.runs.eventsAfter(id, { after: 0 }, 100)).toHaveLength(1)
  })

  it('dates an epoch by when it was trained, stores it once, and says how the run stands', async () => {
    await using store = await openStore()
    const { run, attempt } = await store.start()
    const finishedAt = new Date(Date.now() - 60_000)
    const report = { ...epochReport(1, { trainLoss: 1, validationLoss: null, seconds: 2 }), finishedAt: finishedAt.toISOString() }
    const stored = await store.recorder.report(attempt, report)
    expect(stored).toMatchObject({ epochsCompleted: 1 })
    expect(stored && readLatest(stored)).toEqual({ trainLoss: 1, seconds: 2, totalSeconds: 2 })
    expect(await store.recorder.report(attempt, report)).toMatchObject({ epochsCompleted: 1, lastSeq: stored?.lastSeq })
    expect(await store.runs.eventsAfter(run.id, { after: run.lastSeq }, 100)).toMatchObject([
      {
        kind: 'EPOCH_COMPLETED',
        at: finishedAt,
        payload: { epoch: 1 },
        point: { at: 1, values: { trainLoss: 1, validationLoss: Number.NaN } },
      },
    ])
    await store.recorder.delete([run.id])
    expect(await store.recorder.report(attempt, report)).toBeNull()
  })

  it('reads the events of a run with the row as it is then', async () => {
    await using store = await openStore()
    const { id } = await store.launch('Watched')
    expect(await store.runs.eventsAfter(id, { after: 0 }, 100)).toMatchObject([
      { kind: 'STATUS_CHANGED', payload: { status: 'QUEUED' }, run: { status: 'QUEUED' } },
    ])
    await store.recorder.changeStatus(id, { from: ['QUEUED'], to: 'STOPPED' })
    expect(await store.runs.eventsAfter(id, { after: 0 }, 100)).toMatchObject([
      { run: { status: 'STOPPED' } },
      { run: { status: 'STOPPED' } },
    ])
    expect(await store.recorder.changeStatus(id, { from: ['QUEUED'], to: 'RUNNING' })).toBeNull()
  })
})

describe('the folders of runs', () => {
  it('come back where their rows cannot be deleted, and after a crash in between go or stay with their rows', async () => {
    await using data = await makeDataFolder()
    const folders = new RunFolders({ runsFolder: join(data.path, 'runs'), trashFolder: join(data.path, 'trash') }, pino({ enabled: false }))
    await mkdir(join(data.path, 'trash'))
    await writeFile(join(await folders.create('aaaaaaaaaaaa'), 'worker.log'), 'kept')
    await expect(folders.deleteWith(['aaaaaaaaaaaa'], () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
    expect(existsSync(folders.logOf('aaaaaaaaaaaa'))).toBe(true)

    for (const id of ['bbbbbbbbbbbb', 'cccccccccccc']) await mkdir(join(data.path, 'trash', id))
    await folders.sweepTrash(async (id) => id === 'bbbbbbbbbbbb')
    expect(existsSync(folders.pathOf('bbbbbbbbbbbb'))).toBe(true)
    expect(existsSync(join(data.path, 'trash', 'cccccccccccc'))).toBe(false)
  })

  it('are swept one by one: what cannot be moved or deleted is told, and keeps nothing else from it', async () => {
    await using data = await makeDataFolder()
    const trashFolder = join(data.path, 'trash')
    const logged: { readonly path: string }[] = []
    const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) })
    const folders = new RunFolders({ runsFolder: join(data.path, 'runs'), trashFolder }, log)
    for (const id of ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc']) await mkdir(join(trashFolder, id), { recursive: true })
    // Where the first would be put back there is another.
    await writeFile(join(await folders.create('aaaaaaaaaaaa'), 'worker.log'), 'of another')
    await folders.sweepTrash(async (id) => id !== 'cccccccccccc')
    expect(logged.map(({ path }) => path)).toEqual([join(trashFolder, 'aaaaaaaaaaaa')])
    expect(existsSync(folders.pathOf('bbbbbbbbbbbb'))).toBe(true)
    expect(existsSync(join(trashFolder, 'cccccccccccc'))).toBe(false)
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
