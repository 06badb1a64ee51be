import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { BoundedLog } from '../src/processes/BoundedLog.js'
import { ForkedWorker } from '../src/processes/ForkedWorker.js'

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

  it('says of all that was ever left out how much it was', async () => {
    const log = new BoundedLog(path(), { mostBytes: 4_000 })
    let written = 0
    for (let index = 0; index < 1_000; index++) {
      const line = `line ${index} é`
      written += Buffer.byteLength(line) + 1
      log.write(line)
      await log.stored()
    }
    const lines = (await readFile(path(), 'utf8')).trimEnd().split('\n')
    const gaps = lines.filter((line) => line.includes(' WARNING '))
    expect(gaps).toHaveLength(1)
    const present = lines.filter((line) => !gaps.includes(line)).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
    expect(/WARNING (\d+) bytes/.exec(gaps[0] ?? '')?.[1]).toBe(String(written - present))
  })

  it('is written through no symbolic link, and in place of what a process that died has left', async () => {
    const elsewhere = join(folder, 'elsewhere')
    await writeFile(elsewhere, 'of somebody else')
    await symlink(elsewhere, `${path()}.tmp`)
    const log = new BoundedLog(path(), { mostBytes: 4_000 })
    for (let index = 0; index < 500; index++) {
      log.write(`line ${index}`)
      await log.stored()
    }
    expect(await readFile(path(), 'utf8')).toContain('line 499\n')
    expect(await readFile(elsewhere, 'utf8')).toBe('of somebody else')
    expect((await readdir(folder)).toSorted()).toEqual(['elsewhere', 'worker.log'])
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

  it('has what a process prints as it prints it, whether its lines end or not', async () => {
    const script = join(folder, 'prints.mjs')
    const print = `process.stdout.write('begin\\r\\nübergröße\\n' + 'x'.repeat(100_000))`
    await writeFile(script, `process.on('message', () => process.stdout.write('\\nlast', () => process.exit())); ${print}`)
    const worker = new ForkedWorker<object, unknown>({
      path: script,
      reportSchema: z.unknown(),
      onReport: async () => undefined,
      logPath: path(),
      niceness: 0,
    })
    await expect.poll(() => readFile(path(), 'utf8').catch(() => '')).toMatch(/^begin\nübergröße\nx{4000}…/)
    worker.send({ type: 'end' })
    await worker.ended
    const lines = (await readFile(path(), 'utf8')).trimEnd().split('\n')
    expect(lines.at(-1)).toBe('last')
    const longest = lines.slice(2, -1).map((line) => line.replace(/… \(\d+ more characters\)$/, ''))
    expect(longest.every((line) => /^x*$/.test(line))).toBe(true)
    const told = lines.slice(2, -1).map((line) => Number(/\((\d+) more/.exec(line)?.[1] ?? 0))
    expect(longest.join('').length + told.reduce((sum, count) => sum + count, 0)).toBe(100_000)
  })
})
