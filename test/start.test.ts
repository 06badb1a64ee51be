import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from './harness/freePort.mjs'
import { query, root, startLab } from './harness/lab.mjs'
import { pidsOf, untilGone } from './harness/processes.js'

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the start script with a setting that it cannot start with. */
function start(
  env: Readonly<Record<string, string>>,
  { nodeArguments = [], given = [] }: { readonly nodeArguments?: readonly string[]; readonly given?: readonly string[] } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...nodeArguments, 'scripts/start.mjs', ...given], { cwd: root, env: { ...process.env, ...env } })
  const ended = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    ended.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    ended.stderr += chunk
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...ended })))
}

const sentences = (text: string) => text.trim().split('\n')

/** Exit code where a setting or the data is in the way (EX_CONFIG): whoever supervises the lab need not try again. */
const CONFIG = 78

describe('npm start', () => {
  let busy: Server
  let busyPort: number
  let ports: Record<string, string>

  beforeAll(async () => {
    busyPort = await freePort()
    busy = createServer().listen(busyPort, '127.0.0.1')
    ports = { PORT: String(await freePort()), HOURGLASS_API_PORT: String(await freePort()) }
  })
  afterAll(() => busy.close())

  it('ends the lab when npm is asked to end', async () => {
    const data = mkdtempSync(join(tmpdir(), 'hourglass-npm-'))
    const env = { ...process.env, ...ports, HOURGLASS_DEMO: '0', HOURGLASS_DATA: data }
    const npm = spawn('npm', ['start'], { cwd: root, env, stdio: 'ignore' })
    const answers = () =>
      fetch(`http://127.0.0.1:${ports.HOURGLASS_API_PORT}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    await expect.poll(answers).toBe(true)
    const pids = () => [...pidsOf(data, 'listening'), ...pidsOf(data, 'dashboard listening')]
    await expect.poll(pids).toHaveLength(2)
    const listening = pids()
    npm.kill('SIGTERM')
    await untilGone(...listening)
    expect(await answers()).toBe(false)
    rmSync(data, { recursive: true, force: true, maxRetries: 5 })
  })

  it.each(['PORT', 'HOURGLASS_API_PORT'])('says in one sentence that %s is busy', async (variable) => {
    const { code, stderr } = await start({ ...ports, [variable]: String(busyPort) })
    expect(code).toBe(CONFIG)
    expect(sentences(stderr)).toEqual([
      `Port ${busyPort} is in use. Set ${variable} to a free one, for example: ${variable}=${busyPort + 10} npm start`,
    ])
  })

  it('says in one sentence that it takes no arguments', async () => {
    const { code, stderr } = await start(ports, { given: ['--help'] })
    expect(code).toBe(CONFIG)
    expect(sentences(stderr)).toEqual([
      'Expected no arguments, got --help. Settings are environment variables, which README.md lists: PORT=3001 npm start',
    ])
  })

  it('says in one sentence that a port is not a port', async () => {
    const { code, stderr } = await start({ ...ports, PORT: '80000' })
    expect(code).toBe(CONFIG)
    expect(sentences(stderr)).toEqual(['PORT must be a port number from 1 to 65535, got "80000".'])
  })

  it('says in one sentence that the dashboard and the API cannot share a port', async () => {
    const { code, stderr } = await start({ ...ports, PORT: ports.HOURGLASS_API_PORT ?? '' })
    expect(code).toBe(CONFIG)
    expect(sentences(stderr)).toEqual([
      `PORT and HOURGLASS_API_PORT are both ${ports.HOURGLASS_API_PORT}. Set one of them to another port.`,
    ])
  })

  it('says in one sentence that the address is not one of this machine', async () => {
    const { code, stderr } = await start({ ...ports, HOURGLASS_HOST: '203.0.113.1' })
    expect(code).toBe(CONFIG)
    expect(sentences(stderr)).toHaveLength(1)
    expect(stderr).toContain('Set HOURGLASS_HOST to one of this machine')
  })

  it.each([
    ['lies below a file', join(root, 'package.json', 'data'), 'ENOTDIR'],
    ['lies where nothing can be made', '/proc/hourglass/data', 'ENOENT'],
  ])('says in one sentence that the data folder %s', async (_, folder, reason) => {
    const { code, stderr } = await start({ ...ports, HOURGLASS_DATA: folder })
    expect(code).toBe(CONFIG)
    expect(sentences(stderr)).toEqual([`The data folder ${folder} cannot be written (${reason}). Set HOURGLASS_DATA to a folder that can.`])
  })

  it('says in one sentence that Node is too old', async () => {
    const old = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'});Object.defineProperty(process,'version',{value:'v18.20.4'})`
    const { code, stderr } = await start(ports, { nodeArguments: ['--import', old] })
    expect(code).toBe(1)
    expect(sentences(stderr)).toHaveLength(1)
    expect(stderr).toContain('Hourglass needs Node 20.19, 22.12, 24 or newer; this is v18.20.4')
  })

  it('refuses a database that a newer version has written, and leaves it as it was', async () => {
    const data = mkdtempSync(join(tmpdir(), 'hourglass-newer-'))
    {
      await using lab = await startLab({ data })
      await lab.stop()
      const database = new Database(join(data, 'hourglass.db'))
      database
        .prepare(
          "INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ('x', 'x', 1, '29990101000000_future', 1)",
        )
        .run()
      database.close()
      const { code, stderr } = await start({ ...ports, HOURGLASS_DATA: data })
      expect(code).toBe(CONFIG)
      expect(sentences(stderr)).toHaveLength(1)
      expect(stderr).toMatch(/newer/i)
      expect(stderr).toContain('HOURGLASS_DATA')
    }
    rmSync(data, { recursive: true, force: true })
  })

  it('launches one demo run on an empty database, and no second one at the next start', async () => {
    const data = mkdtempSync(join(tmpdir(), 'hourglass-demo-'))
    const names = async (url: string): Promise<unknown> =>
      query(url, '{ runs { totalCount nodes { status config { data { dataset } } } } }')
    for (const _start of ['first', 'second']) {
      const lab = await startLab({ data, env: { HOURGLASS_DEMO: '1' } })
      expect(await names(lab.url)).toMatchObject({ runs: { totalCount: 1, nodes: [{ config: { data: { dataset: 'mnist' } } }] } })
      expect(await lab.stop()).toBe(0)
    }
    rmSync(data, { recursive: true, force: true })
  })
})
