import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { isUp, MEGABYTE, memory, open, waitsBeside } from './rawClients.js'
import { server, useServer } from './useServer.js'

useServer()

const head = (line: string, address: string, more = '') =>
  `${line} HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nX-Forwarded-For: ${address}\r\n${more}\r\n`
const operation = '{"query":"{ __typename }"}'
const posted = `Content-Type: application/json\r\nContent-Length: ${operation.length}\r\n`

/** Sends the same over and over, reads nothing, and comes back whenever it is ended. */
async function flood(part: string, signal: AbortSignal): Promise<void> {
  const chunk = Buffer.from(part.repeat(Math.ceil((512 * 1024) / part.length)))
  while (!signal.aborted) {
    const socket = await open()
    const ended = once(socket, 'close', { signal }).catch(() => undefined)
    socket.write(chunk)
    await ended
    socket.destroy()
  }
}

describe('requests that one client sends ahead on many connections', () => {
  it.each([
    ['192.0.4.1', 'looks at how the lab is', () => head('GET /health', '192.0.4.1')],
    ['192.0.4.2', 'operations', () => `${head('POST /graphql', '192.0.4.2', posted)}${operation}`],
    ['192.0.4.3', 'requests of nothing', () => head('GET /nothing', '192.0.4.3')],
  ])('keep nobody else waiting for long: %s %s', async (_, __, part) => {
    const before = await memory()
    const waits = await waitsBeside((stop) => Array.from({ length: 100 }, () => flood(part(), stop)), 20)
    // Nobody waits for all that was sent.
    expect(Math.max(...waits)).toBeLessThan(3_000)
    expect((await memory()) - before).toBeLessThan(200 * MEGABYTE)
    expect(await isUp()).toBe(true)
  })

  it('are answered where they are few', async () => {
    const socket: Socket = await open()
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    for (const answers of [10, 20]) {
      socket.write(`${head('POST /graphql', '192.0.4.4', posted)}${operation}`.repeat(10))
      await expect.poll(() => text.match(/^HTTP\/1\.1 200 /gm)?.length).toBe(answers)
    }
    socket.destroy()
  })
})
