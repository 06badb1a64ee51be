import { copyFile, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Database } from '../src/database/Database.js'
import { migrate } from '../src/database/migrate.js'
import { type DataFolder, dataPathsOf } from '../src/database/openDataFolder.js'
import { storeFaultOf } from '../src/database/storeFault.js'
import { shortenRun } from './editDatabase.js'
import { canMount, mountDisk, mountReadOnly } from './mountedFolder.js'
import { epochReport, openStore } from './openStore.js'
import { endlessConfig, makeDataFolder, type RunRow, TestServer } from './startServer.js'

const ofEpochs = (epochs: number) => ({ ...endlessConfig, training: { ...endlessConfig.training, epochs } })
const STOP = 'mutation ($id: ID!) { stopRun(id: $id) { status } }'
const progress = 'subscription ($id: ID!) { runEvents(runId: $id) { ... on Progress { waitingFor { code message } } } }'

interface Progress {
  readonly waitingFor?: { readonly code: string; readonly message: string } | null
}

describe.skipIf(!canMount)('a disk', () => {
  it('that is full pauses training, which goes on to the same losses once there is room', async () => {
    using disk = mountDisk(24)
    await using server = await TestServer.start(disk.path)
    // It cannot end before the disk is full.
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 2)
    await using events = server.follow<Progress>(progress, { id })
    const filler = join(disk.path, 'filler')
    await fill(filler, disk.path)
    const told = await events.until((items) => items.some(({ waitingFor }) => waitingFor))
    expect(told.find(({ waitingFor }) => waitingFor)?.waitingFor).toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/disk that holds the data folder is full\. Free some space/),
    })
    await sleep(1_000)
    const paused = await server.untilStatus(id, 'RUNNING', 'FAILED')
    expect(paused.status).toBe('RUNNING')
    await rm(filler)
    const { metrics, error } = await stopAfter(server, id, paused.metrics.length + 3)
    expect(error).toBeNull()
    const undisturbed = await server.untilStatus(await server.launch(ofEpochs(metrics.length)), 'COMPLETED')
    expect(metrics).toEqual(undisturbed.metrics)
  })

  it('that is full is told of without a break, whatever changes nothing meanwhile', async () => {
    using disk = mountDisk(24)
    await using store = await openStore(disk.path)
    const { state } = store.database
    const { id } = await store.launch()
    const filler = join(disk.path, 'filler')
    await fill(filler, disk.path)
    const told: (string | undefined)[] = []
    state.listen(() => told.push(state.waiting?.code))
    const hasty = store.recorder.within({ milliseconds: 300 })
    for (let index = 0; index < 12; index++) {
      await expect(hasty.rename(id, `Never ${'x'.repeat(90)}`)).rejects.toMatchObject({ code: 'DISK_FULL' })
      await hasty.requireStore()
      await sleep(100)
    }
    expect(told).toEqual(['DISK_FULL'])
    await rm(filler)
    await expect.poll(() => told).toEqual(['DISK_FULL', undefined])
  })

  it('that an archive does not fit takes none of it, and says so', async () => {
    using disk = mountDisk(24)
    await using server = await TestServer.start(disk.path)
    const headers = { 'content-type': 'application/x-tar' }
    const response = await fetch(`${server.url}/archives`, { method: 'POST', headers, body: new Uint8Array(40 * 1024 ** 2) })
    expect(response.status).toBe(507)
    expect(await response.json()).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(/84 MB of free space to take it in .*, got \d+ MB\. Nothing was imported/),
          extensions: { code: 'DISK_FULL' },
        },
      ],
    })
    expect(await readdir(join(disk.path, 'archives'))).toEqual([])
  })

  it('that stays full fails the run with a remedy when its patience is over; it resumes', async () => {
    using disk = mountDisk(24)
    await using server = await TestServer.start(disk.path, { HOURGLASS_STORE_PATIENCE: '2' })
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 2)
    const filler = join(disk.path, 'filler')
    await fill(filler, disk.path)
    await sleep(6_000)
    await rm(filler)
    const { error } = await server.untilStatus(id, 'FAILED')
    expect(error).toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/Free some space.*resume the run/) })
    const epochs = shortenRun(disk.path, id, { epochsLeft: 3 })
    await server.data('mutation ($id: ID!) { resumeRun(id: $id) { status } }', { id })
    expect((await server.untilStatus(id, 'COMPLETED')).metrics).toHaveLength(epochs)
  })

  it('that becomes read-only pauses training until it is writable', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 2)
    await using events = server.follow<Progress>(progress, { id })
    {
      using _ = mountReadOnly(join(folder.path, 'runs'))
      const told = await events.until((items) => items.some(({ waitingFor }) => waitingFor))
      expect(told.find(({ waitingFor }) => waitingFor)?.waitingFor).toMatchObject({ code: 'STORE_READ_ONLY' })
    }
    const { metrics } = await server.untilStatus(id, 'RUNNING', 'FAILED')
    expect((await stopAfter(server, id, metrics.length + 3)).error).toBeNull()
  })

  it('that is read-only where runs would begin keeps them in the queue, each as it is, until it is writable', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const ids: string[] = []
    {
      using _ = mountReadOnly(join(folder.path, 'runs'))
      for (let index = 0; index < 3; index++) ids.push(await server.launch(ofEpochs(2)))
      await expect.poll(() => server.logLines.filter(({ msg }) => msg === 'queue cannot start runs').length).toBeGreaterThan(1)
    }
    for (const id of ids) expect(await server.untilStatus(id, 'COMPLETED', 'FAILED')).toMatchObject({ status: 'COMPLETED', error: null })
  })

  it('that is read-only makes writes of the database wait, and one that loses patience says so', async () => {
    await using folder = await makeDataFolder()
    await (await TestServer.start(folder.path)).stop()
    const path = join(folder.path, 'hourglass.db')
    const database = new Database(path)
    const rename = (signal?: AbortSignal) =>
      database.write((transaction) => transaction.valueKey.create({ data: { name: 'written' } }), {
        milliseconds: signal ? 60_000 : 200,
        signal,
      })
    {
      using _ = mountReadOnly(folder.path)
      await expect(rename()).rejects.toMatchObject({
        code: expect.stringMatching(/^STORE_/),
        message: expect.stringContaining('Nothing was changed'),
      })
    }
    expect(await rename(new AbortController().signal)).toMatchObject({ name: 'written' })
    await database.close()
  })
})

