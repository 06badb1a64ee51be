import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { ClientGate } from '../src/clients/ClientGate.js'
import { clientLimits, labLimits } from '../src/clients/clientLimits.js'
import { identifyClients, newBrowserCookie } from '../src/clients/identifyClients.js'
import { madeUpClient as client } from './madeUpClient.js'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { server, useServer } from './useServer.js'

const forever = new AbortController().signal

describe('a client', () => {
  const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
    ({ socket: { remoteAddress }, connection: { remoteAddress }, headers }) as unknown as IncomingMessage
  const cookie = newBrowserCookie().split(';', 1)[0] ?? ''

  it('is told by its address and its cookie', () => {
    const identify = identifyClients({ trustedProxies: ['10.0.0.0/8'] })
    expect(identify(from('192.168.1.7'))).toEqual(client('192.168.1.7'))
    expect(identify(from('192.168.1.7', { cookie })).browser).toMatch(/^[\w-]{22}$/)
    expect(identify(from('192.168.1.7', { cookie: 'hourglass-browser=<script>' })).browser).toBeNull()
    expect(newBrowserCookie()).not.toBe(newBrowserCookie())
    expect(newBrowserCookie()).toMatch(/HttpOnly.*SameSite=Strict/)
  })

  it('is the one that the dashboard or a proxy forwards, and no other that somebody names', () => {
    const identify = identifyClients({ trustedProxies: ['10.0.0.0/8'] })
    const forwarded = { 'x-forwarded-for': '1.2.3.4, 192.168.1.7' }
    expect(identify(from('127.0.0.1', forwarded)).address).toBe('192.168.1.7')
    expect(identify(from('10.1.1.1', { 'x-forwarded-for': '192.168.1.7, 10.9.9.9' })).address).toBe('192.168.1.7')
    expect(identify(from('192.168.1.9', forwarded)).address).toBe('192.168.1.9')
  })

  it('has one address, however it is written, and none that is made up of other text', () => {
    const identify = identifyClients({ trustedProxies: [] })
    const forwarded = (text: string) => identify(from('127.0.0.1', { 'x-forwarded-for': text })).address
    for (const text of ['somebody', 'x'.repeat(15_000), '999.1.1.1', 'fe80::1%eth0 or another', '<script>'])
      expect(forwarded(text)).toBe('127.0.0.1')
    expect(forwarded(`1.2.3.4, ${'x'.repeat(100)}`)).toBe('127.0.0.1')
    expect(['::ffff:10.0.0.5', '::FFFF:10.0.0.5', '10.0.0.5'].map(forwarded)).toEqual(Array(3).fill('10.0.0.5'))
    expect(['2001:DB8:0:0::1', '2001:0db8::0001'].map(forwarded)).toEqual(Array(2).fill('2001:db8::1'))
  })

  it('shares its network with all that have its address, or the first 64 bits of an IPv6 address', () => {
    const identify = identifyClients({ trustedProxies: [] })
    const networkOf = (address: string) => identify(from('127.0.0.1', { 'x-forwarded-for': address })).network
    const near = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:0DB8:0001:0002:3:4:5:6']
    expect(near.map(networkOf)).toEqual(Array(3).fill('2001:db8:1:2::/64'))
    expect(['2001:db8::1', '2001:db8:1:3::1', '::1', '10.0.0.5', '::ffff:10.0.0.5'].map(networkOf)).toEqual([
      '2001:db8:0:0::/64',
      '2001:db8:1:3::/64',
      '0:0:0:0::/64',
      '10.0.0.5',
      '10.0.0.5',
    ])
    expect(new Set(near.map((address) => identify(from(address)).key)).size).toBe(3)
  })
})

