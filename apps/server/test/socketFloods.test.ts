import { on, once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { connect } from './graphqlSocket.js'
import { frame, isUp, MEGABYTE, memory, open, openSocket, upgrade, waitsBeside } from './rawClients.js'
import { server, useServer } from './useServer.js'

useServer()

/** Writes the same for as long as the other side takes it, until told to stop. */
async function flood(socket: Socket, chunk: Buffer, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !socket.destroyed) {
    if (socket.write(chunk)) await sleep(0)
    else await once(socket, 'drain', { signal }).catch(() => undefined)
  }
}

/** Reads and forgets what comes until the other side ends it, in whatever way. */
const endOf = (socket: Socket) => new Promise((resolve) => socket.resume().once('close', resolve))
const repeat = (part: Buffer, bytes: number) => Buffer.concat(Array.from({ length: Math.ceil(bytes / part.length) }, () => part))
const message = (value: unknown) => frame(1, Buffer.from(JSON.stringify(value)))
const subscription = (id: string, query: string, variables = {}) => ({ id, type: 'subscribe', payload: { query, variables } })
/** A document that nobody else has sent. */
const documentOf = (name: string) => `subscription ${name} { runsChanged { __typename } }`

/** The next message of a socket that is about an operation. */
async function nextOf(socket: WebSocket, id: string): Promise<unknown> {
  // Several messages may come at once.
  for await (const [data] of on(socket, 'message', { signal: AbortSignal.timeout(240_000) })) {
    const received = JSON.parse(String(data)) as { readonly id?: string }
    if (received.id === id) return received
  }
  throw new Error(`No message about ${id} came.`)
}

