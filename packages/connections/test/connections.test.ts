import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { BoundedRequest, type ConnectionLimits, Connections, type ConnectionsTold } from '../src/index.js'

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
const MEGABYTE = 1024 * 1024

let server: Server
let connections: Connections
/** Requests that came out of the parser. */
let parsed = 0
/** What was said of refused and ended connections. */
let lines: ConnectionsTold[] = []
let sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets = []
  server.closeAllConnections()
  server.close()
})

/** Serves requests that the connections admit. */
async function serve(handler: RequestListener, limits: Partial<ConnectionLimits>): Promise<void> {
  parsed = 0
  server = createServer({ IncomingMessage: BoundedRequest }, async (request, response) => {
    parsed++
    if (await connections.admit(request, response)) handler(request, response)
  })
  lines = []
  connections = new Connections(server, { limits, trustedProxies: ['203.0.113.7'], log: (line) => lines.push(line) })
  await once(server.listen(0, '127.0.0.1'), 'listening')
}

/** Serves as a port that WebSockets are asked for at, too. */
async function servePort(handler: RequestListener, limits: Partial<ConnectionLimits>): Promise<void> {
  await serve(handler, limits)
  server.on('upgrade', (request, _, head) => connections.upgrade(request, head))
}

async function open(text = ''): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

/** Waits until a socket is closed: in order, or with what it had not read. */
const closed = (socket: Socket) => new Promise((resolve) => socket.resume().once('close', resolve))

