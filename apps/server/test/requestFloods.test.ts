import { once, setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { isUp, open } from './rawClients.js'
import { server, useServer } from './useServer.js'

useServer()

const QUERY = '{"query":"{ lab { version } }"}'

/** Requests behind each other as somebody at an address sends them. */
function requests(address: string, count: number, { method, path, body = '' }: { method: string; path: string; body?: string }): Buffer {
  const { host } = new URL(server.url)
  const head = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: ${address}\r\n`
  const content = body === '' ? '' : `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`
  return Buffer.from(`${head}${content}\r\n${body}`.repeat(count))
}

/** Sends the same over and over, on new connections where one is ended, and reads what is answered. */
async function flood(chunk: Buffer, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const socket = await open()
    socket.resume()
    while (!signal.aborted && !socket.destroyed) {
      if (socket.write(chunk)) await sleep(0)
      else await Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })]).catch(() => undefined)
    }
    socket.destroy()
  }
}

describe('connections of one client that ask as fast as they can', () => {
  it.each([
    ['192.0.4.1', 'one request after another', 1, { method: 'POST', path: '/graphql', body: QUERY }],
    ['192.0.4.2', 'as many behind each other as are answered', 16, { method: 'POST', path: '/graphql', body: QUERY }],
    ['192.0.4.3', 'far too many behind each other', 400, { method: 'POST', path: '/graphql', body: QUERY }],
    ['192.0.4.4', 'health', 16, { method: 'GET', path: '/health' }],
    ['192.0.4.5', 'nothing that is there', 16, { method: 'GET', path: '/nothing' }],
  ])('keep nobody else waiting for long: %s, %s', async (address, _, count, request) => {
    const stop = new AbortController()
    setMaxListeners(0, stop.signal)
    const chunk = requests(address, count, request)
    const floods = Array.from({ length: 100 }, () => flood(chunk, stop.signal))
    const waits: number[] = []
    try {
      await sleep(500)
      for (let read = 0; read < 10; read++) {
        const started = performance.now()
        expect((await server.query('{ lab { version } }')).errors).toBeUndefined()
        waits.push(performance.now() - started)
      }
    } finally {
      stop.abort()
      await Promise.all(floods)
    }
    console.log(_, waits.map(Math.round).join(' '))
    expect(Math.max(...waits)).toBeLessThan(3_000)
    expect(await isUp()).toBe(true)
  })
})
