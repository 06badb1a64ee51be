import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { answerOf, closed, GET, MEGABYTE, open, seen, servePort, server, usePort } from './port.js'

usePort()

describe('a connection', () => {
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
    seen.parsed = 0
    const began = performance.now()
    const hasty = await open(request.repeat(2_000))
    await closed(hasty)
    expect(performance.now() - began).toBeGreaterThan(350)
    expect(seen.parsed).toBeLessThan(20)
    await expect.poll(() => seen.lines).toEqual([{ address: '127.0.0.1', reason: 'sends too far ahead', count: 1 }])
    expect(few.destroyed).toBe(false)
  })

  it('that sent too far ahead has a place of its address until it is ended, or gives way', async () => {
    await servePort((_, response) => response.end('made'), { open: 4, look: 50, cutLooks: 1_000 })
    const asked = (address: string) => GET.replace('\r\n', `\r\nX-Forwarded-For: ${address}\r\n`)
    const hasty = [await open(asked('192.0.2.1').repeat(100)), await open(asked('192.0.2.1').repeat(100))]
    await expect.poll(() => seen.lines).toContainEqual(expect.objectContaining({ address: '192.0.2.1', reason: 'sends too far ahead' }))
    expect(String(await once(await open(asked('192.0.2.1')), 'data'))).toMatch(/^HTTP\/1\.1 429 /)
    const ended = closed(hasty[0] as Socket)
    const others = await Promise.all(Array.from({ length: 3 }, () => open(asked('192.0.2.2'))))
    for (const other of others) expect(String(await once(other, 'data'))).toContain('made')
    await ended
  })

  it('of an address that sends far ahead on many may send less far ahead, and one request after another', async () => {
    await servePort((_, response) => response.end('made'), { look: 50, cutLooks: 1_000 })
    const asked = GET.replace('\r\n', '\r\nX-Forwarded-For: 192.0.2.9\r\n')
    const cut = () => seen.lines.filter(({ address }) => address === '192.0.2.9').reduce((sum, { count }) => sum + count, 0)
    for (let index = 0; index < 20; index++) await open(asked.repeat(100))
    await expect.poll(cut).toBe(20)
    seen.parsed = 0
    await open(asked.repeat(100))
    await expect.poll(cut).toBe(21)
    expect(seen.parsed).toBeLessThan(5)
    const patient = await open()
    for (let index = 0; index < 20; index++) {
      patient.write(asked)
      expect(String(await once(patient, 'data'))).toContain('made')
    }
  })

  it('that sent too far ahead keeps no server that closes', async () => {
    await servePort((_, response) => response.end('made'), { look: 50, cutLooks: 1_000 })
    await open(GET.repeat(100))
    await expect.poll(() => seen.lines).toHaveLength(1)
    const ended = once(server, 'close', { signal: AbortSignal.timeout(60_000) })
    server.close()
    await ended
  })

  const pieces = () => Readable.from(Array(20).fill(Buffer.alloc(MEGABYTE)))
  it.each<[string, (response: ServerResponse) => unknown]>([
    ['that was made', (response) => response.end(Buffer.alloc(20 * MEGABYTE))],
    ['that is being made', (response) => pipeline(pieces(), response)],
    [
      'that is begun later',
      async (response) => {
        await sleep(150)
        await pipeline(pieces(), response)
      },
    ],
    [
      'that ends later',
      async (response) => {
        response.writeHead(200, { 'Content-Length': 1_000 }).write('x'.repeat(500))
        await sleep(150)
        response.end()
      },
    ],
    [
      'whose head is there',
      async (response) => {
        response.writeHead(200, { 'Content-Length': 4 }).flushHeaders()
        await sleep(150)
        response.end('made')
      },
    ],
  ])('that sends far ahead of an answer %s, unread, ends with it', async (_, answer) => {
    let begun = 0
    let over = 0
    let made = 0
    const handler: RequestListener = (_, response) => {
      begun++
      response.once('close', () => over++)
      // What comes behind the first waits for it.
      const making = begun === 1 ? answer(response) : response.end('made')
      const done = () => made++
      Promise.resolve(making).then(done, done)
    }
    await servePort(handler, { atOnce: 4, look: 100, cutLooks: 3 })
    for (const reads of [false, true]) {
      begun = 0
      over = 0
      made = 0
      const socket = (await open(GET.repeat(3))).pause()
      const ended = once(socket, 'close')
      await expect.poll(() => begun).toBe(3)
      // The first of these could be answered; nobody makes an answer that has no reader.
      socket.write(GET.repeat(100))
      await expect.poll(() => seen.lines.length).toBe(reads ? 2 : 1)
      if (reads) socket.resume()
      await expect.poll(() => [over, made]).toEqual([3, 3])
      expect(begun).toBe(3)
      socket.resume()
      await ended
    }
    expect(await answerOf(await open(GET))).toContain('200 OK')
  })
})
