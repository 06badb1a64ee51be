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
      SELECT 'RENAMED', 1767323045000, json_object('name', printf('%.*c', 150, 'x') || i), (SELECT number FROM Run), 'abcdefghijkl' FROM n`),
  )
  return { id, archive }
}

/** Halts a server's process that records an archive when it has begun to write, and returns its id. */
async function haltRecording(server: TestServer): Promise<number> {
  const of = server.process.pid
  const recording = () => {
    const children = readFileSync(`/proc/${of}/task/${of}/children`, 'utf8').trim().split(' ')
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
  const pid = Number(recording())
  await expect
    .poll(
      () => {
        const isWriting = isTaken()
        if (isWriting) process.kill(pid, 'SIGSTOP')
        return isWriting
      },
      { interval: 1 },
    )
    .toBe(true)
  database.close()
  return pid
}

function all(folder: string, sql: string): unknown[] {
  const database = new SqliteDatabase(join(folder, 'hourglass.db'), { readonly: true })
  try {
    return database.prepare(sql).pluck().all()
  } finally {
    database.close()
  }
}

/** Sees that an archive is in the lab with all that it holds, or with nothing; deletes it where it is, as it was halted behind its last step. */
async function expectAllOrNothing(server: TestServer): Promise<void> {
  const runs = all(server.dataFolder, 'SELECT id FROM Run')
  const events = all(server.dataFolder, `SELECT count(*) FROM LabEvent WHERE kind = 'RENAMED'`)
  expect(events).toEqual([runs.length * EVENTS])
  expect(await readdir(join(server.dataFolder, 'runs'))).toEqual(runs)
  expect(await readdir(join(server.dataFolder, 'archives'))).toEqual([])
  if (runs.length > 0) await server.data('mutation ($ids: [ID!]!) { purgeRuns(runs: { ids: $ids }) { count } }', { ids: runs })
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
  it('is told in portions and recorded all at once by a process of its own: all of it or nothing is there where that, or the server, is killed', async () => {
    await using labs = await twoLabs()
    const { from, to } = labs
    const { id, archive } = await longArchive(from.server)
    await expectSmallPortions(archive)
    const cut = upload(to.server, archive)
    process.kill(await haltRecording(to.server), 'SIGKILL')
    const failed = { message: expect.stringMatching(/process was ended.*Nothing was imported/), extensions: { code: 'ARCHIVE_FAILED' } }
    const { status, body: answer } = await cut
    if (status === 500) expect(answer.errors).toMatchObject([failed])
    else expect(answer.runs).toMatchObject([{ id }])
    await expectAllOrNothing(to.server)

    const lost = upload(to.server, archive).catch(() => 'lost')
    const halted = await haltRecording(to.server)
    await to.server.kill()
    process.kill(halted, 'SIGCONT')
    expect(await lost).toBe('lost')
    await using next = await TestServer.start(to.path)
    await expectAllOrNothing(next)

    // Others are answered while it is recorded, and what they change is written behind it.
    const whole = upload(next, archive)
    const writing = await haltRecording(next)
    const launched = next.launch(smallConfig, 'Another')
    const { runs } = await next.data<{ runs: { totalCount: number } }>('{ runs { totalCount } }')
    expect(runs.totalCount).toBeLessThan(2)
    process.kill(writing, 'SIGCONT')
    const { number = 0 } = (await whole).body.runs.find((run) => run.id === id) ?? {}
    await launched
    // Which of the two is recorded first is not said.
    expect(all(to.path, `SELECT name FROM Run WHERE id = '${id}'`)).toEqual([expect.any(String)])
    expect(all(to.path, `SELECT name FROM Run WHERE id <> '${id}'`)).toEqual(['Another'])
    expect(all(to.path, `SELECT count(*) FROM LabEvent WHERE kind = 'RENAMED'`)).toEqual([EVENTS])
    expect(all(to.path, 'SELECT count(*) FROM LabEvent WHERE deletedId IS NOT NULL AND runNumber IS NOT NULL')).toEqual([0])
    const ofRun = `FROM LabEvent WHERE runNumber = ${number}`
    expect(all(to.path, `SELECT lastSeq FROM Run WHERE number = ${number}`)).toEqual(all(to.path, `SELECT max(seq) ${ofRun}`))
  })
})
