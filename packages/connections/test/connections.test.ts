import { once } from 'node:events'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { closed, GET, MEGABYTE, open, seen, serve, sockets, usePort } from './port.js'

usePort()

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
    await expect.poll(() => seen.lines).toContainEqual({ address: '127.0.0.1', reason: 'hardly sends what it has begun', count: 1 })
  })
})
