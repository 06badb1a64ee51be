import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { freePort } from './harness/freePort.mjs'
import { root } from './harness/lab.mjs'

/** How long a dashboard may take to be there, in milliseconds: a loaded machine needs long. */
const PATIENCE = 240_000
const PAGE = 'GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n'

let api: Server
let dashboard: ChildProcess
let port: number
let output: string
/** What the API was asked for and has not answered to the end. */
let open: Set<string>
let clients: Socket[]

async function start(): Promise<void> {
  open = new Set()
  clients = []
  output = ''
  const [ownPort, apiPort] = [await freePort(), await freePort()]
  port = ownPort
  api = createServer((request, response) => {
    const { url = '' } = request
    open.add(url)
    response.on('close', () => open.delete(url))
    if (url === '/health') response.end('{"status":"ok"}')
    // A file without an end, as one is that nobody reads.
    else if (url === '/artifacts/endless') Readable.from(megabytes()).pipe(response)
    // What pages ask of the lab, each of which would wait for seconds otherwise; a question that does not come to its end has no answer.
    else request.on('end', () => response.end('{"data":{"lab":{"isFresh":false,"isOpen":false}}}')).resume()
  }).listen(apiPort, '127.0.0.1')
  // Upgrades are taken, and neither granted nor refused.
  api.on('upgrade', (request, socket) => {
    const { url = '' } = request
    open.add(url)
    socket.on('error', () => undefined).on('close', () => open.delete(url))
    socket.on('end', () => socket.destroy()).resume()
  })
  await once(api, 'listening')
  dashboard = spawn(process.execPath, ['apps/web/server/serve.mjs'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), HOURGLASS_API_PORT: String(apiPort), HOURGLASS_API_URL: '', HOURGLASS_HOST: '127.0.0.1' },
  })
  for (const stream of [dashboard.stdout, dashboard.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk
    })
  }
  await vi.waitUntil(async () => (await page().catch(() => 0)) === 200, { timeout: PATIENCE, interval: 50 })
}

async function end(): Promise<void> {
  for (const client of clients) client.destroy()
  if (dashboard.exitCode === null && dashboard.signalCode === null) {
    const ended = once(dashboard, 'exit')
    dashboard.kill('SIGKILL')
    await ended
  }
  api.closeAllConnections()
  api.close()
}

const upgradeTo = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`

const page = async (init: RequestInit = {}) => {
  const response = await fetch(`http://127.0.0.1:${port}/`, { ...init, headers: { accept: 'text/html', connection: 'close' } })
  await response.text()
  return response.status
}

function* megabytes() {
  for (;;) yield Buffer.alloc(1024 * 1024)
}