describe('what clients may have', () => {
  it('is counted for each, and for an address', async () => {
    const gate = new ClientGate({ factor: 1 / clientLimits.requests })
    await gate.admit(client('a', 'one'))
    await expect(gate.admit(client('a', 'one'))).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringMatching(/^Expected at most 1 requests in a minute of one client, got more\. Try again in \d+ s\.$/),
      details: { limit: 'requests', of: 'client', retryAfterSeconds: expect.any(Number) },
    })
    await gate.admit(client('b', 'one'))
    for (let index = 2; index < 10; index++) await gate.admit(client('a', `browser ${index}`))
    await expect(gate.admit(client('a', 'one more'))).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringMatching(/^Expected at most 10 requests in a minute of all clients at one address, got more\./),
      details: { of: 'network' },
    })
    await gate.admit(client('b'))
    for (const [address, outcome] of [
      ['2001:db8::1', 'admitted'],
      ['2001:db8::2', 'admitted'],
    ] as const) {
      await expect(gate.admit(client(address, null, '2001:db8:0:0::/64')).then(() => 'admitted')).resolves.toBe(outcome)
    }
  })

  it('is counted over another period where that is asked for, of which each share of a minute has its share', async () => {
    const gate = new ClientGate({ factor: 12 / clientLimits.requests, period: 10 })
    for (let request = 0; request < 2; request++) await gate.admit(client('a'))
    const refusal: unknown = await gate.admit(client('a')).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ message: expect.stringMatching(/^Expected at most 2 requests in 10 s of one client, got more\./) })
    expect((refusal as { details: { retryAfterSeconds: number } }).details.retryAfterSeconds).toBeLessThanOrEqual(10)
  })

  it('counts bytes and work that were given', async () => {
    const gate = new ClientGate()
    await gate.charge(client('a'), { bytes: clientLimits.bytes - 1 })
    await gate.admit(client('a'))
    await gate.charge(client('a'), { bytes: 1 })
    await expect(gate.admit(client('a'))).rejects.toMatchObject({ details: { limit: 'bytes' } })
    await gate.charge(client('b'), { workSeconds: clientLimits.workSeconds })
    await expect(gate.admit(client('b'))).rejects.toMatchObject({ details: { limit: 'workSeconds' } })
    await gate.admit(client('c'))
  })

  it('counts work in pieces, however small', async () => {
    const gate = new ClientGate()
    for (let piece = 0; piece < 9_999; piece++) await gate.charge(client('a'), { workSeconds: clientLimits.workSeconds / 10_000 })
    await gate.admit(client('a'))
    await gate.charge(client('a'), { workSeconds: clientLimits.workSeconds / 10_000 })
    await expect(gate.admit(client('a'))).rejects.toMatchObject({
      message: expect.stringContaining('at most 50 seconds of work in a minute of one client'),
      details: { limit: 'workSeconds' },
    })
  })

  it('gives back what was held, once', () => {
    const gate = new ClientGate({ factor: 1 / clientLimits.sockets })
    const leave = gate.hold(client('a'), 'sockets')
    expect(() => gate.hold(client('a'), 'sockets')).toThrow('Expected at most 1 open sockets of one client')
    gate.hold(client('a', 'another'), 'sockets')
    leave()
    leave()
    const again = gate.hold(client('a'), 'sockets')
    expect(() => gate.hold(client('a'), 'sockets')).toThrow()
    again()
  })

  it('is left for others, however many names one address makes up', () => {
    const gate = new ClientGate()
    const openAll = (address: string) => {
      let count = 0
      for (let browser = 0; browser < 40; browser++) {
        for (let index = 0; index < clientLimits.sockets; index++) {
          try {
            gate.hold(client(address, `browser ${browser}`), 'sockets')
            count++
          } catch (error) {
            expect(error).toMatchObject({ code: 'TOO_MANY_REQUESTS', details: { limit: 'sockets', of: 'network', retryAfterSeconds: 10 } })
          }
        }
      }
      return count
    }
    expect(['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(openAll)).toEqual([labLimits.sockets / 2, labLimits.sockets / 4, labLimits.sockets / 8])
    gate.hold(client('10.0.0.4'), 'sockets')
  })

  it('is counted by size where it has one; whoever has nothing may have one', () => {
    const gate = new ClientGate({ factor: 1 / 32 })
    const megabytes = (count: number) => count * 1024 ** 2
    const end = gate.hold(client('a'), 'inputBytes', megabytes(4))
    expect(() => gate.hold(client('a'), 'inputBytes', 1)).toThrow(
      'Expected at most 1,048,576 bytes of requests that wait of one client, got more. Try again in 5 s.',
    )
    gate.hold(client('b'), 'inputBytes', megabytes(1))
    end()
    expect(gate.openOf('inputBytes')).toBe(megabytes(1))
    gate.hold(client('a'), 'inputBytes', 1)
    expect(() => gate.hold(client('c'), 'inputBytes', megabytes(256))).toThrow(/of all clients together/)
  })

  it('is refused to everybody where all together have it', () => {
    const gate = new ClientGate()
    const ends = Array.from({ length: labLimits.transfers }, (_, index) => gate.hold(client(`10.0.0.${index}`), 'transfers'))
    expect(() => gate.hold(client('10.0.1.1'), 'transfers')).toThrow(
      'Expected at most 16 archives at a time of all clients together, got more. Try again in 30 s.',
    )
    ends[0]?.()
    gate.hold(client('10.0.1.1'), 'transfers')
  })

  it('is counted for those who used something last, so that made-up addresses fill no memory', async () => {
    const gate = new ClientGate({ factor: 1 / clientLimits.requests, mostCounted: 3 })
    const isAdmitted = (name: string) =>
      gate.admit(client(name)).then(
        () => true,
        () => false,
      )
    for (const name of ['a', 'b', 'c']) expect(await isAdmitted(name)).toBe(true)
    for (const name of ['a', 'b', 'c']) expect(await isAdmitted(name)).toBe(false)
    expect(await isAdmitted('d')).toBe(true)
    // The one that is forgotten used something longest ago.
    expect(await isAdmitted('b')).toBe(false)
    expect(await isAdmitted('a')).toBe(true)
  })
})

