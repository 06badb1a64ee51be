import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { freePort } from './harness/freePort.mjs'
import { query, root } from './harness/lab.mjs'
import { openPage } from './harness/openPage.js'

let data: string
let url: string
let env: NodeJS.ProcessEnv
let running: ChildProcess[]

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'hourglass-starting-'))
  const [port, apiPort] = [await freePort(), await freePort()]
  url = `http://localhost:${port}`
  env = { ...process.env, PORT: String(port), HOURGLASS_API_PORT: String(apiPort), HOURGLASS_DATA: data, HOURGLASS_DEMO: '0' }
  running = []
})
afterEach(async () => {
  await Promise.all(running.map(end))
  rmSync(data, { recursive: true, force: true })
})

function run(script: string): ChildProcess {
  const child = spawn(process.execPath, [script], { cwd: root, env, stdio: 'ignore' })
  running.push(child)
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Starts the dashboard alone and waits until it listens. */
async function startDashboard(): Promise<void> {
  run('apps/web/server/serve.mjs')
  await expect
    .poll(() =>
      fetch(url, { headers: { connection: 'close' } }).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200)
}

const startApi = () => run('apps/server/bundle/main.js')
const ask = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, { ...init, headers: { connection: 'close', ...init.headers } })
const post = (body: string) => ask('/graphql', { method: 'POST', body, headers: { 'content-type': 'application/json' } })

describe('a dashboard without its API', () => {
  it('shows that the lab is starting, and becomes the lab', async () => {
    await startDashboard()
    const page = await openPage()
    try {
      await page.goto(`${url}/experiments`)
      await page.getByRole('heading', { name: 'The lab is starting' }).waitFor()
      startApi()
      await page.locator('[data-connection="connected"]').waitFor({ state: 'attached' })
      expect(new URL(page.url()).pathname).toBe('/experiments')
    } finally {
      await page.close()
    }
  })

  it('answers operations with a code and when to come back, and says nothing else of itself', async () => {
    await startDashboard()
    const answer = await post('{"query":"{ lab { version } }"}')
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toEqual({
      errors: [{ message: expect.stringContaining('nothing was changed'), extensions: { code: 'LAB_STARTING' } }],
    })
    const page = await ask('/', { headers: { accept: 'text/html' } })
    expect(page.status).toBe(503)
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(await page.text()).not.toContain(data)
    expect((await (await ask('/health')).json()).lab).toEqual({ name: 'hourglass', dataFolder: data, pid: running[0]?.pid })
  })

  it('refuses WebSockets with 503 and serves them as soon as the API is there', async () => {
    await startDashboard()
    const open = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
        socket.once('open', () => {
          socket.close()
          resolve('open')
        })
        socket.once('error', (error) => resolve(error.message))
      })
    expect(await open()).toBe('Unexpected server response: 503')
    const api = startApi()
    await expect.poll(open).toBe('open')
    api.kill('SIGKILL')
    await once(api, 'exit')
    expect(await open()).toBe('Unexpected server response: 503')
  })
})

describe('what the dashboard hands to the API', () => {
  it('keeps who asks for a file waiting while the API starts, and answers others at once', async () => {
    await startDashboard()
    expect((await post('{}')).status).toBe(503)
    startApi()
    let waited: number
    let status: number
    do {
      const asked = performance.now()
      status = (await ask('/artifacts/runs/aaaaaaaaaaaa/originals.png')).status
      waited = performance.now() - asked
    } while (status === 503 && waited > 25_000)
    expect(status, 'the API knows no such run').toBe(404)
    expect(await query(url, '{ runs { totalCount } }')).toEqual({ runs: { totalCount: 0 } })
  })

  it('is answered for it where it hangs and is asked whether it is well', async () => {
    await startDashboard()
    const api = startApi()
    await expect.poll(async () => (await ask('/health')).status).toBe(200)
    api.kill('SIGSTOP')
    const answer = await ask('/health')
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'API_HANGS' } }], status: 'hanging' })
    api.kill('SIGCONT')
    await expect.poll(async () => (await ask('/health')).status).toBe(200)
  })

  it('is compressed on the way to the browser', async () => {
    await startDashboard()
    startApi()
    await expect.poll(async () => (await ask('/health')).status).toBe(200)
    const response = await post('{"query":"{ __schema { types { name description } } }"}')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    const answer = await response.json()
    expect(answer.data.__schema.types.length).toBeGreaterThan(50)
  })

  it('closes the sockets of a client that is gone, and of an API that is gone', async () => {
    await startDashboard()
    const api = startApi()
    await expect.poll(async () => (await ask('/health')).status).toBe(200)
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(
      `GET /graphql HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    )
    const [head] = await once(socket, 'data')
    expect(String(head)).toMatch(/^HTTP\/1\.1 101 /)
    const closed = once(socket, 'close')
    api.kill('SIGKILL')
    await closed
  })
})