/** Most memory that the dashboard has had, in megabytes. */
const mostMemory = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${dashboard.pid}/status`, 'utf8'))?.[1]) / 1024

/** Connects, sends and reads nothing. */
async function ask(text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined).pause()
  clients.push(socket)
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

/** Reads what comes until the connection ends. */
async function readToEnd(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  socket.resume()
  await once(socket, 'close')
  return text
}

describe.skipIf(process.platform !== 'linux')('a dashboard of which much is asked and nothing read', () => {
  beforeEach(start)
  afterEach(end)

  it('keeps its memory, serves others meanwhile, and has nothing left to do when the askers are gone', async () => {
    const before = mostMemory()
    await Promise.all(Array.from({ length: 60 }, () => ask(PAGE.repeat(200))))
    expect(await page()).toBe(200)
    // Below what one may send ahead: these are answered, one after another.
    await Promise.all(Array.from({ length: 60 }, () => ask(PAGE.repeat(10))))
    expect(await page()).toBe(200)
    for (const client of clients) client.destroy()
    expect(await page()).toBe(200)
    expect(mostMemory() - before).toBeLessThan(400)
    const ended = once(dashboard, 'exit')
    dashboard.kill('SIGTERM')
    expect(await ended, output).toEqual([0, null])
  })

  it('takes no more of a file than its reader does, and leaves the API alone when the reader goes', async () => {
    const before = mostMemory()
    await Promise.all(Array.from({ length: 20 }, () => ask('GET /artifacts/endless HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(10))))
    await expect.poll(() => open.has('/artifacts/endless')).toBe(true)
    await sleep(2_000)
    expect(mostMemory() - before).toBeLessThan(200)
    for (const client of clients) client.destroy()
    await expect.poll(() => open.has('/artifacts/endless')).toBe(false)
  })

  it('keeps nobody waiting for what others send ahead, who come back whenever they are ended', async () => {
    const before = mostMemory()
    let isOver = false
    const chunk = Buffer.from(PAGE.replace('Host', 'X-Forwarded-For: 192.0.2.1\r\nHost').repeat(5_000))
    const flood = () => {
      if (isOver) return
      const client = connect(port, '127.0.0.1')
      clients.push(client)
      client.on('error', () => undefined).once('close', () => setImmediate(flood))
      client.resume().write(chunk)
    }
    for (let index = 0; index < 100; index++) flood()
    const waits: number[] = []
    try {
      for (let read = 0; read < 10; read++) {
        const started = performance.now()
        expect(await page({ signal: AbortSignal.timeout(60_000) })).toBe(200)
        waits.push(performance.now() - started)
      }
    } finally {
      isOver = true
    }
    expect(Math.max(...waits)).toBeLessThan(3_000)
    expect(mostMemory() - before).toBeLessThan(200)
  })
})

describe.skipIf(process.platform !== 'linux')('a dashboard of which some is asked that comes to no end', () => {
  let upgraded: Promise<string>
  let halfAsked: Promise<string>
  beforeAll(async () => {
    await start()
    // What waits for a time out does so while the tests before it go on.
    upgraded = readToEnd(await ask(upgradeTo('/graphql?waited')))
    halfAsked = readToEnd(await ask('GET / HTTP/1.1\r\nHost: local'))
  })
  afterAll(end)

  it('answers what one connection asks for in a row in that order, and ends one that asks far ahead', async () => {
    const names = ['/', '/nowhere', '/experiments', '/health']
    const last = { '/health': 'Connection: close\r\n' }
    const client = await ask(
      names.map((name) => PAGE.replace(' / ', ` ${name} `).replace('Host', `${last[name as '/health'] ?? ''}Host`)).join(''),
    )
    const text = await readToEnd(client)
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '404', '200', '200'])
    expect(text).toContain('{"status":"ok"}')
    expect(await readToEnd(await ask(PAGE.repeat(200)))).toBe('')
  })

  it('answers a page to HEAD without its body, and refuses to take anything for one', async () => {
    const head = await readToEnd(await ask('HEAD / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n'))
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    expect(head).not.toContain('<html')
    for (const method of ['POST', 'PUT', 'DELETE']) {
      // The body never comes to its end.
      const refused = await readToEnd(await ask(`${method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nhello`))
      expect(refused).toMatch(/^HTTP\/1\.1 405 /)
      expect(refused).toMatch(/\r\nAllow: GET, HEAD\r\n/i)
    }
  })

  it('serves other addresses however many requests one has begun and does not send', async () => {
    const post = (address: string) =>
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${address}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`
    const begun = await Promise.all(Array.from({ length: 1_900 }, () => ask(post('192.0.2.1'))))
    const refused = new Set<Socket>()
    const gaveWay = new Set<Socket>()
    for (const socket of begun) {
      socket.once('data', (answer) => {
        if (/^HTTP\/1\.1 429 [\s\S]*Retry-After: 10[\s\S]*TOO_MANY_REQUESTS/.test(String(answer))) refused.add(socket)
        if (String(answer).startsWith('HTTP/1.1 408 ')) gaveWay.add(socket)
      })
      socket.resume()
    }
    // On a slow machine the first have hardly come for so long that they give way before the last are there.
    const held = () => begun.filter((socket) => !socket.closed && !refused.has(socket)).length
    await expect.poll(held).toBeLessThanOrEqual(1_000)
    expect(refused.size + gaveWay.size).toBeGreaterThan(500)
    // Under an address that has nothing, and from this machine itself.
    const other = await ask(PAGE.replace('Host', 'Connection: close\r\nX-Forwarded-For: 192.0.2.2\r\nHost'))
    expect(await readToEnd(other)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await page()).toBe(200)
    // Those for whom there is no place are refused, or have the place of one that has hardly come by then.
    await expect
      .poll(() => output)
      .toMatch(
        /"address":"192\.0\.2\.1","reason":"(the address has as many connections as are left for others|hardly sends what it has begun, where others of its address wait)","count":/,
      )
  })

  it('ends upgrades that the API neither grants nor refuses, and leaves it alone when who asked goes', async () => {
    const client = await ask(upgradeTo('/graphql?left'))
    await expect.poll(() => open.has('/graphql?left')).toBe(true)
    client.destroy()
    await expect.poll(() => open.has('/graphql?left')).toBe(false)
    expect(await upgraded).toMatch(/^HTTP\/1\.1 504 /)
    await expect.poll(() => open.has('/graphql?waited')).toBe(false)
  })

  it('ends connections that begin a request and do not go on', async () => {
    expect(await halfAsked).toMatch(/^HTTP\/1\.1 408 /)
  })
})
