import { existsSync, writeFileSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editDatabase } from '../apps/server/test/editDatabase.js'
import { endlessConfig, makeDataFolder, smallConfig, TestServer } from '../apps/server/test/startServer.js'
import { flipBit, namesOf, placeOf } from '../apps/server/test/storedFiles.js'
import { upkeep } from './harness/upkeep.js'

describe('npm run check', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>
  let id: string

  beforeAll(async () => {
    folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: '1' })
    id = await server.launch(smallConfig, 'Damaged')
    await server.untilStatus(id, 'COMPLETED')
  })
  afterAll(() => folder[Symbol.asyncDispose]())

  const check = (...args: string[]) => upkeep('check', args, folder.path)
  const pathOf = (name: string) => join(folder.path, 'runs', id, name)

  it('finds nothing in a lab that trains', async () => {
    await using server = await TestServer.start(folder.path)
    const training = await server.launch(endlessConfig)
    await server.untilEpoch(training, 1)
    for (let look = 0; look < 3; look++) {
      const { code, stdout } = await check()
      expect(stdout).toMatch(/Checked 2 runs with [\d,]+ files of [\d.]+ MB\.\nNothing is lost\.\n$/)
      expect(code).toBe(0)
    }
    await server.data('mutation ($ids: [ID!]!) { purgeRuns(runs: { ids: $ids }) { count } }', { ids: [training] })
  })

  it('looks at all files that are kept beside runs, and says which are made anew', async () => {
    {
      await using server = await TestServer.start(folder.path)
      expect((await fetch(`${server.url}/artifacts/runs/${id}/onnx/0003/encoder.onnx`)).status).toBe(200)
    }
    expect((await check()).stdout).not.toContain('made anew')
    const find = async (kind: string, start: string) => {
      const path = join(folder.path, kind, (await readdir(join(folder.path, kind))).find((name) => name.startsWith(start)) ?? '')
      return { path, content: await readFile(path) }
    }
    const components = await find('components', 'mnist-random-256.')
    const exported = await find('onnx', '')
    const unnamed = join(folder.path, 'components', 'mnist-256.safetensors')
    // Other labs may have the same components by a second name.
    for (const { path } of [components, exported]) await rm(path)
    await writeFile(components.path, components.content.subarray(1))
    await writeFile(exported.path, '')
    await writeFile(unnamed, components.content)
    const { code, stdout } = await check()
    expect(stdout).toContain(`${components.path}: has other content than was written; it is not used, and made anew where it is needed`)
    expect(stdout).toContain(`${exported.path}: has other content than was written`)
    expect(stdout).toContain(`${unnamed}: has no checksum in its name`)
    expect(stdout).toMatch(/Nothing is lost\.\n$/)
    expect(code).toBe(0)
    for (const path of [components.path, exported.path, unnamed]) await rm(path)
  })

  it('finds nothing where npm run retention has removed models, which says first what it would', async () => {
    await using copy = await makeDataFolder()
    await cp(folder.path, copy.path, { recursive: true })
    const retention = (...args: string[]) =>
      upkeep('retention', args, copy.path, { HOURGLASS_RETENTION_MEGABYTES: '0', HOURGLASS_RETENTION_EPOCHS: '2' })
    const what = /models of 1 epoch of 1 run \([\d.]+ MB\)/.source
    expect((await retention()).stdout).toMatch(new RegExp(`would remove ${what}\\. Nothing was changed`))
    expect((await retention('--apply')).stdout).toMatch(new RegExp(`removed ${what}`))
    expect(await retention('--apply')).toMatchObject({ code: 0, stdout: expect.stringContaining('no run that has ended keeps') })
    expect((await upkeep('check', [], copy.path)).stdout).toMatch(/Nothing is lost\.\n$/)
    expect(namesOf(copy.path, id, 'checkpoint')).toHaveLength(2)
  })

  it('says per run what is lost, and fails', async () => {
    await flipBit(folder.path, id, 'checkpoints/0002.safetensors')
    const { path, offset } = placeOf(folder.path, id, 'codes/0003.safetensors')
    await truncate(path, offset + 10)
    const figures = namesOf(folder.path, id, 'figure')
    await rm(placeOf(folder.path, id, figures[0] ?? '').path)
    await rm(pathOf('originals.png'))
    await symlink('/etc/passwd', pathOf('originals.png'))
    const { code, stdout } = await check()
    expect(code).toBe(1)
    expect(stdout).toContain(`Run 1 "Damaged" (${id}):`)
    expect(stdout).toContain('checkpoints/0002.safetensors has other content than was written in packs/10.pack')
    expect(stdout).toMatch(/codes\/0003\.safetensors has 10 bytes in packs\/10\.pack, expected \d+/)
    expect(stdout).toContain(`${figures[0]} is missing: packs/11.pack is gone`)
    expect(stdout).not.toContain('checkpoints/0001')
    expect(stdout).toContain('originals.png is a symbolic link')
    expect(stdout).toContain('models of these epochs are lost')
    expect(stdout).toMatch(/have what epochs left again: launch its configuration again on the machine/)
    expect(stdout).toContain('1 run lacks files.')
  })

  it('names what nobody lists and what is left over, and sweeps that', async () => {
    const old = new Date(Date.now() - 3_600_000)
    const leftover = pathOf('resume/0004.safetensors.123.tmp')
    await writeFile(leftover, 'half')
    await writeFile(pathOf('notes.txt'), 'mine')
    await mkdir(join(folder.path, 'runs', 'nobody'))
    const { stdout } = await check('--sweep')
    expect(stdout).toContain(`${leftover}: left over by a process that was ended`)
    expect(stdout).toContain(`${pathOf('notes.txt')}: no run lists it`)
    expect(stdout).toContain(`${join(folder.path, 'runs', 'nobody')}: no run lists it`)
    // A file that was written to a moment ago may still be.
    await utimes(leftover, old, old)
    const swept = await check('--sweep')
    expect(swept.stdout).toContain('Removed 1 unfinished file.')
    expect(swept.stdout).not.toContain('left over')

    await writeFile(leftover, 'half')
    await utimes(leftover, old, old)
    await using server = await TestServer.start(folder.path)
    await expect.poll(() => server.logLines.map(({ msg }) => msg)).toContain('unfinished files removed')
    expect((await check()).stdout).not.toContain('left over')
  })

  it('does not call left over what a lab that runs is writing', async () => {
    const writing = join(folder.path, 'components', 'mnist-random-256.123.tmp')
    const timer = setInterval(() => writeFileSync(writing, 'more', { flag: 'a' }), 50)
    try {
      await expect.poll(() => existsSync(writing)).toBe(true)
      expect((await check()).stdout).not.toContain('left over')
    } finally {
      clearInterval(timer)
    }
    expect((await check()).stdout).toContain(`${writing}: left over by a process that was ended`)
    await rm(writing)
  })

  it('finds rows that point nowhere and a database that is none', async () => {
    editDatabase(folder.path, (database) => {
      database.pragma('foreign_keys = OFF')
      database.prepare(`INSERT INTO Artifact (runNumber, name, type, bytes) VALUES (99, 'x', 'other', 1)`).run()
    })
    const { code, stdout } = await check()
    expect(code).toBe(1)
    expect(stdout).toMatch(/hourglass\.db: a row of Artifact points to a row of Run that is not there/)
    await using other = await makeDataFolder()
    await writeFile(join(other.path, 'hourglass.db'), 'no database at all, and long enough to be looked at as one'.repeat(100))
    const none = await upkeep('check', [other.path], folder.path)
    expect(none).toMatchObject({ code: 1, stdout: expect.stringContaining('hourglass.db: cannot be read (file is not a database)') })
    // An empty database in the place of the one that is lost.
    await using replaced = await makeDataFolder()
    await (await TestServer.start(replaced.path)).stop()
    await mkdir(join(replaced.path, 'runs', 'abcdefghijkl'))
    const wrong = await upkeep('check', [replaced.path], folder.path)
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringMatching(/hourglass\.db: holds no run, while there are files of 1:/) })
    await using empty = await makeDataFolder()
    const missing = await upkeep('check', [empty.path], folder.path)
    expect(missing).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('expected a data folder with a hourglass.db') })
  })
})
