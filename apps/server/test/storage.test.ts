import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { SpaceKeeper } from '../src/storage/SpaceKeeper.js'
import { editDatabase } from './editDatabase.js'
import { epochReport, openStore } from './openStore.js'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'

const STORAGE = `query ($orderBy: StorageOrder, $direction: StorageDirection, $first: Int, $skip: Int) { storage {
  disk { freeBytes totalBytes }
  parts { part files bytes }
  kinds { type files bytes }
  runs(first: $first, skip: $skip, orderBy: $orderBy, direction: $direction) { totalCount nodes { run { id } files bytes kinds { type files bytes } } }
  experiments { totalCount nodes { experiment { id } runs files bytes } } } }`
const EXPERIMENT = `mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id runs { id } } }`

interface Usage {
  readonly files: number
  readonly bytes: number
}

interface Storage {
  readonly storage: {
    readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null
    readonly parts: readonly (Usage & { readonly part: string })[]
    readonly kinds: readonly (Usage & { readonly type: string })[]
    readonly runs: Page<Usage & { readonly run: { readonly id: string }; readonly kinds: readonly (Usage & { readonly type: string })[] }>
    readonly experiments: Page<Usage & { readonly experiment: { readonly id: string }; readonly runs: number }>
  }
}

interface Page<Node> {
  readonly totalCount: number
  readonly nodes: readonly Node[]
}

const sum = (rows: readonly Usage[]) => rows.reduce((total, { bytes }) => total + bytes, 0)

it('tells what runs, experiments, kinds of files, the database and caches take, and what is free', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const withEpochs = (epochs: number) => ({ ...smallConfig, training: { ...smallConfig.training, epochs } })
  const [long, short] = [await server.launch(withEpochs(4)), await server.launch(withEpochs(1))]
  const { launchExperiment } = await server.data<{ launchExperiment: { id: string; runs: { id: string }[] } }>(EXPERIMENT, {
    input: { name: 'Two', runs: [1, 2].map((epochs) => ({ label: `${epochs}`, config: withEpochs(epochs) })) },
  })
  const members = launchExperiment.runs.map(({ id }) => id)
  for (const id of [long, short, ...members]) await server.untilStatus(id, 'COMPLETED')
  const read = async (variables: Record<string, unknown> = {}) => (await server.data<Storage>(STORAGE, variables)).storage

  const storage = await read()
  const listed = editDatabase(folder.path, (database) =>
    database
      .prepare<[], Usage & { id: string }>(
        'SELECT id, count(*) AS files, sum(bytes) AS bytes FROM Artifact JOIN Run ON number = runNumber GROUP BY id',
      )
      .all(),
  )
  expect(storage.runs.totalCount).toBe(4)
  const usages = storage.runs.nodes.map(({ run, files, bytes }) => ({ id: run.id, files, bytes }))
  expect([...usages].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(listed.sort((a, b) => (a.id < b.id ? -1 : 1)))
  expect(usages[0]?.id).toBe(long)
  for (const { bytes, kinds } of storage.runs.nodes) expect(sum(kinds)).toBe(bytes)
  expect(sum(storage.kinds)).toBe(sum(listed))
  expect(storage.kinds.map(({ type }) => type)).toEqual(expect.arrayContaining(['checkpoint', 'codes', 'reconstructions', 'resume']))
  const part = (name: string) => storage.parts.find((other) => other.part === name)
  expect(part('RUNS')).toMatchObject({ bytes: sum(listed) })
  expect(part('DATABASE')?.bytes).toBeGreaterThanOrEqual((await stat(join(folder.path, 'hourglass.db'))).size)
  expect(storage.disk?.freeBytes).toBeGreaterThan(0)
  expect(storage.experiments).toMatchObject({ totalCount: 1, nodes: [{ experiment: { id: launchExperiment.id }, runs: 2 }] })
  expect(storage.experiments.nodes[0]?.bytes).toBe(sum(listed.filter(({ id }) => members.includes(id))))

  const smallest = await read({ orderBy: 'BYTES', direction: 'ASC', first: 2 })
  expect(smallest.runs.nodes.map(({ run }) => run.id)).toEqual(
    [...usages]
      .reverse()
      .slice(0, 2)
      .map(({ id }) => id),
  )
  const second = await read({ first: 1, skip: 1 })
  expect(second.runs).toMatchObject({ totalCount: 4, nodes: [{ run: { id: usages[1]?.id } }] })
  expect((await server.query(STORAGE, { first: 1000 })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')

  await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [long] })
  expect((await read()).runs.nodes.map(({ run }) => run.id)).not.toContain(long)
  expect(sum((await read()).kinds)).toBe(sum(listed.filter(({ id }) => id !== long)))
})

it('the database gets smaller when runs are deleted, while others write to it', async () => {
  await using store = await openStore()
  const { databasePath } = store.folder
  const ids: string[] = []
  for (let count = 0; count < 30; count++) {
    const { run, attempt } = await store.start()
    ids.push(run.id)
    const values = Object.fromEntries(Array.from({ length: 500 }, (_, place) => [`value ${place}`, place]))
    await store.recorder.report(attempt, epochReport(1, values))
  }
  const pages = () =>
    editDatabase(store.folder.databasePath.replace(/\/hourglass\.db$/, ''), (database) =>
      Number(database.pragma('page_count', { simple: true })),
    )
  const before = pages()
  await store.recorder.delete(ids.slice(1))
  expect(pages()).toBe(before)
  await using space = Object.assign(new SpaceKeeper(databasePath, pino({ enabled: false }), 40_960), {
    [Symbol.asyncDispose]: async () => undefined,
  })
  const [, renamed] = await Promise.all([space.wake(), store.recorder.rename(ids[0] ?? '', 'Renamed meanwhile')])
  expect(renamed.name).toBe('Renamed meanwhile')
  expect(pages()).toBeLessThan(before / 2)
  editDatabase(databasePath.replace(/\/hourglass\.db$/, ''), (database) => database.pragma('wal_checkpoint(TRUNCATE)'))
  expect((await stat(databasePath)).size).toBe(pages() * 4096)
  expect(
    editDatabase(databasePath.replace(/\/hourglass\.db$/, ''), (database) => database.pragma('integrity_check', { simple: true })),
  ).toBe('ok')
})
