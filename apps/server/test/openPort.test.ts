import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type OpenPort, openPort } from '../src/api/http/openPort.js'

/** Connections that the port serves at a time. */
const OPEN = 8

let port: OpenPort
let sockets: Socket[] = []
/** What was said of refused and ended connections. */
let told: { readonly address: string | undefined; readonly reason: string }[] = []
/** Requests that were admitted. */
let admitted = 0
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets = []
  port.server.closeAllConnections()
  port.server.close()
})

/** @param look Milliseconds between looks at the connections. */
async function openStarting(look = 20): Promise<void> {
  told = []
  port = await openPort(
    { host: '127.0.0.1', port: 0, trustedProxies: [], clientLimitFactor: 1 },
    { limits: { open: OPEN, look }, log: (line) => told.push(line) },
  )
}

/** Answers a request once all of it has come. */
async function open(look?: number): Promise<void> {
  await openStarting(look)
  admitted = 0
  port.answer = (request, response) => {
    admitted++
    request.resume().once('end', () => response.end('done'))
  }
}

/** Sends what a client at an address says through a proxy on this machine. */
async function send(address: string, text: string): Promise<Socket> {
  const socket = connect((port.server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  socket.write(`POST /graphql HTTP/1.1\r\nHost: lab\r\nX-Forwarded-For: ${address}\r\n${text}`)
  return socket
}

const whole = 'Content-Length: 2\r\n\r\n{}'
const unfinished = 'Content-Length: 500\r\n\r\n{'
const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n'

async function answerOf(socket: Socket): Promise<string> {
  const [answer] = (await once(socket, 'data')) as [Buffer]
  return answer.toString()
}

describe('the port of the API', () => {
  it('serves an address on no more connections than are left for others, however many requests it begins and does not send', async () => {
    // None has hardly sent anything for long before the others are answered: it would give way to them.
    await open(5_000)
    const begun = await Promise.all(Array.from({ length: OPEN / 2 }, () => send('192.0.2.1', unfinished)))
    await expect.poll(() => admitted).toBe(begun.length)
    expect(await answerOf(await send('192.0.2.1', unfinished))).toMatch(
      /^HTTP\/1\.1 429 .*Retry-After: 10\r\n.*TOO_MANY_REQUESTS.*"limit":"connections","of":"network"/s,
    )
    expect(await answerOf(await send('192.0.2.2', whole))).toMatch(/^HTTP\/1\.1 200 .*done$/s)
    await expect
      .poll(() => told)
      .toContainEqual(expect.objectContaining({ address: '192.0.2.1', reason: expect.stringMatching(/left for others/) }))
    for (const socket of begun) socket.destroy()
    await expect.poll(async () => answerOf(await send('192.0.2.1', whole))).toMatch(/^HTTP\/1\.1 200/)
  })

  it('answers few requests of a connection at a time, and ends one that sends far ahead', async () => {
    await open()
    let begun = 0
    const answers: (() => void)[] = []
    port.answer = (_, response) => {
      begun++
      answers.push(() => response.end('done'))
    }
    const patient = await send('192.0.2.1', whole + `POST /graphql HTTP/1.1\r\nHost: lab\r\n${whole}`.repeat(9))
    let text = ''
    patient.on('data', (chunk) => {
      text += chunk
    })
    await expect.poll(() => begun).toBe(4)
    await expect
      .poll(() => {
        expect(answers.length).toBeLessThanOrEqual(4)
        answers.shift()?.()
        return text.match(/done/g)?.length
      })
      .toBe(10)
    begun = 0
    const hasty = await send('192.0.2.1', whole + `POST /graphql HTTP/1.1\r\nHost: lab\r\n${whole}`.repeat(50))
    await once(hasty.resume(), 'close')
    expect(begun).toBeLessThanOrEqual(4)
    await expect.poll(() => told).toContainEqual(expect.objectContaining({ reason: 'sends too far ahead' }))
  })

  it('counts sockets with requests', async () => {
    await open()
    port.takeSocket = (_, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    for (let index = 0; index < OPEN / 2; index++) expect(await answerOf(await send('192.0.2.1', upgrade))).toMatch(/^HTTP\/1\.1 101/)
    expect(await answerOf(await send('192.0.2.1', upgrade))).toMatch(/^HTTP\/1\.1 429 .*Retry-After: 10/s)
    expect(await answerOf(await send('192.0.2.1', whole))).toMatch(/^HTTP\/1\.1 429/)
    expect(await answerOf(await send('192.0.2.2', whole))).toMatch(/^HTTP\/1\.1 200/)
  })

  it('bounds what clients send while the lab starts, too', async () => {
    await openStarting()
    expect(await answerOf(await send('192.0.2.1', whole))).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 1\r\n.*"code":"LAB_STARTING"/s)
    expect(await answerOf(await send('192.0.2.1', upgrade))).toMatch(/^HTTP\/1\.1 503 .*"code":"LAB_STARTING".*"retryAfterSeconds":1/s)
    const hasty = await send('192.0.2.1', whole + `POST /graphql HTTP/1.1\r\nHost: lab\r\n${whole}`.repeat(50))
    await once(hasty.resume(), 'close')
    await expect.poll(() => told).toContainEqual(expect.objectContaining({ reason: 'sends too far ahead' }))
  })
})
