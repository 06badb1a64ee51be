import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../src/archives/openArchive.js'
import { download, twoLabs, upload, withDatabase } from './archiveLabs.js'
import { makeDataFolder, smallConfig, type TestServer } from './startServer.js'
import { entriesOf, packed, tarEntry } from './tarFiles.js'

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
  [/visible characters in Run\.name of row 1, got/, `UPDATE Run SET name = 'a' || char(0) || 'b'`],
  [/visible characters in Run\.label/, `UPDATE Run SET label = 'a' || char(8238)`],
  [/without U\+0000 in Run\.notes/, `UPDATE Run SET notes = 'a' || char(0)`],
  [/REAL that is finite in RunValue\.number/, 'UPDATE RunValue SET number = 9e999'],
  [/whole bestEpoch in Run\.latest/, `UPDATE Run SET latest = CAST('{"bestEpoch":1.5}' AS BLOB)`],
  [/in Run\.latest/, `UPDATE Run SET latest = CAST('{"bestValidationLoss":1e999}' AS BLOB)`],
  [/in Run\.config/, `UPDATE Run SET config = printf('%.*c', 5000, '[') || printf('%.*c', 5000, ']')`],
  [/whole numbers up to 2,147,483,647 .* in LabEvent\.payload/, `UPDATE LabEvent SET payload = '{"epoch":9007199254740991}'`],
  [/epoch or step in SeriesChunk\.axis/, `UPDATE SeriesChunk SET axis = 'year'`],
  [/places from 1 to 2 in SeriesChunk\.data/, 'UPDATE SeriesChunk SET last = 2'],
  [/another last in SeriesChunk/, 'UPDATE SeriesChunk SET last = 0'],
  [/another experimentId in Run/, `PRAGMA foreign_keys = OFF; UPDATE Run SET experimentId = 'abcdefghijkl'`],
]

describe('an archive', () => {
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
      await expect.poll(() => read(server, run), { interval: 200 }).not.toBeNull()
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
    expect(database.prepare(`SELECT dataset FROM PcaBaseline WHERE dataset LIKE 'fashion-mnist%'`).pluck().all()).toEqual([
      `fashion-mnist of ${id}`,
    ])
    database.close()
  })

  it('of very many files is opened in little memory, and what no run lists of them is not taken in', async () => {
    await using own = await twoLabs()
    const { from, to } = own
    const id = await from.server.launch(smallConfig)
    await from.server.untilStatus(id, 'COMPLETED')
    const entries = new Map(await entriesOf(await download(from.server, 'run', id)))
    for (let index = 0; index < 75_000; index++) entries.set(`runs/${id}/more/${index}`, Buffer.alloc(1))
    expect(await upload(to.server, packed(entries))).toMatchObject({ status: 201, body: { runs: [{ id }], lostFiles: 0 } })
    const filesOf = async (path: string) =>
      (await readdir(join(path, 'runs', id), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort()
    expect(await filesOf(to.path)).toEqual(await filesOf(from.path))
  })
})
