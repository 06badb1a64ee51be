import { describe, expect, it } from 'vitest'
import { answerOf, open, seen, serve, usePort } from './port.js'

usePort()

describe('a connection', () => {
  const of = (address: string, path = '/') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${address}\r\n\r\n`

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
    await expect.poll(() => seen.lines).toContainEqual({ address: '192.0.2.1', reason, count: expect.any(Number) })
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
})
