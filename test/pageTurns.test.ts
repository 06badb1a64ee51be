import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PageTurns } from '../apps/web/server/PageTurns.mjs'

let server: Server
let turns: PageTurns
/** Requests that have their turn, by path; a test answers them. */
let rendering: Map<string, ServerResponse>
/** What was refused or left, by path. */
let others: string[]
/** Requests that have come. */
let asked: number
let sockets: Socket[]

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = '' } = request
  asked++
  const outcome = await turns.take(request, response)
  if (outcome === 'turn') rendering.set(url, response)
  else others.push(`${outcome} ${url}`)
  if (outcome === 'busy') response.end()
}

beforeEach(async () => {
  turns = new PageTurns({ atOnce: 1, waiting: 3, unread: 2, patience: 20 }, ['10.0.0.0/8'])
  rendering = new Map()
  others = []
  asked = 0
  sockets = []
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  server.closeAllConnections()
  server.close()
})

async function open(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

/** Asks for a path and waits until the server has heard it. */
async function ask(
  path: string,
  { socket, address = '', by = '' }: { socket?: Socket; address?: string; by?: string } = {},
): Promise<Socket> {
  const used = socket ?? (await open())
  const before = asked
  used.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${address ? `X-Forwarded-For: 192.0.2.1, ${address}${by && `, ${by}`}\r\n` : ''}\r\n`,
  )
  await expect.poll(() => asked).toBe(before + 1)
  return used
}

/** Answers what has its turn, and returns what has it next. */
async function next(path: string): Promise<string> {
  const response = rendering.get(path)
  if (!response) throw new Error(`expected ${path} to have its turn, ${[...rendering.keys()]} have`)
  rendering.delete(path)
  response.end('made')
  await expect.poll(() => rendering.size).toBe(1)
  return String([...rendering.keys()])
}

describe('pages that wait to be rendered', () => {
  it('have their turns in the order of their coming, the connections first that were given the fewest', async () => {
    const busy = await ask('/a')
    busy.on('data', () => undefined)
    rendering.get('/a')?.end('made')
    rendering.clear()
    await once(busy, 'data')
    await ask('/b')
    await ask('/again', { socket: busy })
    await ask('/c')
    expect(await next('/b')).toBe('/c')
    expect(await next('/c')).toBe('/again')
  })

  it('have them address by address', async () => {
    await ask('/first')
    for (const path of ['/a1', '/a2']) await ask(path, { address: '192.0.2.7' })
    await ask('/b1', { address: '192.0.2.8' })
    expect(await next('/first')).toBe('/a1')
    expect(await next('/a1')).toBe('/b1')
    expect(await next('/b1')).toBe('/a2')
  })

  it('are told apart by what a trusted proxy on another machine forwards, and not by what any other sends', async () => {
    await ask('/first')
    for (const path of ['/a1', '/a2']) await ask(path, { address: '192.0.2.7', by: '10.1.2.3' })
    await ask('/b1', { address: '192.0.2.8', by: '10.1.2.3' })
    expect(await next('/first')).toBe('/a1')
    expect(await next('/a1')).toBe('/b1')
    expect(await next('/b1')).toBe('/a2')
    for (const path of ['/c1', '/c2']) await ask(path, { address: '192.0.2.9', by: '203.0.113.5' })
    await ask('/d1', { address: '192.0.2.6', by: '203.0.113.5' })
    expect(await next('/a2')).toBe('/c1')
    expect(await next('/c1')).toBe('/c2')
    expect(await next('/c2')).toBe('/d1')
  })

  it('are not rendered when their client has left', async () => {
    await ask('/first')
    const left = await ask('/left')
    await ask('/second')
    left.destroy()
    await expect.poll(() => others).toEqual(['left /left'])
    expect(await next('/first')).toBe('/second')
  })

  it('are refused where too many wait: the last of the address with the most', async () => {
    await ask('/first')
    await ask('/a1', { address: '192.0.2.7' })
    await ask('/a2', { address: '192.0.2.7' })
    await ask('/b1', { address: '192.0.2.8' })
    expect(others).toEqual([])
    await ask('/b2', { address: '192.0.2.9' })
    await expect.poll(() => others).toEqual(['busy /a2'])
  })
})

describe('a page that its client does not read', () => {
  it('lets the next have its turn, and is given up when there are too many of its kind', async () => {
    const unread: Socket[] = []
    for (const path of ['/a', '/b', '/c']) {
      const socket = await ask(path)
      socket.pause()
      unread.push(socket)
      await expect.poll(() => rendering.has(path)).toBe(true)
      rendering.get(path)?.write(Buffer.alloc(64 * 1024 * 1024))
    }
    await ask('/d')
    await expect.poll(() => rendering.has('/d')).toBe(true)
    await expect.poll(() => ['/a', '/b', '/c'].map((path) => rendering.get(path)?.destroyed)).toEqual([true, false, false])
  })
})
