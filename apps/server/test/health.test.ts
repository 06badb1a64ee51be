import { rename, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Database } from '../src/database/Database.js'
import { migrate } from '../src/database/migrate.js'
import { openDataFolder } from '../src/database/openDataFolder.js'
import { errorCodes } from '../src/HourglassError.js'
import { LabHealth, type LabHealthOptions } from '../src/health/LabHealth.js'
import { log } from '../src/log.js'
import { RunReader } from '../src/runs/RunReader.js'
import { makeDataFolder, TestServer } from './startServer.js'

/** The health of an empty lab. */
async function openHealth(options: Partial<LabHealthOptions> = {}) {
  const data = await makeDataFolder()
  const folder = await openDataFolder(data.path)
  await migrate(folder)
  const database = new Database(folder.databasePath)
  const health = new LabHealth({
    databasePath: folder.databasePath,
    dataFolder: data.path,
    runs: new RunReader(database),
    store: { waiting: null, damage: null },
    workers: { hangingRuns: () => [], refusal: () => null },
    isModelProcessHanging: () => false,
    unreadSettings: async () => [],
    log: log.child({}, { level: 'silent' }),
    ...options,
  })
  return {
    path: folder.databasePath,
    codes: async () => (await health.read()).problems.map(({ code }) => code),
    queue: async () => {
      const { queued, running } = await health.read()
      return { queued, running }
    },
    messages: async () => (await health.read()).problems.map(({ message }) => message).join('\n'),
    async [Symbol.asyncDispose]() {
      await database.close()
      folder.release()
      await data[Symbol.asyncDispose]()
    },
  }
}

describe('the health of a lab', () => {
  it('is good where nothing is wrong', async () => {
    await using lab = await openHealth()
    expect(await lab.codes()).toEqual([])
  })

  it('names a database that is gone, or another one', async () => {
    await using removed = await openHealth()
    await rename(removed.path, `${removed.path}.away`)
    expect(await removed.codes()).toEqual(['DATABASE_MISSING'])
    expect(await removed.queue()).toEqual({ queued: null, running: null })
    await using replaced = await openHealth()
    await rename(replaced.path, `${replaced.path}.away`)
    new SqliteDatabase(replaced.path).exec('CREATE TABLE other (id)').close()
    expect(await replaced.codes()).toEqual(['DATABASE_MISSING'])
  })

  it('names a database that another program keeps for itself, and none that one writes to for a moment', async () => {
    await using lab = await openHealth()
    const other = new SqliteDatabase(lab.path)
    other.exec('BEGIN IMMEDIATE')
    const look = lab.codes()
    setTimeout(() => other.exec('ROLLBACK'), 300)
    expect(await look).toEqual([])
    await using locked = await openHealth()
    const keeper = new SqliteDatabase(locked.path)
    keeper.exec('BEGIN IMMEDIATE')
    expect(await locked.codes()).toEqual(['DATABASE_LOCKED'])
    expect(await locked.queue()).toEqual({ queued: 0, running: 0 })
    keeper.close()
    other.close()
  })

  it('names a database that is damaged or lacks a table', async () => {
    await using damaged = await openHealth()
    await truncate(damaged.path, 0)
    await writeFile(damaged.path, 'no database, and long enough to be read as one '.repeat(200))
    expect(await damaged.codes()).toEqual(['DATABASE_DAMAGED'])
    await using lacking = await openHealth()
    const other = new SqliteDatabase(lacking.path)
    other.pragma('foreign_keys = OFF')
    other.exec('DROP TABLE Run')
    other.close()
    expect(await lacking.codes()).toEqual(['DATABASE_DAMAGED'])
  })

  it('names a disk with less space than the floor, with both numbers', async () => {
    await using lab = await openHealth({ diskFloor: 1e18 })
    expect(await lab.codes()).toEqual(['DISK_FULL'])
    expect(await lab.messages()).toMatch(/expected at least 1000000000000 MB free, got \d+ MB/)
  })

  it('names a data folder that is gone', async () => {
    await using lab = await openHealth({ dataFolder: '/nowhere/at/all' })
    expect(await lab.codes()).toEqual(['FOLDER_READ_ONLY'])
  })

  it('says what writes wait for, and what never passes before the next start', async () => {
    const fault = { reason: 'the disk is full', remedy: 'Free some space.' }
    const waiting = { code: errorCodes.diskFull, ...fault, mayPass: true, since: new Date() }
    await using waits = await openHealth({ store: { waiting, damage: null } })
    expect(await waits.messages()).toBe('Nothing can be stored: the disk is full. Free some space.')
    await using damaged = await openHealth({ store: { waiting, damage: { ...waiting, code: errorCodes.storeFailed } } })
    expect(await damaged.codes()).toEqual([errorCodes.storeFailed])
  })

  it('names a worker that hangs', async () => {
    await using lab = await openHealth({ workers: { hangingRuns: () => ['abcdefghijkl'], refusal: () => null } })
    expect(await lab.messages()).toContain('The worker of run abcdefghijkl answers nothing')
  })
})

describe('/health', () => {
  it('answers 503 with what is wrong, and its code', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    await rename(join(folder.path, 'hourglass.db'), join(folder.path, 'away.db'))
    const response = await fetch(`${server.url}/health`)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({
      status: 'failing',
      database: 'failing',
      disk: 'ok',
      problems: [{ code: 'DATABASE_MISSING', message: expect.stringContaining('put it back') }],
    })
    await rename(join(folder.path, 'away.db'), join(folder.path, 'hourglass.db'))
    await expect.poll(async () => (await fetch(`${server.url}/health`)).status).toBe(200)
  })

  it('tells nobody outside this machine where the data is', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const ask = async (headers: Record<string, string>) => {
      const { lab } = (await (await fetch(`${server.url}/health`, { headers })).json()) as { lab: unknown }
      return lab
    }
    expect(await ask({ 'x-forwarded-for': '127.0.0.1' })).toMatchObject({ dataFolder: folder.path })
    expect(await ask({ 'x-forwarded-for': '192.0.2.7, 127.0.0.1' })).toEqual({ name: 'hourglass', version: expect.any(String) })
  })
})