describe('over HTTP and sockets', () => {
  useServer({ HOURGLASS_CLIENT_LIMITS: '0.005' })

  const ask = (headers: Record<string, string> = {}) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"query":"{ lab { version } }"}',
    })

  it('refuses with a code, and says when to come back; others go on', async () => {
    const mine = { 'x-forwarded-for': '10.0.0.1' }
    const answers = []
    for (let index = 0; index < 40; index++) answers.push(await ask(mine))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30)
    const refused = answers.at(-1)
    expect(refused?.status).toBe(429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused?.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('Try again in'), extensions: { code: 'TOO_MANY_REQUESTS', limit: 'requests' } }],
    })
    expect((await ask({ 'x-forwarded-for': '10.0.0.2' })).status).toBe(200)
    const lines = () => server.logLines.filter(({ msg, status }) => msg === 'request' && status === 429)
    await expect.poll(() => lines().length).toBe(10)
    expect(lines()[0]).toMatchObject({
      address: '10.0.0.1',
      client: expect.stringMatching(/^[\w-]{24}$/),
      refused: { code: 'TOO_MANY_REQUESTS', limit: 'requests', of: 'client', retryAfterSeconds: expect.any(Number) },
    })
    const cookie = answers[0]?.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    const known = await ask({ ...mine, cookie })
    expect(known.status).toBe(200)
    expect(known.headers.get('set-cookie')).toBeNull()
  })

  it('counts sockets and subscriptions, and gives them back', async () => {
    // A half of one of 100 sockets is one, five of 1,000 subscriptions are open at most.
    const client = server.connect({ lazy: false })
    const followed = Array.from({ length: 6 }, () => server.follow('subscription { runsChanged { id } }', {}, client))
    // Which of them has its turn last is not said.
    const refusal = await Promise.race(followed.map(({ finished }) => finished.catch((reason: unknown) => reason)))
    expect(refusal).toMatchObject([{ extensions: { code: 'TOO_MANY_REQUESTS', limit: 'subscriptions' } }])
    await using second = server.follow('{ lab { version } }')
    await expect(second.finished).rejects.toMatchObject({ message: expect.stringContaining('429') })
    const me = { address: '127.0.0.1', client: expect.stringMatching(/^[\w-]{24}$/), code: 'TOO_MANY_REQUESTS' }
    for (const line of [
      { msg: 'operation refused', limit: 'subscriptions', ...me },
      { msg: 'socket refused', limit: 'sockets', status: 429, ...me },
    ]) {
      await expect.poll(() => server.logLines).toContainEqual(expect.objectContaining(line))
    }
    for (const each of followed) await each[Symbol.asyncDispose]()
    await expect
      .poll(async () => {
        await using again = server.follow('subscription { runsChanged { id } }', {}, client)
        return await Promise.race([
          again.finished.then(String, () => 'refused'),
          new Promise((resolve) => setTimeout(resolve, 300, 'open')),
        ])
      })
      .toBe('open')
  })
})

describe('a client that asks for much work', () => {
  it('lets others in between, and takes its work along when it leaves', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    await server.untilStatus(await server.launch(smallConfig), 'COMPLETED')
    const query = `{ ${Array.from({ length: 190 }, (_, index) => `a${index}: runEstimate(config: { training: { seed: ${index} } })`).join(' ')} }`
    const post = (signal: AbortSignal) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal,
      })
    const alone = performance.now()
    await (await post(forever)).text()
    const one = performance.now() - alone
    const leaving = new AbortController()
    const asked = Promise.allSettled(Array.from({ length: 60 }, () => post(leaving.signal)))
    await new Promise((resolve) => setTimeout(resolve, 50))
    leaving.abort()
    await asked
    const after = performance.now()
    await server.query('{ lab { version } }')
    // Sixty times the work of one would still be going on.
    expect(performance.now() - after).toBeLessThan(20 * one)
    const tooMany = `{ ${Array.from({ length: 210 }, (_, index) => `a${index}: runEstimate(config: {})`).join(' ')} }`
    expect((await server.query(tooMany)).errors?.[0]).toMatchObject({ extensions: { code: 'QUERY_TOO_COMPLEX' } })
  })
})
