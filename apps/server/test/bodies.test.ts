import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { isUp, MEGABYTE, memory, open } from './rawClients.js'
import { server, useServer } from './useServer.js'

useServer()

/** As large as one may be. */
const LARGE = 4 * MEGABYTE

/** Begins a request of somebody at an address, with what it says of its body and the first of it. */
async function begin(address: string, { head, body = '{' }: { readonly head: string; readonly body?: string }): Promise<Socket> {
  const socket = await open()
  const { host } = new URL(server.url)
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: ${address}\r\nContent-Type: application/json\r\n${head}\r\n\r\n${body}`,
  )
  return socket
}

async function answerOf(socket: Socket): Promise<string> {
  const [answer] = (await once(socket, 'data')) as [Buffer]
  return answer.toString()
}

const whole = '{"query":"{ __typename }"}'
const ofLength = (length: number) => `Content-Length: ${length}`
const refused = /^HTTP\/1\.1 429 .*Retry-After: 5\r\n.*"code":"TOO_MANY_REQUESTS","limit":"inputBytes","of":"client","retryAfterSeconds":5/s

describe('bodies of requests', () => {
  it('that one client has under way are bounded before they are read; small ones, and those of others, pass', async () => {
    const begun = await Promise.all(Array.from({ length: 8 }, () => begin('192.0.2.1', { head: ofLength(LARGE) })))
    const further = async (head = ofLength(LARGE)) => answerOf(await begin('192.0.2.1', { head }))
    await expect.poll(further).toMatch(refused)
    // Of what is compressed nobody knows how large it is.
    expect(await further(`${ofLength(20)}\r\nContent-Encoding: gzip`)).toMatch(refused)
    expect(await answerOf(await begin('192.0.2.1', { head: ofLength(whole.length), body: whole }))).toMatch(/^HTTP\/1\.1 200/)
    const padded = whole.padEnd(MEGABYTE)
    expect(await answerOf(await begin('192.0.2.2', { head: ofLength(padded.length), body: padded }))).toMatch(/^HTTP\/1\.1 200/)
    for (const socket of begun) socket.destroy()
    await expect
      .poll(async () => answerOf(await begin('192.0.2.1', { head: ofLength(padded.length), body: padded })))
      .toMatch(/^HTTP\/1\.1 200/)
  })

  it('that clients of one address have under way are bounded together, however many cookies they make up', async () => {
    let refusals = 0
    const begun = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const cookie = `Cookie: hourglass-browser=${String(index).padStart(22, 'a')}`
        const socket = await begin('192.0.2.9', { head: `${cookie}\r\n${ofLength(LARGE)}` })
        void answerOf(socket).then(
          (answer) => {
            if (/^HTTP\/1\.1 429 .*"limit":"inputBytes","of":"network"/s.test(answer)) refusals++
          },
          () => undefined,
        )
        return socket
      }),
    )
    // Of 256 MB that all may have under way, one address has as many as are left for others: 32 have their four each.
    await expect.poll(() => refusals).toBe(28)
    const padded = whole.padEnd(MEGABYTE)
    expect(await answerOf(await begin('192.0.2.10', { head: ofLength(padded.length), body: padded }))).toMatch(/^HTTP\/1\.1 200/)
    for (const socket of begun) socket.destroy()
  })

  it('that do not say how long they are count as they come', async () => {
    const chunk = (length: number) => `${length.toString(16)}\r\n${' '.repeat(length)}\r\n`
    const head = 'Transfer-Encoding: chunked'
    const begun = await Promise.all(Array.from({ length: 10 }, () => begin('192.0.2.3', { head, body: chunk(3.5 * MEGABYTE) })))
    expect(await Promise.race(begun.map(answerOf))).toMatch(refused)
    expect(
      await answerOf(await begin('192.0.2.3', { head, body: `${chunk(100)}${whole.length.toString(16)}\r\n${whole}\r\n0\r\n\r\n` })),
    ).toMatch(/^HTTP\/1\.1 200/)
    for (const socket of begun) socket.destroy()
  })

  it('fill no memory, however many one client sends at once', async () => {
    const before = await memory()
    const ids = Array.from({ length: 250_000 }, (_, index) => `a${String(index).padStart(11, '0')}`)
    const body = JSON.stringify({ query: '{ __typename }', variables: { ids } })
    const head = ofLength(body.length)
    // All but the last byte of each, so that they are under way together.
    const begun = await Promise.all(Array.from({ length: 60 }, () => begin('192.0.2.4', { head, body: body.slice(0, -1) })))
    let refusals = 0
    const answers = begun.map(async (socket) => {
      const answer = await answerOf(socket)
      if (refused.test(answer)) refusals++
      return answer
    })
    // Of 32 MB that one may have under way, eight have theirs.
    await expect.poll(() => refusals).toBeGreaterThanOrEqual(52)
    for (const socket of begun) socket.write(body.slice(-1))
    expect((await Promise.all(answers)).filter((answer) => answer.startsWith('HTTP/1.1 200'))).toHaveLength(60 - refusals)
    expect((await memory()) - before).toBeLessThan(600 * MEGABYTE)
    expect(await isUp()).toBe(true)
  })

  it('that have more lists than any argument takes are refused before anything is made of them, over sockets too', async () => {
    const query = 'query ($codes: [[Float!]!]!) { neighbours(runId: "none", codes: $codes) { __typename } }'
    const message = 'variables: expected at most 100,000 lists and objects, got more.'
    const long = { codes: Array.from({ length: 100_001 }, () => [1]) }
    expect((await server.query(query, long)).errors).toEqual([{ message, extensions: { code: 'BAD_USER_INPUT' } }])
    expect((await server.query(query, { codes: [[1]] })).errors?.[0]?.message).not.toContain('variables')
    await using followed = server.follow(query, long)
    await expect(followed.finished).rejects.toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }])
  })
})
