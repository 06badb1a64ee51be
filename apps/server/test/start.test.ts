import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { freePort } from '../../../test/harness/freePort.mjs'
import { openPort } from '../src/api/http/openPort.js'
import { readSettings } from '../src/Settings.js'
import { mainPath, makeDataFolder, TestServer } from './startServer.js'

const portSettings = { host: '127.0.0.1', port: 0, trustedProxies: [], clientLimitFactor: 1 }

describe('settings', () => {
  it('have defaults', () => {
    const settings = readSettings({})
    expect(settings).toMatchObject({ port: 4000, host: '127.0.0.1', demo: true, maxRuns: 1, dataFolder: join(process.cwd(), 'data') })
    expect(settings.threads).toBeGreaterThanOrEqual(1)
  })

  it('list hosts separated by commas or spaces, some of them empty', () => {
    expect(readSettings({ HOURGLASS_ALLOWED_HOSTS: 'api, Lab.example.org ,' }).allowedHosts).toEqual(['api', 'lab.example.org'])
    expect(readSettings({}).allowedHosts).toEqual([])
  })

  it.each(['0.0.0.0', '::', '192.168.1.7', 'lab.lan'])('open the lab to other machines only where that is asked for: %s', (host) => {
    expect(() => readSettings({ HOURGLASS_HOST: host })).toThrow(/Set HOURGLASS_OPEN=1 to allow that/)
    expect(readSettings({ HOURGLASS_HOST: host, HOURGLASS_OPEN: '1' })).toMatchObject({ host, isOpen: true })
    expect(readSettings({ HOURGLASS_HOST: 'localhost', HOURGLASS_OPEN: '1' }).isOpen).toBe(false)
  })

  it('name proxies and limits', () => {
    expect(readSettings({ HOURGLASS_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1'])
    expect(readSettings({ HOURGLASS_CLIENT_LIMITS: '2.5' })).toMatchObject({ clientLimitFactor: 2.5, clientPeriod: 60 })
    expect(readSettings({ HOURGLASS_CLIENT_PERIOD: '5' }).clientPeriod).toBe(5)
  })

  it('share the processors between the runs that train at once', () => {
    expect(readSettings({ HOURGLASS_MAX_RUNS: '64' }).threads).toBe(1)
    expect(readSettings({ HOURGLASS_MAX_RUNS: '2', HOURGLASS_THREADS: '3' })).toMatchObject({ maxRuns: 2, threads: 3 })
  })

  it.each([
    ['HOURGLASS_API_PORT', '70000', 'a port from 0 to 65535'],
    ['HOURGLASS_API_PORT', 'http', 'a port from 0 to 65535'],
    ['HOURGLASS_MAX_RUNS', '0', 'a whole number from 1 to 64'],
    ['HOURGLASS_THREADS', '1.5', 'a whole number from 1 to 256'],
    ['HOURGLASS_STORE_PATIENCE', '0', 'a whole number of seconds from 1 to 86400'],
    ['HOURGLASS_DEMO', 'yes', '0 or 1'],
    ['HOURGLASS_TRUSTED_PROXIES', 'proxy.lan', 'addresses or networks such as 10.0.0.0/8, separated by commas'],
    ['HOURGLASS_CLIENT_LIMITS', '0', 'a number above 0 that multiplies what one client may have, such as 2'],
    ['HOURGLASS_ALLOWED_HOSTS', 'lab.lan:3000', 'host names without ports, separated by commas, or *'],
    ['HOURGLASS_ALLOWED_HOSTS', 'https://lab.lan', 'host names without ports, separated by commas, or *'],
  ])('that are wrong are named: %s=%s', (name, value, expected) => {
    expect(() => readSettings({ [name]: value })).toThrow(`${name}: expected ${expected}, got "${value}".`)
  })
})

describe('a server that cannot start says why in one sentence', () => {
  it('where a setting is wrong', async () => {
    await expectRefusal({ HOURGLASS_MAX_RUNS: 'many' }, /^HOURGLASS_MAX_RUNS: expected a whole number from 1 to 64, got "many"\.$/)
  })

  it('where the data folder cannot be written', async () => {
    await using folder = await makeDataFolder()
    await writeFile(join(folder.path, 'file'), '')
    await expectRefusal({ HOURGLASS_DATA: join(folder.path, 'file', 'data') }, /cannot be written .*HOURGLASS_DATA/)
  })

  it('where the port is taken', async () => {
    await using folder = await makeDataFolder()
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await expectRefusal({ HOURGLASS_DATA: folder.path, HOURGLASS_API_PORT: String(port) }, /^Port \d+ is in use: set HOURGLASS_API_PORT/)
    other.close()
  })

  it('where the database is of a newer version, which it leaves as it is', async () => {
    await using folder = await makeDataFolder()
    await (await TestServer.start(folder.path)).stop()
    const database = new SqliteDatabase(join(folder.path, 'hourglass.db'))
    database
      .prepare(
        `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ('x', 'x', 1, '29990101000000_future', 1)`,
      )
      .run()
    database.close()
    await expectRefusal({ HOURGLASS_DATA: folder.path }, /written by a newer version of Hourglass .*29990101000000_future.*HOURGLASS_DATA/)
  })

  it('where the database is no database', async () => {
    await using folder = await makeDataFolder()
    await mkdir(folder.path, { recursive: true })
    await writeFile(join(folder.path, 'hourglass.db'), 'not a database, but long enough to be read as one '.repeat(100))
    await expectRefusal({ HOURGLASS_DATA: folder.path }, /not a readable SQLite database.*HOURGLASS_DATA/)
  })

  it.each(['missing', 'empty'])('where the database is %s and there are files of runs, of which it changes nothing', async (what) => {
    await using folder = await makeDataFolder()
    const run = join(folder.path, 'runs', 'abcdefghijkl', 'checkpoints')
    await mkdir(run, { recursive: true })
    await writeFile(join(run, '0001.safetensors'), 'x')
    if (what === 'empty') await writeFile(join(folder.path, 'hourglass.db'), '')
    await expectRefusal(
      { HOURGLASS_DATA: folder.path },
      new RegExp(`hourglass\\.db is ${what}, and .*runs has the files of a run: put the database back`),
    )
    expect(await readdir(run)).toEqual(['0001.safetensors'])
  })

  it('where another server uses the data folder', async () => {
    await using folder = await makeDataFolder()
    await using _ = await TestServer.start(folder.path)
    await expectRefusal({ HOURGLASS_DATA: folder.path }, /Another Hourglass server uses the data folder .*HOURGLASS_DATA/)
  })
})

describe('a server that starts', () => {
  it('is healthy, also the second time', async () => {
    await using folder = await makeDataFolder()
    await (await TestServer.start(folder.path)).stop()
    await using server = await TestServer.start(folder.path)
    const health = await fetch(`${server.url}/health`)
    expect(await health.json()).toEqual({
      status: 'ok',
      database: 'ok',
      disk: 'ok',
      workers: 'ok',
      queue: { queued: 0, running: 0, maxRuns: 1 },
      problems: [],
      lab: { name: 'hourglass', version: expect.any(String), dataFolder: folder.path, pid: server.process.pid },
    })
    expect(health.headers.get('keep-alive'), 'longer than a proxy keeps its connections').toBe('timeout=75')
    expect(server.stderr).toBe('')
  })

  it('prints nothing of what Node deprecates in libraries, whichever Node that is', async () => {
    await using folder = await makeDataFolder()
    // What a later Node tells by itself, this one tells when it is asked to.
    await using server = await TestServer.start(folder.path, { NODE_OPTIONS: '--pending-deprecation' })
    expect((await server.query('{ lab { version } }')).errors).toBeUndefined()
    expect(await server.stop()).toBe(0)
    expect(server.stderr).toBe('')
  })

  it('ends by itself when the process that started it is killed, although nobody reads its log any more', async () => {
    await using folder = await makeDataFolder()
    const script = `const { spawn } = await import('node:child_process')
      const child = spawn(process.execPath, [${JSON.stringify(mainPath)}], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
      child.stdout.on('data', (text) => process.stdout.write(text))`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, HOURGLASS_DEMO: '0', HOURGLASS_API_PORT: '0', HOURGLASS_DATA: folder.path },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let output = ''
    parent.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    await expect.poll(() => output).toContain('"msg":"listening"')
    const pid = Number(/"pid":(\d+)/.exec(output)?.[1])
    parent.kill('SIGKILL')
    const isRunning = () => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }
    await expect.poll(isRunning).toBe(false)
  })

  it('answers 503 until it is told what to answer', async () => {
    const open = await openPort(portSettings)
    const http = open.server
    const ask = async () => {
      const { port } = http.address() as AddressInfo
      const response = await fetch(`http://127.0.0.1:${port}/health`)
      return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.text() }
    }
    expect(await ask()).toEqual({ status: 503, retryAfter: '1', body: expect.stringContaining('LAB_STARTING') })
    open.answer = (_, response) => response.end('ready')
    expect(await ask()).toEqual({ status: 200, retryAfter: null, body: 'ready' })
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
  })

  it('closes connections that do not say what they want', async () => {
    const open = await openPort(portSettings, { times: { headersTimeout: 200, connectionsCheckingInterval: 50 } })
    const http = open.server
    open.answer = (_, response) => response.end('ready')
    const { port } = http.address() as AddressInfo
    for (const said of ['', 'GET / HTTP/1.1\r\nHost: lab\r\n']) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.resume()
      const closed = once(socket, 'close')
      socket.write(said)
      await closed
    }
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
    // What is waited for where nobody says otherwise is not what a request may take, which has no end.
    const { server: usual } = await openPort(portSettings)
    expect(usual).toMatchObject({ requestTimeout: 0, headersTimeout: 20_000 })
    await new Promise((resolve) => usual.close(resolve))
  })

  it('answers nothing else before what the last stop interrupted is recovered', async () => {
    await using folder = await makeDataFolder()
    for (let index = 0; index < 500; index++) await mkdir(join(folder.path, 'trash', `deleted${index}`), { recursive: true })
    const port = await freePort()
    const starting = TestServer.start(folder.path, { HOURGLASS_API_PORT: String(port) })
    const answers: { status: number; left: number }[] = []
    while (answers.at(-1)?.status !== 200) {
      const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined)
      if (response) answers.push({ status: response.status, left: (await readdir(join(folder.path, 'trash'))).length })
      else await sleep(5)
    }
    await using _ = await starting
    expect(answers.at(-1)).toEqual({ status: 200, left: 0 })
    expect(answers.slice(0, -1).filter(({ status }) => status !== 503)).toEqual([])
  })
})

async function expectRefusal(environment: Record<string, string>, sentence: RegExp): Promise<void> {
  const child = spawn(process.execPath, [mainPath], {
    env: { ...process.env, HOURGLASS_DEMO: '0', HOURGLASS_API_PORT: '0', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(stderr.trim()).toMatch(sentence)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(code, 'EX_CONFIG: starting it again would be in vain').toBe(78)
}
