import { readdir, readFile, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import SqliteDatabase from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Column } from '../src/archives/checkCells.js'
import { mostBytes } from '../src/archives/mostBytes.js'
import { selectableTables } from '../src/upkeep/copySelection.js'
import { download, twoLabs, upload } from './archiveLabs.js'
import { endlessConfig, smallConfig, type TestServer } from './startServer.js'
import { packed } from './tarFiles.js'

const fixtures = fileURLToPath(new URL('../../../test/fixtures/data', import.meta.url))

const ALL = `query ($id: ID!) { run(id: $id) {
  name status createdAt startedAt finishedAt parameterCount engine datasetHash
  metrics { epoch trainLoss validationLoss seconds } config { data { dataset trainCount } }
  files { name bytes } landmarks { kind name createdAt epoch code rows classes { to from } } summary { epochsCompleted bestEpoch imagesPerSecond }
} }`
const HISTORY = 'query ($id: ID!) { run(id: $id) { history { line } } }'

describe('an archive', () => {
  let labs: Awaited<ReturnType<typeof twoLabs>>
  beforeAll(async () => {
    labs = await twoLabs()
  })
  afterAll(() => labs?.[Symbol.asyncDispose]())

  it('takes a run to another lab, with its history and its files, to the last byte; and once only', async () => {
    await using own = await twoLabs({ HOURGLASS_ANALYSIS: '1' })
    const { from, to } = own
    await to.server.untilStatus(await to.server.launch(smallConfig), 'COMPLETED')
    const id = await from.server.launch(smallConfig, 'A good one')
    await from.server.untilStatus(id, 'COMPLETED')
    const keep = 'mutation ($id: ID!) { addLandmark(runId: $id, name: "A few", landmark: { selection: [3, 1] }) { id } }'
    await from.server.data(keep, { id })
    const before = await from.server.data(ALL, { id })
    const archive = await download(from.server, 'run', id)
    const { status, body } = await upload(to.server, archive)
    expect(body).toEqual({ runs: [{ id, number: 2, name: 'A good one' }], experiment: null, lostFiles: 0 })
    expect(status).toBe(201)
    expect(await to.server.data(ALL, { id })).toEqual(before)
    const readFrom = async (server: TestServer, name: string) =>
      Buffer.from(await (await fetch(`${server.url}/artifacts/runs/${id}/${name}`)).arrayBuffer())
    const read = (server: TestServer) => readFrom(server, 'checkpoints/0003.safetensors')
    expect(await read(to.server)).toEqual(await read(from.server))
    expect(String(await readFrom(to.server, 'worker.log'))).toMatch(/epoch/)
    expect(await readFrom(to.server, 'worker.log')).toEqual(await readFrom(from.server, 'worker.log'))
    const analysis = 'query ($id: ID!) { run(id: $id) { analysis { at seconds counts { __typename } } } }'
    expect(await to.server.data(analysis, { id })).toEqual(await from.server.data(analysis, { id }))
    const history = async (server: TestServer) =>
      (await server.data<{ run: { history: { line: string }[] } }>(HISTORY, { id })).run.history
        .map(({ line }) => line)
        // Each lab computes its own baselines, when it has time for that.
        .filter((line) => line !== 'Compared with PCA')
    const [there, here] = [await history(from.server), await history(to.server)]
    expect(here.slice(0, -1)).toEqual(there)
    expect(here.at(-1)).toMatch(/^Imported from an archive of \d{4}-\d\d-\d\d$/)

    const again = await upload(to.server, archive)
    expect(again.status).toBe(409)
    expect(again.body.errors).toMatchObject([{ message: expect.stringContaining('"A good one"'), extensions: { code: 'ALREADY_HERE' } }])
    expect(await read(to.server)).toEqual(await read(from.server))
    expect(await to.server.data(ALL, { id })).toEqual(before)
    await to.server.data('mutation ($id: ID!) { purgeRuns(runs: { ids: [$id] }) { count } }', { id })
    expect((await upload(to.server, archive)).body.runs).toMatchObject([{ id, number: 3 }])
    expect(await readdir(join(to.path, 'archives'))).toEqual([])
    expect(await readdir(join(from.path, 'archives'))).toEqual([])
  })

  it('of a run that trains is as it was at one moment: resumed in another lab it has the losses of one that was never away', async () => {
    const { from, to } = labs
    const config = { ...endlessConfig, training: { ...endlessConfig.training, epochs: 40 } }
    const id = await from.server.launch({ ...endlessConfig, training: { ...endlessConfig.training, epochs: 40 } })
    await from.server.untilEpoch(id, 3)
    const { body } = await upload(to.server, await download(from.server, 'run', id))
    expect(body.lostFiles).toBe(0)
    const taken = await to.server.untilStatus(id, 'STOPPED', 'COMPLETED')
    expect(taken.metrics.length).toBeGreaterThanOrEqual(3)
    if (taken.status === 'STOPPED') await to.server.data('mutation ($id: ID!) { resumeRun(id: $id) { status } }', { id })
    const { metrics } = await to.server.untilStatus(id, 'COMPLETED', 'FAILED')
    expect(metrics).toEqual((await from.server.untilStatus(id, 'COMPLETED')).metrics)
    expect(metrics).toHaveLength(config.training.epochs)
  })

  it('takes an experiment along with its runs, whose lists learn of it', async () => {
    const { from, to } = labs
    const launch = `mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id runs { id label } } }`
    const runs = [1, 2].map((latentDimension) => ({
      label: `z = ${latentDimension}`,
      config: { ...smallConfig, architecture: { dense: { latentDimension } } },
    }))
    const { launchExperiment: made } = await from.server.data<{ launchExperiment: { id: string; runs: { id: string; label: string }[] } }>(
      launch,
      {
        input: { name: 'Two sizes', runs },
      },
    )
    for (const { id } of made.runs) await from.server.untilStatus(id, 'COMPLETED')
    await using told = to.server.follow<{ kind: string }>('subscription { experimentsChanged { __typename } }')
    const { body } = await upload(to.server, await download(from.server, 'experiment', made.id))
    expect(body.experiment).toEqual({ id: made.id, name: 'Two sizes' })
    await told.until((items) => items.length > 0)
    const experiment =
      'query ($id: ID!) { experiment(id: $id) { name runs { id label status summary { epochsCompleted validationLoss } } } }'
    expect(await to.server.data(experiment, { id: made.id })).toEqual(await from.server.data(experiment, { id: made.id }))
    const [alone] = made.runs
    await to.server.data('mutation ($id: ID!) { purgeExperiments(ids: [$id]) }', { id: made.id })
    await upload(to.server, await download(from.server, 'run', alone?.id ?? ''))
    const { run } = await to.server.data<{ run: unknown }>('query ($id: ID!) { run(id: $id) { status experiment { id } } }', {
      id: alone?.id,
    })
    expect(run).toEqual({ status: 'COMPLETED', experiment: null })
  })

  it.each(['20261124024519_measure_epochs_and_runs', '20261128071500_list_what_runs_were_measured_with'])(
    'of an earlier version (%s) is opened by this one',
    async (version) => {
      const { server: to } = labs.to
      const manifest = { format: 'hourglass-backup', version: 1, createdAt: new Date().toISOString(), migration: version }
      const entries = new Map<string, Uint8Array>([
        ['backup.json', Buffer.from(JSON.stringify(manifest))],
        ['hourglass.db', await readFile(join(fixtures, version, 'hourglass.db'))],
      ])
      const runs = join(fixtures, version, 'runs')
      for (const file of await readdir(runs, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue
        const path = join(file.parentPath, file.name)
        entries.set(`runs/${path.slice(runs.length + 1)}`, await readFile(path))
      }
      const { body, status } = await upload(to, packed(entries))
      expect(status, JSON.stringify(body)).toBe(201)
      const expected = JSON.parse(await readFile(join(fixtures, version, 'expected.json'), 'utf8')) as { runs: { id: string }[] }
      expect(body.runs.map(({ id }) => id)).toEqual(expect.arrayContaining(expected.runs.map(({ id }) => id)))
      const { runs: page } = await to.data<{ runs: { nodes: { id: string; status: string }[] } }>(
        '{ runs(first: 80) { nodes { id status metrics { epoch } } } }',
      )
      const taken = new Set(body.runs.map(({ id }) => id))
      expect(page.nodes.filter(({ id }) => taken.has(id))).toHaveLength(body.runs.length)
    },
  )

  it('of what the lab does not have is not found; one that lacks a file says so', async () => {
    const { from, to } = labs
    expect((await fetch(`${from.server.url}/archives/runs/abcdefghijkl.tar`)).status).toBe(404)
    expect((await fetch(`${from.server.url}/archives/experiments/abcdefghijkl.tar`)).status).toBe(404)
    const plain = await fetch(`${from.server.url}/archives`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' })
    expect(plain.status).toBe(415)
    const id = await from.server.launch(smallConfig)
    await from.server.untilStatus(id, 'COMPLETED')
    await rm(join(from.path, 'runs', id, 'originals.png'))
    expect((await upload(to.server, await download(from.server, 'run', id))).body.lostFiles).toBe(1)
    const cut = await from.server.launch(smallConfig)
    await from.server.untilStatus(cut, 'COMPLETED')
    const [pack = ''] = await readdir(join(from.path, 'runs', cut, 'packs'))
    await truncate(join(from.path, 'runs', cut, 'packs', pack), 100)
    await truncate(join(from.path, 'runs', cut, 'originals.png'), 100)
    expect(await upload(to.server, await download(from.server, 'run', cut))).toMatchObject({ status: 201, body: { lostFiles: 1 } })
  })

  it('holds rows of every table there is, and of each text and all bytes it is said how long they may be', async () => {
    const database = new SqliteDatabase(join(labs.to.path, 'hourglass.db'), { readonly: true })
    const tables = database
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`)
      .pluck()
      .all()
    expect([...selectableTables].sort()).toEqual(tables.sort())
    const bounded = ['TEXT', 'JSONB', 'BLOB']
    const others = ['INTEGER', 'BOOLEAN', 'REAL', 'DATETIME']
    for (const table of selectableTables.filter((name) => name !== '_prisma_migrations')) {
      for (const column of database.pragma(`table_info("${table}")`) as Column[]) {
        expect([...bounded, ...others]).toContain(column.type)
        expect(mostBytes(table, column) !== null, `${table}.${column.name}`).toBe(bounded.includes(column.type))
      }
    }
    database.close()
  })
})
