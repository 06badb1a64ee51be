import { cp, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { editDatabase, shortenRun } from '../apps/server/test/editDatabase.js'
import { endlessConfig, makeDataFolder, smallConfig, TestServer } from '../apps/server/test/startServer.js'
import { placeOf } from '../apps/server/test/storedFiles.js'
import { upkeep } from './harness/upkeep.js'

/** Backups under load; HOURGLASS_BACKUPS asks for more. */
const BACKUPS = Number(process.env.HOURGLASS_BACKUPS ?? 4)
const DELETE = 'mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }'
const STOP = 'mutation ($id: ID!) { stopRun(id: $id) { status } }'

it(
  'every backup of a lab that trains is consistent, opens, and its runs go on to the last bit',
  async () => {
    await using folder = await makeDataFolder()
    await using backups = await makeDataFolder()
    const server = await TestServer.start(folder.path, { HOURGLASS_MAX_RUNS: '2' })
    await using _ = server
    const trained = [await server.launch(endlessConfig, 'First'), await server.launch(endlessConfig, 'Second')]
    for (const id of trained) await server.untilEpoch(id, 2)
    const targets: string[] = []
    for (let count = 1; count <= BACKUPS; count++) {
      const target = join(backups.path, String(count))
      // Runs come and go meanwhile.
      const passing = await server.launch(smallConfig, `Passing ${count}`)
      const [made] = await Promise.all([
        upkeep('backup', [target, ...(count % 3 === 0 ? ['--link'] : [])], folder.path),
        server.data(DELETE, { ids: [passing] }),
      ])
      expect(made, made.stdout + made.stderr).toMatchObject({ code: 0, stderr: '' })
      expect(made.stdout).toContain('Nothing is lost.')
      targets.push(target)
    }
    for (const target of targets) {
      const checked = await upkeep('check', [target], folder.path)
      expect(checked.code, checked.stdout).toBe(0)
      expect(checked.stdout).not.toContain('no run lists it')
    }
    for (const id of trained) await server.data(STOP, { id })

    for (const target of targets) {
      await using restored = await makeDataFolder()
      expect(await upkeep('restore', [target, restored.path], folder.path)).toMatchObject({ code: 0, stderr: '' })
      const epochs = trained.map((id) => shortenRun(restored.path, id, { epochsLeft: 2 }))
      await using lab = await TestServer.start(restored.path)
      for (const [index, id] of trained.entries()) {
        const resumed = await lab.untilStatus(id, 'COMPLETED', 'FAILED')
        expect(resumed).toMatchObject({ status: 'COMPLETED', error: null })
        const ofBackup = epochs[index] ?? 0
        const original = await server.untilStatus(id, 'STOPPED')
        const both = Math.min(ofBackup, original.metrics.length)
        expect(resumed.metrics).toHaveLength(ofBackup)
        expect(resumed.metrics.slice(0, both)).toEqual(original.metrics.slice(0, both))
        const log = await readFile(join(restored.path, 'runs', id, 'worker.log'), 'utf8')
        expect(log).toContain(`Continuing after epoch ${ofBackup - 2}`)
      }
      expect(await lab.stop()).toBe(0)
      expect((await upkeep('check', [restored.path], folder.path)).code).toBe(0)
    }
  },
  200_000 + BACKUPS * 100_000,
)

it('a lab is restored only where none is in the way, or else that is kept aside; never while a server uses it', async () => {
  await using folder = await makeDataFolder()
  await using backups = await makeDataFolder()
  const target = join(backups.path, 'kept')
  let server = await TestServer.start(folder.path)
  const id = await server.launch(smallConfig)
  await server.untilStatus(id, 'COMPLETED')
  expect((await upkeep('backup', [target], folder.path)).code).toBe(0)
  expect(await upkeep('backup', [target], folder.path)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('expected a folder that does not exist yet'),
  })
  const ofTheMoment = await upkeep('backup', [], folder.path, { HOURGLASS_BACKUP_FOLDER: join(backups.path, 'many') })
  expect(ofTheMoment.stdout).toContain(`in ${join(backups.path, 'many')}/`)
  expect(await readdir(join(backups.path, 'many'))).toEqual([expect.stringMatching(/^\d{8}T\d{6}Z$/)])
  const later = await server.launch(smallConfig, 'Later')
  await server.untilStatus(later, 'COMPLETED')

  expect(await upkeep('restore', [target], folder.path)).toMatchObject({ code: 1, stderr: expect.stringContaining('add --replace') })
  const busy = await upkeep('restore', [target, '--replace'], folder.path)
  expect(busy).toMatchObject({ code: 1, stderr: expect.stringContaining('Another Hourglass server uses the data folder') })
  expect(await server.stop()).toBe(0)
  const restored = await upkeep('restore', [target, '--replace'], folder.path)
  expect(restored, restored.stderr).toMatchObject({ code: 0, stderr: '' })
  const [, aside = ''] = /What was there is kept in (.+)\.\n/.exec(restored.stdout) ?? []
  expect((await upkeep('check', [aside], folder.path)).stdout).toContain('Checked 2 runs')

  server = await TestServer.start(folder.path)
  await using _ = server
  const { runs } = await server.data<{ runs: { nodes: { id: string }[] } }>('{ runs { nodes { id } } }')
  expect(runs.nodes).toEqual([{ id }])
  expect((await fetch(`${server.url}/artifacts/runs/${id}/checkpoints/0003.safetensors`)).status).toBe(200)
})

