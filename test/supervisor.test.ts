import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HangWatch } from '../scripts/HangWatch.mjs'
import { Supervisor } from '../scripts/Supervisor.mjs'
import { openServerLog } from '../scripts/serverLog.mjs'
import { freePort } from './harness/freePort.mjs'
import { root } from './harness/lab.mjs'
import { untilGone } from './harness/processes.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-supervisor-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Supervises a script and keeps what is said of it. */
function supervise(script: string, policy = {}, watch?: { url: string; looks: number; look: number }, triedAgain = 0) {
  const path = join(folder, 'process.mjs')
  writeFileSync(path, script)
  const restarts: string[] = []
  const log: string[] = []
  const reasons: { sentence: string; code: number }[] = []
  let tell: (reason: { sentence: string; code: number }) => void = () => undefined
  const givenUp = new Promise<{ sentence: string; code: number }>((resolve) => {
    tell = resolve
  })
  const supervisor = new Supervisor({
    name: 'lamp',
    args: [path],
    cwd: folder,
    env: process.env,
    log: { path: 'the.log', write: (text) => log.push(String(text)) },
    onRestart: (sentence) => restarts.push(sentence),
    onGiveUp: (reason) => {
      tell(reason)
      return reasons.push(reason) <= triedAgain
    },
    policy: { firstDelay: 1, ...policy },
    ...(watch ? { watch } : {}),
  })
  supervisor.start()
  return { supervisor, restarts, log, givenUp, reasons }
}

describe('a supervised process', () => {
  it('is started again a few times, and then not, with the reason; every line of it is in the log', async () => {
    const { restarts, log, givenUp } = supervise(`console.log('begun'); console.error('the bulb is broken'); process.exit(70)`, { most: 3 })
    const { sentence, code } = await givenUp
    expect(code).toBe(1)
    expect(sentence).toMatch(
      /^The lamp ended unexpectedly 4 times within 10 minutes \(last with exit code 70\), so it is not started again\./,
    )
    expect(sentence).toContain('Its log is the.log. Its last words: the bulb is broken')
    expect(restarts).toHaveLength(3)
    expect(log.join('').match(/begun/g)).toHaveLength(4)
  })

  it('is tried again slowly after it was given up, where that is wanted, and begins anew once it has run stably', async () => {
    const policy = { most: 2, slowDelay: 100 }
    const broken = supervise(`console.log('begun'); process.exit(70)`, policy, undefined, 3)
    await expect.poll(() => broken.reasons.length).toBe(4)
    expect(broken.supervisor.isAlive).toBe(false)
    expect(broken.log.join('').match(/begun/g)).toHaveLength(6)
    expect(broken.restarts).toHaveLength(2)
    const [first, second] = broken.reasons.map(({ sentence }) => sentence)
    expect(first).toContain('ended unexpectedly 3 times')
    expect(second).toMatch(/^The lamp was tried again and ended unexpectedly \(exit code 70\)\. Its log is the\.log\./)

    const passing = supervise(
      `import { appendFileSync, readFileSync } from 'node:fs'
      appendFileSync('count', 'x')
      if (readFileSync('count').length <= 3) process.exit(70)
      setTimeout(() => process.exit(70), 400)`,
      { ...policy, most: 1, within: 300, stableAfter: 300 },
      undefined,
      100,
    )
    await expect.poll(() => passing.restarts.length).toBeGreaterThan(2)
    await passing.supervisor.stop()
  })

  it('is not started again where it says that a setting is in the way', async () => {
    const { restarts, givenUp } = supervise(`console.error('PORT: expected a port, got "x".'); process.exit(78)`)
    expect(await givenUp).toEqual({ sentence: 'PORT: expected a port, got "x".', code: 78 })
    expect(restarts).toEqual([])
  })

  it('waits longer before each new start, and begins anew with one that ran stably', async () => {
    const starts = (log: readonly string[]) => [...log.join('').matchAll(/at (\d+)/g)].map(([, at]) => Number(at))
    const script = `console.log('at ' + Date.now()); process.exitCode = 1`
    const growing = supervise(script, { firstDelay: 150, most: 3 })
    await growing.givenUp
    const [a = 0, b = 0, c = 0, d = 0] = starts(growing.log)
    expect(b - a).toBeGreaterThanOrEqual(150)
    expect(c - b).toBeGreaterThanOrEqual(300)
    expect(d - c).toBeGreaterThanOrEqual(600)
    // With every run counting as stable, the pauses stay what the first one is.
    const stable = supervise(script, { firstDelay: 1, longestDelay: 100_000, stableAfter: 0, most: 20 })
    expect((await stable.givenUp).sentence).toContain('21 times')
  })

  it('ends with whatever it started, when it is killed and when it is stopped', async () => {
    const parent = `import { spawn } from 'node:child_process'
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
      console.log(JSON.stringify({ own: process.pid, child: child.pid }))
      process.on('SIGTERM', () => process.exit(0))`
    const { supervisor, log } = supervise(parent)
    await expect.poll(() => log.length).toBe(1)
    const first: { own: number; child: number } = JSON.parse(log[0] ?? '')
    process.kill(first.own, 'SIGKILL')
    await untilGone(first.child)
    await expect.poll(() => log.length).toBe(2)
    const second: { own: number; child: number } = JSON.parse(log[1] ?? '')
    await supervisor.stop()
    await untilGone(second.own, second.child)
    expect(supervisor.isAlive).toBe(false)
  })

  it.skipIf(process.platform === 'win32')(
    'that runs but answers no more is ended and started again, and not while it starts or is slow',
    async () => {
      const port = await freePort()
      // It accepts connections for longer than a hang takes before it answers any.
      const script = `import { createServer } from 'node:http'
      const since = Date.now()
      const server = createServer(({ url }, response) => {
        if (Date.now() - since <= 1500) return
        response.end('well')
        if (url === '/look') console.log('looked at')
      })
      server.listen(${port}, '127.0.0.1', () => console.log('process ' + process.pid))`
      const url = `http://127.0.0.1:${port}/`
      const { supervisor, restarts, log } = supervise(script, {}, { url: `${url}look`, looks: 4, look: 200 })
      const pids = () => [...log.join('').matchAll(/process (\d+)/g)].map(([, pid]) => Number(pid))
      const answers = async () =>
        fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(500) })
          .then((response) => response.ok)
          .catch(() => false)
      await expect.poll(answers).toBe(true)
      expect(restarts).toEqual([])
      const [first = 0] = pids()
      // It has heard an answer before it looks again.
      await expect.poll(() => log.join('').split('looked at').length - 1).toBeGreaterThan(1)
      process.kill(first, 'SIGSTOP')
      await expect.poll(() => restarts).toEqual([expect.stringContaining('it ran, but answered nothing any more')])
      await untilGone(first)
      await expect.poll(() => pids().length).toBe(2)
      await expect.poll(answers).toBe(true)
      expect(pids()[1]).not.toBe(first)
      expect(restarts).toHaveLength(1)
      await supervisor.stop()
    },
  )

  it('is watched for as long as it runs, and no look leaves anything behind', async () => {
    let looks = 0
    const server = createServer((_, response) => {
      looks++
      response.end('well')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const warnings: string[] = []
    const keep = (warning: Error) => warnings.push(warning.message)
    process.on('warning', keep)
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const watch = new HangWatch({ url, looks: 1_000, look: 100, onHang: () => undefined })
    await expect.poll(() => looks).toBeGreaterThan(14)
    watch.stop()
    expect(warnings).toEqual([])
    process.off('warning', keep)
    server.close()
  })

  it('learns that the process which started it is gone', async () => {
    const { supervisor, log } = supervise(`console.log(process.connected); process.on('disconnect', () => process.exit(0))`)
    await expect.poll(() => log.join('')).toBe('true\n')
    expect(supervisor.isAlive).toBe(true)
    await supervisor.stop()
  })
})