describe('sockets of one client that send as fast as they can', () => {
  it.each([
    ['192.0.3.1', 'small messages', message({ type: 'pong' })],
    ['192.0.3.2', 'large messages', message({ type: 'pong', payload: { numbers: Array.from({ length: 30_000 }, (_, index) => index) } })],
    ['192.0.3.3', 'pings', frame(9, Buffer.alloc(0))],
    ['192.0.3.4', 'ends of operations', message({ id: 'nothing', type: 'complete' })],
  ])('keep nobody else waiting for long: %s %s', async (address, _, part) => {
    const sockets = await Promise.all(Array.from({ length: 60 }, () => openSocket({ 'X-Forwarded-For': address })))
    // What is sent to it is read, so that nothing else slows it down.
    for (const socket of sockets) socket.resume()
    let waits: number[]
    try {
      waits = await waitsBeside((stop) => sockets.map((socket) => flood(socket, repeat(part, 512 * 1024), stop)), 10)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
    // Nobody waits for all that was sent.
    expect(Math.max(...waits)).toBeLessThan(3_000)
    expect(await isUp()).toBe(true)
  })
})

describe('messages of a socket', () => {
  it('may be as large as requests over HTTP, and no larger', async () => {
    await using socket = await connect('192.0.2.2')
    socket.send(JSON.stringify(subscription('large', '{ lab { version } }', { ignored: 'x'.repeat(4 * MEGABYTE - 200) })))
    expect(await nextOf(socket, 'large')).toMatchObject({ type: 'next', payload: { data: { lab: {} } } })
    socket.send(JSON.stringify(subscription('larger', '{ lab { version } }', { ignored: 'x'.repeat(4 * MEGABYTE) })))
    expect((await once(socket, 'close'))[0]).toBe(1009)
  })

  it('that come in more parts than any are refused before they fill memory', async () => {
    const before = await memory()
    const part = Buffer.from(frame(0, Buffer.from('x')))
    part[0] = 0
    const first = Buffer.from(part)
    first[0] = 1
    const sockets = await Promise.all(Array.from({ length: 50 }, () => openSocket({ 'X-Forwarded-For': '192.0.2.3' })))
    const ends = sockets.map((socket) => endOf(socket))
    for (const socket of sockets) socket.write(Buffer.concat([first, repeat(part, 512 * 1024)]))
    await Promise.all(ends)
    expect((await memory()) - before).toBeLessThan(100 * MEGABYTE)
    expect(await isUp()).toBe(true)
  })

  it('that are not whole count as what their client has sent, as bodies do', async () => {
    const begin = frame(1, Buffer.alloc(3 * MEGABYTE)).subarray(0, 2 * MEGABYTE)
    const before = await memory()
    const sockets = await Promise.all(Array.from({ length: 60 }, () => openSocket({ 'X-Forwarded-For': '192.0.2.4' })))
    const ends = sockets.map((socket) => endOf(socket))
    for (const socket of sockets) socket.write(begin)
    // Of 32 MB that one may have under way, 15 or 16 have their two each.
    let ended = 0
    for (const end of ends) void end.then(() => ended++)
    await expect.poll(() => ended, { timeout: 30_000 }).toBeGreaterThanOrEqual(44)
    await sleep(500)
    expect(ended).toBeLessThan(60)
    expect((await memory()) - before).toBeLessThan(300 * MEGABYTE)
    for (const socket of sockets) socket.destroy()
    await using socket = await connect('192.0.2.4')
    socket.send(JSON.stringify(subscription('later', '{ lab { version } }')))
    expect(await nextOf(socket, 'later')).toMatchObject({ type: 'next' })
  })
})

describe('what a client follows', () => {
  it('are so many different documents, each by as many as like', async () => {
    await using socket = await connect('192.0.2.5')
    const answers = (id: string) => nextOf(socket, id)
    for (let index = 0; index < 50; index++) socket.send(JSON.stringify(subscription(`s${index}`, documentOf(`D${index}`))))
    socket.send(JSON.stringify(subscription('again', documentOf('D7'))))
    const refused = answers('further')
    socket.send(JSON.stringify(subscription('further', documentOf('Further'))))
    expect(await refused).toMatchObject({
      type: 'error',
      payload: [
        {
          message: expect.stringContaining('at most 50 different documents of open subscriptions'),
          extensions: { code: 'TOO_MANY_REQUESTS' },
        },
      ],
    })
    // Somebody else has as many.
    await using other = await connect('192.0.2.6')
    const answered = nextOf(other, 'version')
    other.send(JSON.stringify(subscription('other', documentOf('Other'))))
    other.send(JSON.stringify(subscription('version', '{ lab { version } }')))
    expect(await answered).toMatchObject({ type: 'next' })
    socket.send('{"id":"again","type":"complete"}')
    socket.send('{"id":"s0","type":"complete"}')
    const ended = answers('version')
    socket.send(JSON.stringify(subscription('freed', documentOf('Freed'))))
    socket.send(JSON.stringify(subscription('version', '{ lab { version } }')))
    expect(await ended).toMatchObject({ type: 'next' })
    const full = answers('full')
    socket.send(JSON.stringify(subscription('full', documentOf('Full'))))
    expect(await full).toMatchObject({ type: 'error' })
  })
})

describe('what is refused over and over', () => {
  it('is written once in the log, and then how often', async () => {
    await using socket = await connect('192.0.2.7')
    for (let index = 0; index < 50; index++) socket.send(JSON.stringify(subscription(`s${index}`, documentOf(`D${index}`))))
    for (let index = 0; index < 1_000; index++) {
      const refused = nextOf(socket, `more${index}`)
      socket.send(JSON.stringify(subscription(`more${index}`, documentOf(`More${index}`))))
      expect(await refused).toMatchObject({ type: 'error' })
    }
    // What was refused takes no place of what is not.
    socket.send('{"id":"s0","type":"complete"}')
    const refusals: unknown[] = []
    socket.on('message', (data) => {
      if (JSON.parse(String(data)).type === 'error') refusals.push(String(data))
    })
    const answered = nextOf(socket, 'version')
    socket.send(JSON.stringify(subscription('after', documentOf('After'))))
    socket.send(JSON.stringify(subscription('version', '{ lab { version } }')))
    expect(await answered).toMatchObject({ type: 'next' })
    expect(refusals).toEqual([])
    const lines = () => server.logLines.filter(({ limit }) => limit === 'documents').filter(({ address }) => address === '192.0.2.7')
    await expect.poll(lines, { timeout: 30_000 }).toHaveLength(2)
    expect(lines()).toMatchObject([{ msg: 'operation refused' }, { msg: 'operations refused again', times: 999, seconds: 10 }])
  })

  it('is written once where it is a message that is too large, or a socket at a wrong place', async () => {
    for (let index = 0; index < 20; index++) {
      await using socket = await connect('192.0.2.8')
      const closed = once(socket, 'close', { signal: AbortSignal.timeout(240_000) })
      socket.send('x'.repeat(4 * MEGABYTE + 1))
      expect((await closed)[0]).toBe(1009)
    }
    for (let index = 0; index < 20; index++) {
      const socket = await open()
      socket.write(upgrade('/elsewhere', { 'X-Forwarded-For': '192.0.2.8' }))
      await endOf(socket)
    }
    const lines = () =>
      server.logLines.filter(({ address, msg }) => address === '192.0.2.8' && /sockets? (failed|refused)/.test(String(msg)))
    await expect.poll(lines, { timeout: 30_000 }).toHaveLength(4)
    expect(lines()).toMatchObject([
      { msg: 'socket failed' },
      { msg: 'socket refused', code: 'NOT_FOUND' },
      { msg: 'sockets failed again', times: 19 },
      { msg: 'sockets refused again', times: 19 },
    ])
  })
})