it('a backup of a lab that has lost files says so, and so does what is restored of it; what is none is refused', async () => {
  await using folder = await makeDataFolder()
  await using backups = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const id = await server.launch(smallConfig)
  await server.untilStatus(id, 'COMPLETED')
  const { path, offset } = placeOf(folder.path, id, 'checkpoints/0003.safetensors')
  await truncate(path, offset + 7)
  const target = join(backups.path, 'kept')
  const made = await upkeep('backup', [target], folder.path)
  expect(made.code).toBe(1)
  expect(made.stdout).toContain('checkpoints/0003.safetensors has 7 bytes in packs/10.pack')
  const restored = await upkeep('restore', [target, join(backups.path, 'restored')], folder.path)
  expect(restored).toMatchObject({ code: 1, stdout: expect.stringContaining('checkpoints/0003.safetensors has 7 bytes in packs/10.pack') })
  const none = await upkeep('restore', [join(target, 'runs'), join(backups.path, 'none')], folder.path)
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('expected a backup with hourglass.db and runs') })
  expect((await readdir(backups.path)).sort()).toEqual(['kept', 'restored'])
  await symlink(folder.path, join(backups.path, 'link'))
  for (const inside of [join(folder.path, 'backups', 'today'), join(backups.path, 'link', 'today')]) {
    const refused = await upkeep('backup', [inside], folder.path)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('expected a folder outside of the data folder') })
  }
  expect(await readdir(folder.path)).not.toContain('backups')
})

it('the copy made before the first try of an upgrade stays, however often that is tried', async () => {
  const fixture = fileURLToPath(new URL('fixtures/data/20261124024519_measure_epochs_and_runs', import.meta.url))
  await using folder = await makeDataFolder()
  await cp(fixture, folder.path, { recursive: true })
  const copies = join(folder.path, 'before-upgrade')
  const copiesThere = async () => (await readdir(copies)).filter((name) => name.endsWith('.db')).sort()
  const spoil = (value: string) => editDatabase(folder.path, (database) => database.exec(value))
  const tables = (path: string) => {
    const database = new SqliteDatabase(path, { readonly: true })
    try {
      return database.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).pluck().all()
    } finally {
      database.close()
    }
  }
  const before = tables(join(folder.path, 'hourglass.db'))
  spoil(`UPDATE EpochMetrics SET seconds = 'no number'`)
  const first: string[] = []
  for (let attempt = 1; attempt <= 6; attempt++) {
    await expect(TestServer.start(folder.path)).rejects.toThrow('server ended with')
    const names = await copiesThere()
    if (attempt === 1) first.push(...names)
    expect(names).toContain(first[0])
    expect(names).toHaveLength(Math.min(4, attempt))
    // A try that was killed leaves half a copy.
    await writeFile(join(copies, `half${attempt}.db.tmp`), 'half')
  }
  expect(first).toHaveLength(1)
  expect(tables(join(copies, first[0] ?? ''))).toEqual(before)

  spoil('UPDATE EarlierEpochMetrics SET seconds = 1')
  await (await TestServer.start(folder.path)).stop()
  const names = await copiesThere()
  expect(names).toEqual([first[0], expect.any(String)])
  expect((await readdir(copies)).sort()).toEqual(names)
  expect(tables(join(copies, first[0] ?? ''))).toEqual(before)
})

it('a database is copied before it is upgraded, the last three copies are kept, and one leads back', async () => {
  const fixture = fileURLToPath(new URL('fixtures/data/20261124024519_measure_epochs_and_runs', import.meta.url))
  await using folder = await makeDataFolder()
  await cp(fixture, folder.path, { recursive: true })
  const copies = join(folder.path, 'before-upgrade')
  for (let upgrade = 1; upgrade <= 4; upgrade++) {
    const server = await TestServer.start(folder.path)
    expect(server.logLines).toContainEqual(expect.objectContaining({ msg: 'database copied before it is upgraded' }))
    expect(await server.stop()).toBe(0)
    const names = (await readdir(copies)).sort()
    expect(names).toHaveLength(Math.min(3, upgrade))
    expect(names.at(-1)).toMatch(/^\d{8}T\d{9}Z-20261124024519_measure_epochs_and_runs\.db$/)
    const back = await upkeep('restore', [join(copies, names.at(-1) ?? ''), '--replace'], folder.path)
    expect(back.stdout).toContain('is of an earlier version of Hourglass')
    expect(editDatabase(folder.path, (database) => database.prepare('SELECT count(*) AS n FROM EpochMetrics').get())).toEqual({
      n: expect.any(Number),
    })
  }
})