describe('the log of the lab', () => {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')

  it('makes room for itself and keeps so many files', async () => {
    const log = openServerLog(join(folder, 'server.log'), { size: '1K', kept: 2 })
    for (let line = 0; line < 100; line++) log.write(`line ${String(line).padStart(3, '0')} ${'x'.repeat(90)}\n`)
    await log.close()
    expect(existsSync(join(folder, 'server.log.2'))).toBe(true)
    expect(existsSync(join(folder, 'server.log.3'))).toBe(false)
    const kept = read('server.log.2') + read('server.log.1') + read('server.log')
    expect(kept.length).toBeLessThan(4_000)
    const numbers = [...kept.matchAll(/line (\d+)/g)].map(([, number]) => Number(number))
    expect(numbers, 'the newest lines, none of them lost').toEqual(numbers.map((_, index) => 100 - numbers.length + index))
  })

  it('is continued by the next start', async () => {
    for (const text of ['first\n', 'second\n']) {
      const log = openServerLog(join(folder, 'server.log'))
      log.write(text)
      await log.close()
    }
    expect(read('server.log')).toBe('first\nsecond\n')
  })

  it.skipIf(process.platform === 'win32')('lets the lab go on where the disk takes no more, and says so once', () => {
    const script = join(folder, 'write.mjs')
    const log = join(root, 'scripts', 'serverLog.mjs')
    writeFileSync(
      script,
      `const { openServerLog } = await import(${JSON.stringify(log)})
      const log = openServerLog(${JSON.stringify(join(folder, 'server.log'))}, { pause: 5 })
      for (let line = 0; line < 200; line++) {
        log.write('x'.repeat(1000) + '\\n')
        await new Promise((later) => setTimeout(later, 1))
      }
      await log.close()
      console.log('done')`,
    )
    // The system refuses to let files grow beyond 16 blocks.
    const command = `ulimit -f 16; exec "${process.execPath}" "${script}"`
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'done\n' })
    expect(stderr.trim()).toMatch(/^The log .*server\.log cannot be written \(EFBIG\); going on without it\.$/)
    expect(read('server.log').length).toBeGreaterThan(5_000)
  })

  it('begins again after a failure', async () => {
    const path = join(folder, 'missing-until-later', 'server.log')
    writeFileSync(join(folder, 'missing-until-later'), 'a file where the folder is to be')
    const log = openServerLog(path, { pause: 1 })
    log.write('lost\n')
    await new Promise((later) => setTimeout(later, 300))
    rmSync(join(folder, 'missing-until-later'))
    await expect
      .poll(() => {
        log.write('kept\n')
        return existsSync(path) && readFileSync(path, 'utf8').includes('kept')
      })
      .toBe(true)
    await log.close()
  })
})