describe('a database', () => {
  it('that loses a table under a running server is written no more, and nothing of it is taken for the run’s fault', async () => {
    await using store = await openStore()
    const { attempt } = await store.start()
    const other = new SqliteDatabase(store.folder.databasePath)
    other.pragma('foreign_keys = OFF')
    other.exec('DROP TABLE SeriesChunk')
    other.close()
    const sentence = { code: 'STORE_FAILED', message: expect.stringMatching(/lacks a table or a column.*restore a copy/) }
    await expect(store.recorder.report(attempt, epochReport(1, { trainLoss: 1 }))).rejects.toMatchObject(sentence)
    expect(store.database.state.damage).toMatchObject({ code: 'STORE_FAILED' })
    await expect(store.launch()).rejects.toMatchObject(sentence)
  })

  it('whose file is taken away or replaced takes no writes, which nobody would find again, until it is back', async () => {
    await using store = await openStore()
    const { databasePath } = store.folder
    const launch = () =>
      store.database.write((transaction) => transaction.valueKey.create({ data: { name: 'written' } }), { milliseconds: 300 })
    const refusal = { code: 'STORE_FAILED', message: expect.stringMatching(/was removed or replaced while the server runs\. Put it back/) }
    await rename(databasePath, `${databasePath}.away`)
    await expect(launch()).rejects.toMatchObject(refusal)
    await copyFile(`${databasePath}.away`, databasePath)
    await expect(launch()).rejects.toMatchObject(refusal)
    await rename(`${databasePath}.away`, databasePath)
    expect(await launch()).toMatchObject({ name: 'written' })
  })

  it('without a table, or with damaged pages, is refused at the start and left as it is', async () => {
    await using folder = await makeDataFolder()
    await (await TestServer.start(folder.path)).stop()
    const path = join(folder.path, 'hourglass.db')
    await copyFile(path, `${path}.good`)
    const edited = new SqliteDatabase(path)
    edited.exec('DROP TABLE Analysis')
    edited.close()
    await expect(migrate(folderOf(folder.path))).rejects.toThrow(/lacks the table Analysis.*restore a copy/)
    await copyFile(`${path}.good`, path)
    const database = new SqliteDatabase(path)
    const pages = database.pragma('page_count', { simple: true }) as number
    database.close()
    const noise = new SqliteDatabase(`${path}.good`).serialize()
    noise.fill(0xa5, 4096 * 3, 4096 * (pages - 2))
    await writeFile(path, noise)
    await expect(migrate(folderOf(folder.path))).rejects.toThrow(
      /(is damaged|cannot be used|is not a readable SQLite database).*restore a copy/,
    )
  })

  it.each([
    ['STORE_BUSY', 'SQLITE_BUSY_SNAPSHOT'],
    ['DISK_FULL', 'SQLITE_FULL'],
    ['DISK_FULL', 'ENOSPC'],
    ['STORE_READ_ONLY', 'SQLITE_READONLY_DBMOVED'],
    ['STORE_READ_ONLY', 'EROFS'],
    ['STORE_FAILED', 'SQLITE_IOERR_FSYNC'],
    ['STORE_FAILED', 'SQLITE_CORRUPT_INDEX'],
    [undefined, 'SQLITE_CONSTRAINT_UNIQUE'],
    [undefined, 'ENOENT'],
  ])('fault is %s: %s', (code, thrown) => {
    expect(storeFaultOf(Object.assign(new Error('thrown'), { code: thrown }))?.code).toBe(code)
    expect(storeFaultOf({ message: 'wrapped', meta: { driverAdapterError: { cause: { originalCode: thrown } } } })?.code).toBe(code)
  })
})

/** Stops a run once it has so many epochs. */
async function stopAfter(server: TestServer, id: string, epochs: number): Promise<RunRow> {
  await server.untilEpoch(id, epochs)
  await server.data(STOP, { id })
  return server.untilStatus(id, 'STOPPED', 'FAILED')
}

/** Leaves no byte of a disk. */
async function fill(path: string, disk: string): Promise<void> {
  const { bavail, bsize } = await statfs(disk)
  for (const size of [bavail * bsize, 1024 ** 2, 65_536, 4_096, 4_096, 4_096]) {
    await writeFile(path, Buffer.alloc(size), { flag: 'a' }).catch(() => undefined)
  }
}

function folderOf(path: string): DataFolder {
  return { ...dataPathsOf(path), release: () => undefined }
}
