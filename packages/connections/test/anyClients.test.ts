import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { answerOf, GET, MEGABYTE, open, seen, servePort, usePort } from './port.js'

usePort()

/** Numbers in [0, 1) that follow from a seed: a linear congruential generator, with the constants of Numerical Recipes. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const path = (path: string, rest = '') => GET.replace('/', path).replace('\r\n\r\n', `\r\n${rest}\r\n`)
const requests = [
  path('/small'),
  path('/large'),
  path('/made'),
  path('/parts'),
  path('/parts').replace('HTTP/1.1', 'HTTP/1.0'),
  path('/late'),
  path('/never'),
  path('/small', 'Connection: close\r\n'),
  path('/small', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'),
  path('/small', 'Connection: Upgrade\r\nUpgrade: h2c\r\n'),
  path('/small', 'Host: twice\r\n'),
  path('/small', 'Content-Length: 100000\r\n'),
  'POST /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc',
  'CONNECT elsewhere:443 HTTP/1.1\r\nHost: elsewhere\r\n\r\n',
  'no request\r\n\r\n',
]

describe('connections', () => {
  it.each([1, 2, 3, 4])('of clients that do anything in any order end without ending the server: seed %i', async (seed) => {
    await servePort(
      async ({ url }, response) => {
        if (url === '/never') return
        if (url === '/large') response.end(Buffer.alloc(4 * MEGABYTE))
        else if (url === '/made') Readable.from(Array(16).fill(Buffer.alloc(MEGABYTE / 4))).pipe(response)
        else if (url === '/parts') {
          response.writeHead(200, { 'Content-Length': 8 }).write('made')
          await sleep(50)
          response.write('made')
          await sleep(50)
          response.end()
        } else {
          if (url === '/late') await sleep(50)
          response.end('made')
        }
      },
      { open: 60, atOnce: 1 + (seed % 4), look: 20, cutLooks: 3, stalledLooks: 10, arrivalLooks: 20, unreadBytes: 64 * MEGABYTE },
    )
    const next = numbers(seed)
    const any = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T
    const client = async () => {
      const socket = await open()
      for (let step = 0; step < 6 && !socket.destroyed; step++) {
        any([() => socket.pause(), () => socket.resume(), () => undefined])()
        socket.write(any(requests).repeat(any([1, 1, 2, 5, 40])))
        await sleep(any([0, 0, 5, 50]))
      }
      any([() => socket.destroy(), () => socket.resetAndDestroy(), () => socket.end(), () => undefined])()
    }
    for (let round = 0; round < 6; round++) await Promise.all(Array.from({ length: 40 }, client))
    expect(seen.lines.length).toBeGreaterThan(0)
    await expect.poll(async () => answerOf(await open(path('/small', 'X-Forwarded-For: 192.0.2.1\r\n')))).toContain('made')
  })
})
