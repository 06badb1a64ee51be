import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { closed, connections, open, serve, server, usePort } from './port.js'

usePort()

describe('a connection', () => {
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
})
