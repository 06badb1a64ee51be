import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { editDatabase } from '../apps/server/test/editDatabase.js'
import { mainPath, makeDataFolder, smallConfig, TestServer } from '../apps/server/test/startServer.js'
import { root } from './harness/lab.mjs'
import { upkeep } from './harness/upkeep.js'

const KILLS = `--import=${pathToFileURL(join(root, 'test/harness/killAtCall.mjs')).href}`

const namesIn = (folder: string) =>
  editDatabase(folder, (database) => database.prepare<[], string>('SELECT name FROM Run ORDER BY number').pluck().all())

/** Starts a server, and stops it once it listens; resolves with why it does not, or with an empty text. */
async function refusalOf(folder: string): Promise<string> {
  const env = { ...process.env, HOURGLASS_DATA: folder, HOURGLASS_API_PORT: '0', HOURGLASS_DEMO: '0', HOURGLASS_ANALYSIS: '0' }
  const server = spawn(process.execPath, [mainPath], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let refusal = ''
  server.stderr.on('data', (chunk: Buffer) => {
    refusal += chunk.toString()
  })
  server.stdout.on('data', (chunk: Buffer) => chunk.includes('"listening"') && server.kill('SIGTERM'))
  const [code] = await once(server, 'close')
  expect(code).toBe(refusal === '' ? 0 : 78)
  return refusal
}

/** Makes a lab of one run, its backup, and a second run of the lab. */
async function makeLab(lab: string, backup: string): Promise<void> {
  for (const name of ['Of the backup', 'Later']) {
    const server = await TestServer.start(lab)
    await server.untilStatus(await server.launch(smallConfig, name), 'COMPLETED')
    expect(await server.stop()).toBe(0)
    if (name === 'Of the backup') expect((await upkeep('backup', [backup], lab)).code).toBe(0)
  }
}

it.for([
  { place: 'over a lab', had: ['Of the backup', 'Later'], args: ['--replace'] },
  { place: 'into an empty folder', had: [], args: [] },
])(
  'a restore $place that is killed, at whichever change, leaves a lab that is whole or does not start, and restoring again finishes it',
  async ({ had, args }) => {
    await using lab = await makeDataFolder()
    await using others = await makeDataFolder()
    const [backup, folder] = [join(others.path, 'backup'), join(others.path, 'data')]
    await makeLab(lab.path, backup)
    let refused = 0
    let isKilled = true
    for (let at = 1; isKilled; at++) {
      await rm(folder, { recursive: true, force: true })
      if (had.length > 0) await cp(lab.path, folder, { recursive: true })
      const killing = { NODE_OPTIONS: KILLS, HOURGLASS_TEST_KILL_IN: folder, HOURGLASS_TEST_KILL_AT: String(at) }
      isKilled = (await upkeep('restore', [backup, folder, ...args], folder, killing)).code !== 0
      if (!isKilled) expect(at, 'the number of its changes').toBeGreaterThan(12)

      const refusal = await refusalOf(folder)
      if (refusal === '') {
        // Nothing was changed yet, or all has been.
        expect([had, ['Of the backup']]).toContainEqual(namesIn(folder))
        expect(await upkeep('check', [folder], folder)).toMatchObject({ code: 0 })
        continue
      }
      refused++
      expect(refusal).toContain('a restore was interrupted')
      expect(refusal).toContain(`npm run restore -- ${backup} ${folder}`)
      expect(await upkeep('check', [folder], folder)).toMatchObject({ code: 1, stderr: refusal })
      const again = await upkeep('restore', [backup, folder, ...args], folder)
      expect(again).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Nothing is lost.') })
      expect(namesIn(folder)).toEqual(['Of the backup'])
      const [, aside] = /What was there is kept in (.+)\.\n/.exec(again.stdout) ?? []
      expect(aside === undefined).toBe(had.length === 0)
      if (aside === undefined) continue
      expect(namesIn(aside)).toEqual(had)
      expect(await upkeep('check', [aside], folder)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Checked 2 runs'),
      })
    }
    expect(refused).toBeGreaterThan(8)
    expect(await refusalOf(folder)).toBe('')
  },
)

it('where a restore was interrupted with parts of it in place, another backup has to wait', async () => {
  await using lab = await makeDataFolder()
  await using others = await makeDataFolder()
  const [backup, other, folder] = ['backup', 'other', 'data'].map((name) => join(others.path, name)) as [string, string, string]
  await makeLab(lab.path, backup)
  expect((await upkeep('backup', [other], lab.path)).code).toBe(0)
  for (let at = 18, refusal = ''; !refusal.includes('parts of it are in place'); at++) {
    await rm(folder, { recursive: true, force: true })
    const killing = { NODE_OPTIONS: KILLS, HOURGLASS_TEST_KILL_IN: folder, HOURGLASS_TEST_KILL_AT: String(at) }
    expect((await upkeep('restore', [backup, folder], folder, killing)).code).not.toBe(0)
    refusal = await refusalOf(folder)
  }
  const refused = await upkeep('restore', [other, folder, '--replace'], folder)
  expect(refused.stderr).toContain(`Restore that one first: npm run restore -- ${backup} ${folder}`)
  // All of it is there.
  await rm(backup, { recursive: true })
  expect(await upkeep('restore', [backup, folder], folder)).toMatchObject({ code: 0, stderr: '' })
  expect(await upkeep('restore', [other, folder, '--replace'], folder)).toMatchObject({ code: 0, stderr: '' })
  expect(namesIn(folder)).toEqual(['Of the backup', 'Later'])
})
