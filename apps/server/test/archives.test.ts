import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import SqliteDatabase from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Column } from '../src/archives/checkCells.js'
import { mostBytes } from '../src/archives/mostBytes.js'
import { openArchive } from '../src/archives/openArchive.js'
import { selectableTables } from '../src/upkeep/copySelection.js'
import { download, twoLabs, upload, withDatabase } from './archiveLabs.js'
import { endlessConfig, makeDataFolder, smallConfig, type TestServer } from './startServer.js'
import { entriesOf, packed, tarEntry } from './tarFiles.js'

const fixtures = fileURLToPath(new URL('../../../test/fixtures/data', import.meta.url))

const ALL = `query ($id: ID!) { run(id: $id) {
  name status createdAt startedAt finishedAt parameterCount engine datasetHash
  metrics { epoch trainLoss validationLoss seconds } config { data { dataset trainCount } }
  files { name bytes } summary { epochsCompleted bestEpoch imagesPerSecond }
} }`
const HISTORY = 'query ($id: ID!) { run(id: $id) { history { line } } }'

/** Values that something in the lab cannot hold, or that the files of the archive belie. */
const unholdable: readonly (readonly [reason: RegExp, sql: string])[] = [
  [/INTEGER from 0 to 2,147,483,647 in Artifact\.bytes of row .*, got 9007199254740991/, 'UPDATE Artifact SET bytes = 9007199254740991'],
  [/in Artifact\.bytes of row .*, got 2,000,000/, 'UPDATE Artifact SET bytes = 2000000'],
  [/in Artifact\.offset of row .*, got -1/, 'UPDATE Artifact SET "offset" = -1'],
  [/in Artifact\.offset of row .*, got 2,000,000,000/, 'UPDATE Artifact SET "offset" = 2000000000 WHERE pack IS NOT NULL'],
  [/in Artifact\.offset of row .*expected|expected 0 in Artifact\.offset/, 'UPDATE Artifact SET "offset" = 1 WHERE pack IS NULL'],
  [/BLOB of 32 bytes in Artifact\.sha256/, 'UPDATE Artifact SET sha256 = zeroblob(31)'],
  [/DATETIME from 1970 to 9999 in Run\.finishedAt of row 1, got 864/, 'UPDATE Run SET finishedAt = 864000000000000000'],
  [/in Run\.finishedAt/, `UPDATE Run SET finishedAt = '+275760-09-13T00:00:00.000Z'`],
  [/in LabEvent\.at/, 'UPDATE LabEvent SET at = 9e99'],
  [/in Run\.attempt/, 'UPDATE Run SET attempt = 2147483647'],
  [/in Run\.trainCount/, 'UPDATE Run SET trainCount = 4294967296'],
  [/in Run\.parameterCount/, 'UPDATE Run SET parameterCount = 1.5'],
  [/REAL that is finite in RunValue\.number/, 'UPDATE RunValue SET number = 9e999'],
  [/whole bestEpoch in Run\.latest/, `UPDATE Run SET latest = '{"bestEpoch":1.5}'`],
  [/in Run\.latest/, `UPDATE Run SET latest = '{"bestValidationLoss":1e999}'`],
  [/in Run\.config/, `UPDATE Run SET config = printf('%.*c', 5000, '[') || printf('%.*c', 5000, ']')`],
  [/whole numbers up to 2,147,483,647 .* in LabEvent\.payload/, `UPDATE LabEvent SET payload = '{"epoch":9007199254740991}'`],
  [/epoch or step in SeriesChunk\.axis/, `UPDATE SeriesChunk SET axis = 'year'`],
  [/places from 1 to 2 in SeriesChunk\.data/, 'UPDATE SeriesChunk SET last = 2'],
  [/another last in SeriesChunk/, 'UPDATE SeriesChunk SET last = 0'],
  [/another experimentId in Run/, `PRAGMA foreign_keys = OFF; UPDATE Run SET experimentId = 'abcdefghijkl'`],
]

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
    const before = await from.server.data(ALL, { id })
    const archive = await download(from.server, 'run', id)
    const { status, body } = await upload(to.server, archive)
    expect(body).toEqual({ runs: [{ id, number: 2, name: 'A good one' }], experiment: null, lostFiles: 0 })
    expect(status).toBe(201)
    expect(await to.server.data(ALL, { id })).toEqual(before)
    const read = async (server: TestServer) =>
      Buffer.from(await (await fetch(`${server.url}/artifacts/runs/${id}/checkpoints/0003.safetensors`)).arrayBuffer())
    expect(await read(to.server)).toEqual(await read(from.server))
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

  it('that is none, or was tampered with, is refused with the reason, and leaves nothing', async () => {
    await using own = await twoLabs()
    const { from, to } = own
    const id = await from.server.launch(smallConfig)
    await from.server.untilStatus(id, 'COMPLETED')
    const archive = await download(from.server, 'run', id)
    const entries = await entriesOf(archive)
    const renamed = new Map([...entries].map(([name, content]) => [name.replace(/^runs\//, 'runs/../../'), content]))
    const link = tarEntry(`runs/${id}/originals.png`, new Uint8Array(), '/etc/passwd')
    const linked = Buffer.concat([tarEntry('backup.json', entries.get('backup.json') ?? new Uint8Array()), link, Buffer.alloc(1024)])
    const cases: readonly (readonly [reason: RegExp, archive: Uint8Array])[] = [
      [/expected an archive/, Buffer.from('no archive at all')],
      [/expected an archive/, new Uint8Array()],
      [/plain tar file, got one that is compressed \(gzip\)/, gzipSync(archive)],
      [/expected an archive/, archive.subarray(0, Math.floor(archive.byteLength * 0.6))],
      [/holds File "runs\/\.\.\/\.\.\//, packed(renamed)],
      [/holds SymbolicLink/, linked],
      [/without hourglass\.db/, packed(new Map([['backup.json', entries.get('backup.json') ?? Buffer.alloc(0)]]))],
      [/version 1, got another/, packed(new Map(entries).set('backup.json', Buffer.from('{"format":"hourglass-backup","version":2}')))],
      [/SQLite cannot read/, packed(new Map(entries).set('hourglass.db', Buffer.from('no database '.repeat(1_000))))],
      [/got the trigger/, await withDatabase(entries, (db) => db.exec('CREATE TRIGGER t AFTER UPDATE ON Run BEGIN DELETE FROM Run; END'))],
      [
        /newer version/,
        await withDatabase(entries, (db) => db.exec(`UPDATE _prisma_migrations SET migration_name = '29991231000000_later'`)),
      ],
      [/lacks|no such/, await withDatabase(entries, (db) => db.exec('DROP TABLE SeriesChunk'))],
      [
        /expected INTEGER from 0 to 1,000,000 in Run\.epochs of row 1, got "many"/,
        await withDatabase(entries, (db) => db.exec(`UPDATE Run SET epochs = 'many'`)),
      ],
      [
        /RUNNING or STOPPED or COMPLETED or FAILED in Run\.status of row 1, got "GONE"/,
        await withDatabase(entries, (db) => db.exec(`UPDATE Run SET status = 'GONE'`)),
      ],
      [/another id in Run/, await withDatabase(entries, (db) => db.exec(`UPDATE Run SET id = '../../../x'`))],
      [/another name in Artifact/, await withDatabase(entries, (db) => db.exec(`UPDATE Artifact SET name = '../' || name`))],
      [/expected JSONB.* in LabEvent\.payload/, await withDatabase(entries, (db) => db.exec(`UPDATE LabEvent SET payload = '{'`))],
      [/expected DATETIME.* in Run\.createdAt/, await withDatabase(entries, (db) => db.exec(`UPDATE Run SET createdAt = 'soon'`))],
      [
        /at most 8,388,608 bytes in Run\.name, got 30,000,000/,
        await withDatabase(entries, (db) => db.exec(`UPDATE Run SET name = printf('%.*c', 30000000, 'N')`)),
      ],
      [
        /at most 800 bytes in Run\.name of row 1, got 900/,
        await withDatabase(entries, (db) => db.exec(`UPDATE Run SET name = printf('%.*c', 900, 'N')`)),
      ],
      [
        /at most 262,144 bytes in Run\.config/,
        await withDatabase(entries, (db) => db.exec(`UPDATE Run SET config = '"' || printf('%.*c', 300000, 'N') || '"'`)),
      ],
      [
        /in SeriesChunk\.data of row \d+, epoch, \d+, got 5,000,000/,
        await withDatabase(entries, (db) => db.exec('UPDATE SeriesChunk SET data = zeroblob(5000000)')),
      ],
      [
        /another meanSquaredErrors in PcaBaseline/,
        await withDatabase(entries, (db) =>
          db.exec(
            `INSERT OR REPLACE INTO PcaBaseline (id, dataset, trainCount, testCount, meanSquaredErrors, computedAt) VALUES (1, 'mnist', 256, 64, zeroblob(7), 0); UPDATE Run SET pcaBaselineId = 1`,
          ),
        ),
      ],
      ...(await Promise.all(unholdable.map(async ([reason, sql]) => [reason, await withDatabase(entries, (db) => db.exec(sql))] as const))),
      [/the virtual table v/, await withDatabase(entries, (db) => db.exec('CREATE VIRTUAL TABLE v USING fts5(x)'))],
      [
        /the computed column Run\.x/,
        await withDatabase(entries, (db) =>
          db.exec('ALTER TABLE Run ADD COLUMN x TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL'),
        ),
      ],
      [/the computed index i/, await withDatabase(entries, (db) => db.exec('CREATE INDEX i ON Run(lower(name))'))],
      [
        /table Run of this version, got one with other columns/,
        await withDatabase(entries, (db) => db.exec('ALTER TABLE Run ADD COLUMN x TEXT')),
      ],
      [
        /another id in Run/,
        await withDatabase(entries, (db) =>
          db.exec(
            'DROP INDEX "Run_id_key"; CREATE TEMP TABLE t AS SELECT * FROM Run; UPDATE t SET number = 99; INSERT INTO Run SELECT * FROM t',
          ),
        ),
      ],
    ]
    await using scratch = await makeDataFolder()
    for (const [index, [reason, tampered]] of cases.entries()) {
      const path = join(scratch.path, `${index}.tar`)
      await writeFile(path, tampered)
      const told = await openArchive({ archive: path, folder: join(scratch.path, String(index)), portions: join(scratch.path, 'portions') })
      expect(told).toEqual({ type: 'refused', message: expect.stringMatching(reason) })
      expect(JSON.stringify(told)).not.toContain(scratch.path)
    }
    for (const [reason, tampered] of cases.slice(2, 7)) {
      const { status, body } = await upload(to.server, tampered)
      expect({ status, ...body.errors?.[0] }).toMatchObject({
        status: 400,
        message: expect.stringMatching(reason),
        extensions: { code: 'BAD_USER_INPUT' },
      })
      expect(body.errors?.[0]?.message).not.toContain(to.path)
    }
    expect(await to.server.data('{ runs { totalCount } }')).toEqual({ runs: { totalCount: 0 } })
    expect(await readdir(join(to.path, 'runs'))).toEqual([])
    expect(await readdir(join(to.path, 'archives'))).toEqual([])
    expect((await upload(to.server, archive)).status).toBe(201)
  })

  it('says nothing of other runs: what PCA comes to is computed here, and only for data that are not here taken from it', async () => {
    const nowhere = { HOURGLASS_FASHION_MNIST: '/nowhere' }
    await using own = await twoLabs(nowhere)
    const { from, to } = own
    const id = await from.server.launch(smallConfig)
    await from.server.untilStatus(id, 'COMPLETED')
    const BASELINE = 'query ($id: ID!) { run(id: $id) { pcaBaseline { meanSquaredError } } }'
    const read = async (server: TestServer, run: string) =>
      (await server.data<{ run: { pcaBaseline: { meanSquaredError: number } | null } }>(BASELINE, { id: run })).run.pcaBaseline
    const until = async (server: TestServer, run: string) => {
      await expect.poll(() => read(server, run), { timeout: 120_000, interval: 200 }).not.toBeNull()
      return (await read(server, run))?.meanSquaredError
    }
    const honest = await until(from.server, id)
    const entries = await entriesOf(await download(from.server, 'run', id))
    const falsified = (db: InstanceType<typeof SqliteDatabase>) => {
      const errors = new Uint8Array(Float64Array.from({ length: 784 }, () => 1e-9).buffer)
      db.prepare('UPDATE PcaBaseline SET meanSquaredErrors = ?, meanSquaredError = 1e-9').run(errors)
    }
    expect((await upload(to.server, await withDatabase(entries, falsified))).status).toBe(201)
    expect(await until(to.server, id)).toBe(honest)
    await to.server.data('mutation ($id: ID!) { purgeRuns(runs: { ids: [$id] }) { count } }', { id })
    expect(await until(to.server, await to.server.launch(smallConfig))).toBe(honest)

    const ofOtherData = await withDatabase(entries, (db) => {
      falsified(db)
      db.exec(`UPDATE PcaBaseline SET dataset = 'fashion-mnist'`)
      db.exec(`UPDATE Run SET dataset = 'fashion-mnist', config = json_set(config, '$.data.dataset', 'fashion-mnist')`)
    })
    expect((await upload(to.server, ofOtherData)).status).toBe(201)
    expect(await read(to.server, id)).toEqual({ meanSquaredError: 1e-9 })
    const database = new SqliteDatabase(join(to.path, 'hourglass.db'), { readonly: true })
    expect(database.prepare('SELECT dataset FROM PcaBaseline ORDER BY id').pluck().all()).toEqual([
      smallConfig.data.dataset,
      `fashion-mnist of ${id}`,
    ])
    database.close()
  })

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
