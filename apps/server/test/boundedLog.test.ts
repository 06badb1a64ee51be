import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BoundedLog } from '../src/processes/BoundedLog.js'

let folder: string
const path = () => join(folder, 'worker.log')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-log-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the log of a worker', () => {
  it('goes on where an earlier worker ended, line by line in their order', async () => {
    const first = new BoundedLog(path())
    for (const line of ['one', 'two', 'übergröße']) first.write(line)
    await first.stored()
    const second = new BoundedLog(path())
    second.write('three')
    await second.stored()
    expect(await readFile(path(), 'utf8')).toBe('one\ntwo\nübergröße\nthree\n')
  })

  it('stays within its bound: beginning and end stay whole lines, and what is left out is said', async () => {
    const log = new BoundedLog(path(), { mostBytes: 4_000 })
    for (let index = 0; index < 500; index++) {
      log.write(`line ${index} é`)
      await log.stored()
      if (index % 50 === 0) expect((await readFile(path())).length).toBeLessThanOrEqual(4_000)
    }
    const lines = (await readFile(path(), 'utf8')).trimEnd().split('\n')
    expect(lines[0]).toBe('line 0 é')
    expect(lines.at(-1)).toBe('line 499 é')
    expect(lines.filter((line) => /^\d{4}-.* WARNING \d+ bytes of the log are left out here/.test(line)).length).toBeGreaterThan(0)
    expect(lines.filter((line) => !/^line \d+ é$| WARNING /.test(line))).toEqual([])
    expect(await readdir(folder)).toEqual(['worker.log'])
  })

  it('leaves out what comes faster than it can be written, and says how much', async () => {
    const log = new BoundedLog(path(), { mostBytes: 4_000 })
    for (let index = 0; index < 1_000; index++) log.write(`line ${index}`)
    log.write('x'.repeat(10_000))
    await log.stored()
    const text = await readFile(path(), 'utf8')
    expect(text.startsWith('line 0\n')).toBe(true)
    expect(text).toMatch(/WARNING \d+ lines of the log are left out here/)
    expect(text.length).toBeLessThan(4_000)
  })

  it('cuts endless lines, and costs nothing but its lines where nothing can be written', async () => {
    const log = new BoundedLog(path())
    log.write('x'.repeat(10_000))
    await log.stored()
    expect(await readFile(path(), 'utf8')).toBe(`${'x'.repeat(4_000)}… (6000 more characters)\n`)
    const nowhere = new BoundedLog(join(folder, 'missing', 'worker.log'))
    nowhere.write('lost')
    await nowhere.stored()
  })
})