describe('a connection', () => {
  it('tells every answer under way that it is gone, those that wait behind another too', async () => {
    let begun = 0
    let over = 0
    await serve(
      (_, response) => {
        begun++
        response.once('close', () => over++)
        // The first is never made; those behind it are, and wait.
        if (begun > 1) response.end('made')
      },
      { atOnce: 4 },
    )
    const socket = await open(GET.repeat(4))
    await expect.poll(() => begun).toBe(4)
    expect(over).toBe(0)
    socket.destroy()
    await expect.poll(() => over).toBe(4)
  })

  it('has one request answered at a time, and none after it is gone', async () => {
    let under = 0
    let most = 0
    let begun = 0
    await serve(
      async (_, response) => {
        most = Math.max(most, ++under)
        begun++
        response.once('close', () => under--)
        await sleep(100)
        response.end('made')
      },
      { ahead: 10 },
    )
    const patient = await open(GET.repeat(5))
    let text = ''
    patient.on('data', (chunk) => {
      text += chunk
    })
    await expect.poll(() => text.match(/made/g)?.length).toBe(5)
    expect(most).toBe(1)
    const hasty = await open(GET.repeat(5))
    await expect.poll(() => begun).toBeGreaterThan(5)
    hasty.destroy()
    await expect.poll(() => under).toBe(0)
    await sleep(300)
    expect(begun).toBeLessThan(10)
  })

  it.each([
    ['GET', GET],
    ['POST', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}'],
  ])('that sends far ahead has no more parsed than it may send, and is kept unread before it is ended: %s', async (_, request) => {
    await servePort((_, response) => response.end('made'), { look: 100, cutLooks: 5 })
    const few = await open(request.repeat(10))
    let text = ''
    few.on('data', (chunk) => {
      text += chunk
    })
    await expect.poll(() => text.match(/made/g)?.length).toBe(10)
    parsed = 0
    const began = performance.now()
    const hasty = await open(request.repeat(2_000))
    await closed(hasty)
    expect(performance.now() - began).toBeGreaterThan(350)
    expect(parsed).toBeLessThan(20)
    await expect.poll(() => lines).toEqual([{ address: '127.0.0.1', reason: 'sends too far ahead', count: 1 }])
    expect(few.destroyed).toBe(false)
  })

  it('that sent too far ahead has a place of its address until it is ended, or gives way', async () => {
    await servePort((_, response) => response.end('made'), { open: 4, look: 50, cutLooks: 1_000 })
    const asked = (address: string) => GET.replace('\r\n', `\r\nX-Forwarded-For: ${address}\r\n`)
    const hasty = [await open(asked('192.0.2.1').repeat(100)), await open(asked('192.0.2.1').repeat(100))]
    await expect.poll(() => lines).toContainEqual(expect.objectContaining({ address: '192.0.2.1', reason: 'sends too far ahead' }))
    expect(String(await once(await open(asked('192.0.2.1')), 'data'))).toMatch(/^HTTP\/1\.1 429 /)
    const ended = closed(hasty[0] as Socket)
    const others = await Promise.all(Array.from({ length: 3 }, () => open(asked('192.0.2.2'))))
    for (const other of others) expect(String(await once(other, 'data'))).toContain('made')
    await ended
  })

  it('of an address that sends far ahead on many may send less far ahead, and one request after another', async () => {
    await servePort((_, response) => response.end('made'), { look: 50, cutLooks: 1_000 })
    const asked = GET.replace('\r\n', '\r\nX-Forwarded-For: 192.0.2.9\r\n')
    const cut = () => lines.filter(({ address }) => address === '192.0.2.9').reduce((sum, { count }) => sum + count, 0)
    for (let index = 0; index < 20; index++) await open(asked.repeat(100))
    await expect.poll(cut).toBe(20)
    parsed = 0
    await open(asked.repeat(100))
    await expect.poll(cut).toBe(21)
    expect(parsed).toBeLessThan(5)
    const patient = await open()
    for (let index = 0; index < 20; index++) {
      patient.write(asked)
      expect(String(await once(patient, 'data'))).toContain('made')
    }
  })

  it('that sent too far ahead keeps no server that closes', async () => {
    await servePort((_, response) => response.end('made'), { look: 50, cutLooks: 1_000 })
    await open(GET.repeat(100))
    await expect.poll(() => lines).toHaveLength(1)
    const ended = once(server, 'close', { signal: AbortSignal.timeout(60_000) })
    server.close()
    await ended
  })

  it('is ended when it reads nothing for long, and not when it is slow', async () => {
    const pieces = () => Readable.from(Array.from({ length: 32 * 16 }, () => Buffer.alloc(MEGABYTE / 16)))
    await serve((_, response) => pieces().pipe(response), { look: 50, stalledLooks: 10 })
    const silent = (await open(GET)).pause()
    const slow = (await open(GET)).pause()
    let read = 0
    let pauses = 0
    slow.on('data', (chunk) => {
      read += chunk.length
      // Some dozens, which in all take three times as long as one may read nothing.
      if (read < (pauses + 1) * MEGABYTE) return
      pauses++
      slow.pause()
      setTimeout(() => slow.resume(), 50)
    })
    slow.resume()
    await expect.poll(() => read).toBeGreaterThan(32 * MEGABYTE)
    await closed(silent)
    expect(silent.bytesRead).toBeLessThan(32 * MEGABYTE)
    expect(slow.destroyed).toBe(false)
  })

  it('is ended when it leaves more unread than one may, and the fullest when all do together', async () => {
    const sizes = [80, 62, 60, 58, 56, 54]
    let answered = 0
    await serve((_, response) => response.end(Buffer.alloc((sizes[answered++] ?? 0) * MEGABYTE)), {
      look: 300,
      unreadBytes: 256 * MEGABYTE,
    })
    const ask = async () => {
      const socket = (await open(GET)).pause()
      await expect.poll(() => answered).toBe(sockets.length)
      return socket
    }
    await closed(await ask())
    const fullest = await ask()
    const others = [await ask(), await ask(), await ask(), await ask()]
    await closed(fullest)
    expect(others.at(-1)?.destroyed).toBe(false)
  })

  it('that asks for nothing makes room for others, the longest idle first', async () => {
    await serve((request, response) => request.url === '/' && response.end('made'), { open: 3 })
    const waiting = await open('GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n')
    const used = await open()
    const idle = await open()
    used.write(GET)
    await once(used, 'data')
    const fourth = await open(GET)
    await Promise.all([once(fourth, 'data'), closed(idle)])
    expect([waiting.destroyed, used.destroyed]).toEqual([false, false])
  })

  it('becomes no WebSocket while it waits for an answer', async () => {
    await serve(() => undefined, {})
    const outcomes: boolean[] = []
    server.on('upgrade', (request, socket, head) => {
      outcomes.push(connections.upgrade(request, head))
      socket.destroy()
    })
    const upgrade = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
    await closed(await open(upgrade))
    expect(outcomes).toEqual([true])
  })

  it('that asks for another protocol than WebSocket is answered as if it had not asked', async () => {
    await serve(async (request, response) => {
      const { upgrade, 'http2-settings': settings, connection } = request.headers
      const body = await text(request)
      response.end(JSON.stringify([request.method, request.url, upgrade, settings, connection, request.headers.accept, body]))
    }, {})
    const outcomes: boolean[] = []
    server.on('upgrade', (request, _, head) => outcomes.push(connections.upgrade(request, head)))
    const asking =
      'Host: localhost\r\nConnection: Upgrade, HTTP2-Settings, keep-alive\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nAccept: */*\r\n'
    const socket = await open()
    // More often than an emitter takes listeners without a warning.
    for (let place = 0; place < 12; place++) {
      socket.write(`GET /${place} HTTP/1.1\r\n${asking}\r\n`)
      expect(String(await once(socket, 'data'))).toContain(JSON.stringify(['GET', `/${place}`, null, null, 'keep-alive', '*/*', '']))
      expect(socket.destroyed).toBe(false)
    }
    expect(server.listenerCount('connection')).toBeLessThan(4)
    socket.write(`POST /sent HTTP/1.1\r\n${asking}Content-Length: 10\r\n\r\nfirst`)
    socket.write('again')
    expect(String(await once(socket, 'data'))).toContain(JSON.stringify(['POST', '/sent', null, null, 'keep-alive', '*/*', 'firstagain']))
    expect(outcomes).toEqual(Array(13).fill(false))
  })

  it.each(['Host', 'HOST', 'Origin', 'Content-Type', 'Authorization', 'Sec-Fetch-Site', 'X-Forwarded-Host'])(
    'is refused a request that has the header %s twice, in HTTP and for a WebSocket',
    async (name) => {
      let answered = 0
      await serve((_, response) => response.end(String(answered++)), {})
      server.on('upgrade', (request, _, head) => {
        if (connections.upgrade(request, head)) answered++
      })
      for (const upgrade of ['', 'Connection: Upgrade\r\nUpgrade: websocket\r\n']) {
        const socket = await open(`GET / HTTP/1.1\r\nHost: localhost\r\n${upgrade}${name}: one\r\n${name.toLowerCase()}: two\r\n\r\n`)
        const said = text(socket)
        await closed(socket)
        const [head, body] = (await said).split('\r\n\r\n')
        expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
        expect(JSON.parse(body ?? '')).toEqual({
          errors: [
            { message: expect.stringMatching(/^Expected the header .* once, got it again\.$/), extensions: { code: 'BAD_REQUEST' } },
          ],
        })
      }
      expect(answered).toBe(0)
    },
  )

  it('is told that it leads nowhere else', async () => {
    await serve((_, response) => response.end('made'), {})
    const socket = await open('CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example:443\r\n\r\n')
    const said = text(socket)
    await closed(socket)
    expect(await said).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n.*"code":"METHOD_NOT_ALLOWED"/s)
  })

  it('may say again what is a list, and what decides nothing', async () => {
    await serve((_, response) => response.end('made'), {})
    const socket = await open(
      'GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=1\r\nCookie: b=2\r\nX-Forwarded-For: ::1\r\nX-Forwarded-For: ::1\r\n\r\n',
    )
    expect(String(await once(socket, 'data'))).toContain('made')
  })

  it.each([
    ['two lengths', 'Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc'],
    ['two lengths in one', 'Content-Length: 3, 3\r\n\r\nabc'],
    ['a length and chunks', 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['chunks twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['chunks that are not the last', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['a length with a sign', 'Content-Length: +3\r\n\r\nabc'],
    ['a name with a space behind it', 'Content-Length : 3\r\n\r\nabc'],
  ])('is refused a request whose end is told in more than one way: %s', async (_, rest) => {
    let answered = 0
    await serve((_, response) => response.end(String(answered++)), {})
    const socket = await open(`POST / HTTP/1.1\r\nHost: localhost\r\n${rest}GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    const said = text(socket)
    await closed(socket)
    expect(await said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answered).toBe(0)
  })

  const of = (address: string, path = '/') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${address}\r\n\r\n`
  const answerOf = async (socket: Socket) => String((await once(socket, 'data'))[0])

  it('is left for other addresses, however many one has', async () => {
    await serve((request, response) => request.url === '/' && response.end('made'), { open: 8, look: 50 })
    const held = await Promise.all(Array.from({ length: 4 }, () => open(of('192.0.2.1', '/never'))))
    const asked = Promise.all(Array.from({ length: 8 }, async () => answerOf(await open(of('192.0.2.1')))))
    for (const answer of await asked) {
      expect(answer).toMatch(/^HTTP\/1\.1 429 .*\r\n/)
      expect(answer).toContain('Retry-After: 10')
      expect(answer).toContain('"code":"TOO_MANY_REQUESTS","limit":"connections"')
    }
    // Each address has as many as are left; who has none is always served.
    for (const path of ['/never', '/never', '/']) await open(of('192.0.2.2', path))
    expect(await answerOf(await open(of('2001:db8::1')))).toContain('made')
    await open(of('2001:db8::1', '/never'))
    expect(await answerOf(await open(of('2001:db8::ffff')))).toContain('429')
    expect(await answerOf(await open(of('192.0.2.3')))).toContain('made')
    expect(held.map(({ destroyed }) => destroyed)).toEqual(held.map(() => false))
    const reason = 'the address has as many connections as are left for others'
    await expect.poll(() => lines).toContainEqual({ address: '192.0.2.1', reason, count: expect.any(Number) })
    // What is given back can be had again.
    for (const socket of held) socket.destroy()
    await expect.poll(async () => answerOf(await open(of('192.0.2.1')))).toContain('made')
  })

  it('that hardly sends what it has begun gives way to others of its address, and one that sends does not', async () => {
    await serve((request, response) => request.resume().once('end', () => response.end('made')), { open: 6, look: 50, arrivalBytes: 1_000 })
    const post = (address: string) => `POST / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${address}\r\nContent-Length: 1000000\r\n\r\n`
    const held = await Promise.all(Array.from({ length: 3 }, () => open(post('192.0.2.1'))))
    const [, , quick] = held
    const pacing = [
      ...held.slice(0, 2).map((slow) => setInterval(() => slow.write('x'), 20)),
      setInterval(() => quick?.write('x'.repeat(1_000)), 10),
    ]
    const said = Promise.race(held.slice(0, 2).map(answerOf))
    try {
      await expect.poll(async () => answerOf(await open(of('192.0.2.1')))).toContain('made')
      expect(await said).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n.*"code":"REQUEST_TIMED_OUT"/s)
      await expect.poll(() => held.filter(({ destroyed }) => destroyed)).toHaveLength(1)
      expect(quick?.destroyed).toBe(false)
    } finally {
      for (const timer of pacing) clearInterval(timer)
    }
  })

  it('is ended when it hardly sends what it has begun, unless that is an archive or waits to be read', async () => {
    await serve((request, response) => request.url === '/read' && request.resume().once('end', () => response.end('made')), {
      look: 50,
      arrivalLooks: 6,
      arrivalBytes: 1_000,
    })
    const post = (path: string) => `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n`
    const [slow, quick, archive, unread] = await Promise.all(['/read', '/read', '/archives', '/unread'].map((path) => open(post(path))))
    const pace = (socket: Socket | undefined, bytes: number) => setInterval(() => socket?.write(Buffer.alloc(bytes)), 20)
    const pacing = [pace(slow, 1), pace(quick, 1_000), pace(archive, 1), pace(unread, 1)]
    await closed(slow as Socket)
    for (const timer of pacing) clearInterval(timer)
    expect([quick, archive, unread].map((socket) => socket?.destroyed)).toEqual([false, false, false])
    await expect.poll(() => lines).toContainEqual({ address: '127.0.0.1', reason: 'hardly sends what it has begun', count: 1 })
  })
})
