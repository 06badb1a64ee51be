import { on, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { connect } from './graphqlSocket.js'
import { makeDataFolder, TestServer } from './startServer.js'
import { server, useServer } from './useServer.js'

useServer()

const MOST_BYTES = 4 * 1024 ** 2
const PATIENCE = 240_000

/** How the server closes a socket. */
async function endOf(socket: WebSocket): Promise<{ readonly code: number; readonly reason: string }> {
  const [code, reason] = (await once(socket, 'close', { signal: AbortSignal.timeout(PATIENCE) })) as [number, Buffer]
  return { code, reason: String(reason) }
}

const lists = (bytes: number) => `[${'[],'.repeat(bytes / 3)}[]]`
const subscribe = (id: string, variables = '{}', query = '{ lab { version } }') =>
  `{"id":${JSON.stringify(id)},"type":"subscribe","payload":{"query":${JSON.stringify(query)},"variables":${variables}}}`

describe('messages of sockets that ask for no operation', () => {
  const long = lists(MOST_BYTES - 1_000)

  it.each([
    ['a ping', `{"type":"ping","payload":{"a":${long}}}`],
    ['a pong whose type comes last', `{"payload":{"a":${long}},"type":"pong"}`],
    ['the end of an operation', `{"id":"1","type":"complete","payload":${long}}`],
    ['another greeting', `{"type":"connection_init","payload":{"a":${long}}}`],
    ['one of no known kind', `{"type":"nothing","payload":${long}}`],
    ['one whose type is no text', `{"type":{},"payload":${long}}`],
    ['a ping that says to be an operation first', `{"type":"subscribe","payload":${long},"type":"ping"}`],
    ['a ping of some kilobytes', `{"type":"ping","payload":{"a":"${'x'.repeat(5_000)}"}}`],
  ])('end the socket where they are large: %s', async (_, message) => {
    await using socket = await connect('192.0.4.1')
    const answers: unknown[] = []
    socket.on('message', (data) => answers.push(String(data).slice(0, 100)))
    socket.send(message)
    expect(await endOf(socket)).toEqual({
      code: 1009,
      reason: `Expected at most 4096 bytes of a message that is no subscribe, got ${message.length}.`,
    })
    expect(answers).toEqual([])
  })

  it('are answered where they are small', async () => {
    await using socket = await connect('192.0.4.2')
    socket.send(`{"type":"ping","payload":{"a":"${'x'.repeat(4_000)}"}}`)
    const [data] = (await once(socket, 'message')) as [Buffer]
    expect(JSON.parse(String(data))).toEqual({ type: 'pong', payload: { a: 'x'.repeat(4_000) } })
  })
})

describe('operations with many values over sockets', () => {
  it('are parsed one at a time, and count as their client’s work', async () => {
    await using folder = await makeDataFolder()
    // Half a second of work in ten minutes.
    await using strict = await TestServer.start(folder.path, { HOURGLASS_CLIENT_LIMITS: '0.001', HOURGLASS_CLIENT_PERIOD: '600' })
    const values = `{"a":${lists(MOST_BYTES - 1_000)}}`
    const answers: { readonly type: string; readonly payload?: unknown }[] = []
    let ended: { readonly code: number; readonly reason: string } | undefined
    // A request more is another refusal: each counts as one.
    for (let sent = 0; sent < 40 && !ended; sent++) {
      await using socket = await connect('192.0.4.3', strict)
      const told = Promise.race([endOf(socket), once(socket, 'message').then(([data]) => JSON.parse(String(data)))])
      socket.send(subscribe(`${sent}`, values))
      const answer = await told
      if ('code' in answer) ended = answer
      else answers.push(answer)
    }
    for (const { type, payload } of answers) {
      expect(type).toBe('error')
      expect(payload).toMatchObject([{ message: expect.stringMatching(/lists and objects|seconds of work/) }])
    }
    expect(answers.length).toBeGreaterThan(0)
    // Of one that has no work left nothing is parsed.
    expect(ended).toEqual({ code: 1013, reason: expect.stringContaining('seconds of work in 600 s of one client') })
  })

  it('that name none of their operations are answered, and leave nothing', async () => {
    await using socket = await connect('192.0.4.4')
    const values = `{"a":"${'x'.repeat(1024 ** 2)}"}`
    const answers = on(socket, 'message', { signal: AbortSignal.timeout(PATIENCE) })
    // More than one client may have under way.
    for (let sent = 0; sent < 40; sent++) {
      socket.send(subscribe(`${sent}`, values, 'query A { lab { version } } query B { lab { version } }'))
      const { value } = await answers.next()
      expect(JSON.parse(String(value[0]))).toMatchObject({
        type: 'error',
        payload: [{ message: 'operationName: expected the name of one of the 2 operations of the document, got none.' }],
      })
    }
  })
})

describe('names of operations', () => {
  it('end the socket where they are long, and are not written anywhere', async () => {
    for (const length of [200, 1_000_000]) {
      await using socket = await connect('192.0.4.5')
      socket.send(subscribe('y'.repeat(length)))
      expect(await endOf(socket)).toEqual({ code: 4400, reason: `id: expected at most 128 characters, got ${length}.` })
    }
    expect(JSON.stringify(server.logLines)).not.toContain('yyyy')
  })

  it('end the socket where two operations have the same, with as much of it as fits, and leave no error in the log', async () => {
    const name = '頁'.repeat(128)
    await using socket = await connect('192.0.4.6')
    const follow = subscribe(name, '{}', 'subscription { runsChanged { __typename } }')
    socket.send(follow)
    socket.send(follow)
    const { code, reason } = await endOf(socket)
    expect(code).toBe(4409)
    expect(reason).toMatch(/^Subscriber for 頁{30,}$/)
    expect(server.logLines.filter(({ level }) => Number(level) >= 50)).toEqual([])
  })
})

it('writes as many lines of a client as it may send requests, and how many more there were', async () => {
  await using folder = await makeDataFolder()
  await using strict = await TestServer.start(folder.path, { HOURGLASS_CLIENT_LIMITS: '0.01', HOURGLASS_CLIENT_PERIOD: '20' })
  const ofClient = () => strict.logLines.filter(({ address }) => address === '192.0.4.7')
  const ask = () => fetch(`${strict.url}/nothing`, { headers: { 'x-forwarded-for': '192.0.4.7' } }).then((answer) => answer.text())
  const asked = 2_000
  for (let sent = 0; sent < asked; sent += 20) await Promise.all(Array.from({ length: 20 }, ask))
  const leftOut = () => strict.logLines.filter(({ msg }) => msg === 'lines of clients left out')
  const left = () => leftOut().reduce((sum, { lines }) => sum + Number(lines), 0)
  await expect.poll(left, { timeout: 60_000 }).toBeGreaterThan(0)
  expect(leftOut()[0]).toMatchObject({ network: '192.0.4.7', seconds: 20 })
  await expect.poll(() => left() + ofClient().length, { timeout: 60_000 }).toBe(asked)
  // Somebody else has their own.
  await (await fetch(`${strict.url}/nothing`, { headers: { 'x-forwarded-for': '192.0.4.8' } })).text()
  await expect.poll(() => strict.logLines.filter(({ address }) => address === '192.0.4.8')).toHaveLength(1)
})
