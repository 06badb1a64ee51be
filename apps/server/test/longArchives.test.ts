import { readFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../src/archives/openArchive.js'
import { readPortions } from '../src/archives/portionFile.js'
import { download, twoLabs, upload, withDatabase } from './archiveLabs.js'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { entriesOf } from './tarFiles.js'

const EVENTS = 12_000

/** An archive of a run whose history is long, and the id of the run. */
async function longArchive(server: TestServer) {
  const id = await server.launch(smallConfig)
  await server.untilStatus(id, 'COMPLETED')
  const archive = await withDatabase(await entriesOf(await download(server, 'run', id)), (db) =>
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${EVENTS})
      INSERT INTO LabEvent (kind, at, payload, runNumber, deletedId)
      SELECT 'RENAMED', '2026-01-02T03:04:05.000+00:00', json_object('name', printf('%.*c', 150, 'x') || i), (SELECT number FROM Run), 'abcdefghijkl' FROM n`),
  )
  return { id, archive }
}

/** Waits until a server's process that records an archive has begun to write, and returns its id. */
async function untilRecording(server: TestServer): Promise<number> {
  const { pid } = server.process
  const recording = () => {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    return children.find((child) => child !== '' && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('adopter'))
  }
  await expect.poll(recording, { interval: 10 }).toBeDefined()
  const database = new SqliteDatabase(join(server.dataFolder, 'hourglass.db'), { timeout: 0 })
  const isTaken = () => {
    try {
      database.exec('BEGIN IMMEDIATE; ROLLBACK')
      return false
    } catch {
      return true
    }
  }
  await expect.poll(isTaken, { interval: 1 }).toBe(true)
  database.close()
  return Number(recording())
}

function all(folder: string, sql: string): unknown[] {
  const database = new SqliteDatabase(join(folder, 'hourglass.db'), { readonly: true })
  try {
    return database.prepare(sql).pluck().all()
  } finally {
    database.close()
  }
}

async function expectNothing(server: TestServer): Promise<void> {
  expect(all(server.dataFolder, `SELECT count(*) FROM Run UNION ALL SELECT count(*) FROM LabEvent WHERE kind = 'RENAMED'`)).toEqual([0, 0])
  expect(await readdir(join(server.dataFolder, 'runs'))).toEqual([])
  expect(await readdir(join(server.dataFolder, 'archives'))).toEqual([])
}

/** Opens an archive as a server does: what that tells of it comes in portions, none of them large. */
async function expectSmallPortions(archive: Uint8Array): Promise<void> {
  await using scratch = await makeDataFolder()
  const path = join(scratch.path, 'archive.tar')
  const portions = join(scratch.path, 'portions')
  await writeFile(path, archive)
  expect(await openArchive({ archive: path, folder: join(scratch.path, 'data'), portions })).toMatchObject({ type: 'read' })
  const told: number[] = []
  for await (const portion of readPortions(portions)) told.push(JSON.stringify(portion).length)
  expect(told.length).toBeGreaterThan(10)
  expect(Math.max(...told)).toBeLessThan(1_000_000)
}

describe('an archive of a long history', () => {
  it('is told in portions and recorded all at once by a process of its own: nothing of it is there where that, or the server, is killed', async () => {
    await using labs = await twoLabs()
    const { from, to } = labs
    const { id, archive } = await longArchive(from.server)
    await expectSmallPortions(archive)
    const cut = upload(to.server, archive)
    process.kill(await untilRecording(to.server), 'SIGKILL')
    const failed = { message: expect.stringMatching(/process was ended.*Nothing was imported/), extensions: { code: 'ARCHIVE_FAILED' } }
    expect(await cut).toMatchObject({ status: 500, body: { errors: [failed] } })
    await expectNothing(to.server)

    const lost = upload(to.server, archive).catch(() => 'lost')
    await untilRecording(to.server)
    await to.server.kill()
    expect(await lost).toBe('lost')
    await using next = await TestServer.start(to.path)
    await expectNothing(next)

    // Others are answered while it is recorded, and what they change is written behind it.
    const whole = upload(next, archive)
    await untilRecording(next)
    const launched = next.launch(smallConfig, 'Another')
    expect(await next.data('{ runs { totalCount } }')).toEqual({ runs: { totalCount: 0 } })
    expect((await whole).body.runs).toMatchObject([{ id, number: 1 }])
    await launched
    expect(all(to.path, 'SELECT name FROM Run ORDER BY number')).toEqual([expect.any(String), 'Another'])
    expect(all(to.path, `SELECT count(*) FROM LabEvent WHERE kind = 'RENAMED'`)).toEqual([EVENTS])
    expect(all(to.path, 'SELECT count(*) FROM LabEvent WHERE deletedId IS NOT NULL')).toEqual([0])
    const ofRun = 'FROM LabEvent WHERE runNumber = 1'
    expect(all(to.path, 'SELECT lastSeq FROM Run WHERE number = 1')).toEqual(all(to.path, `SELECT max(seq) ${ofRun}`))
  })
})
