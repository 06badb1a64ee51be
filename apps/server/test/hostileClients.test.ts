import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getIntrospectionQuery } from 'graphql'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { frame, isUp, MEGABYTE, memory, open, openSocket, upgrade } from './rawClients.js'
import { makeDataFolder, TestServer } from './startServer.js'
import { server, useServer } from './useServer.js'

useServer({ HOURGLASS_OUTPUT_MEGABYTES: '64', HOURGLASS_CLIENT_LIMITS: '1000' })

describe('an upgrade that is refused and reset at once', () => {
  it.each([
    ['for another path', '/elsewhere', {}],
    ['of a foreign host', '/graphql', { Host: 'evil.example' }],
    ['of a foreign page', '/graphql', { Origin: 'http://evil.example' }],
    ['without a key', '/graphql', { 'Sec-WebSocket-Key': '' }],
    ['of another protocol', '/graphql', { 'Sec-WebSocket-Protocol': 'soap' }],
    ['that is taken', '/graphql', {}],
  ])('leaves the server up: %s', async (_, path, headers) => {
    for (let time = 0; time < 60; time++) {
      const socket = await open()
      socket.write(upgrade(path, headers))
      if (time % 3 > 0) await sleep(time % 3)
      socket.resetAndDestroy()
    }
    await sleep(100)
    expect(await isUp()).toBe(true)
  })

  it('is answered where the client stays, and its socket ended', async () => {
    const socket = await open()
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.write(upgrade('/graphql', { Origin: 'http://evil.example' }))
    await once(socket, 'close')
    expect(answer).toContain('403 Forbidden')
  })
})

describe('questions for the schema', () => {
  const bombs = [
    `{ ${Array.from({ length: 550 }, (_, index) => `a${index}: __schema { ...S }`).join(' ')} }
      fragment S on __Schema { types { ${Array.from({ length: 100 }, (_, index) => `f${index}: fields { name }`).join(' ')} } }`,
    `{ ${Array.from({ length: 230 }, (_, index) => `a${index}: __type(name: "Run") { fields { ...F } }`).join(' ')} }
      fragment F on __Field { ${Array.from({ length: 60 }, (_, index) => `f${index}: type { name }`).join(' ')} }`,
  ]

  it.each(bombs.map((query, index) => [index, query]))('count like any others: %i', async (_, query) => {
    const before = await memory()
    const { data, errors } = await server.query(query as string)
    expect(data).toBeUndefined()
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'QUERY_TOO_COMPLEX' } })
    expect(errors?.[0]?.message).toMatch(/^Introspection: expected to ask for at most \d+ fields of the schema, got \d+\./)
    await using followed = server.follow(query as string)
    await expect(followed.finished).rejects.toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }])
    expect((await memory()) - before).toBeLessThan(150 * MEGABYTE)
  })

  it('are answered as tools ask them, alike over both', async () => {
    const query = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true })
    const { data } = await server.query(query)
    expect(data).toMatchObject({ __schema: { queryType: { name: 'Query' } } })
    await using followed = server.follow(query)
    await followed.finished
    expect(followed.items).toEqual([data?.__schema])
    expect((await server.query('{ __schema { queryType { name } } lab { version } }')).data).toMatchObject({ lab: {} })
  })

  it('can be switched off', async () => {
    await using own = await makeDataFolder()
    await using closed = await TestServer.start(own.path, { HOURGLASS_INTROSPECTION: '0' })
    const { errors } = await closed.query('{ lab { version } __schema { queryType { name } } }')
    expect(errors?.[0]?.message).toContain('HOURGLASS_INTROSPECTION')
    await using followed = closed.follow('{ __schema { queryType { name } } }')
    await expect(followed.finished).rejects.toMatchObject([{ message: expect.stringContaining('HOURGLASS_INTROSPECTION') }])
    expect((await closed.query('{ __typename lab { version } }')).errors).toBeUndefined()
  })
})

describe('a client that reads nothing', () => {
  /** Sends until the other side takes no more, or for so long. */
  async function flood(socket: Socket, chunk: Buffer, milliseconds: number): Promise<void> {
    const deadline = performance.now() + milliseconds
    while (performance.now() < deadline && !socket.destroyed) {
      if (socket.write(chunk)) await sleep(0)
      else await once(socket, 'drain', { signal: AbortSignal.timeout(200) }).catch(() => undefined)
    }
  }

  it.each([
    ['pings of the socket', frame(9, Buffer.alloc(125))],
    ['pings of the protocol', frame(1, Buffer.from('{"type":"ping","payload":{"text":"'.concat('x'.repeat(60_000), '"}}')))],
    ['operations', frame(1, Buffer.from(JSON.stringify({ id: 'x', type: 'subscribe', payload: { query: '{ lab { version } }' } })))],
  ])('is sent no more than it takes: %s', async (_, message) => {
    const before = await memory()
    const sockets = await Promise.all(Array.from({ length: 4 }, openSocket))
    const chunk = Buffer.concat(Array.from({ length: Math.ceil(256_000 / message.length) }, () => message))
    await Promise.all(sockets.map((socket) => flood(socket, chunk, 4_000)))
    expect((await memory()) - before).toBeLessThan(200 * MEGABYTE)
    expect(await isUp()).toBe(true)
    for (const socket of sockets) socket.destroy()
  })
})

describe('documents whose brackets are nested thousands deep', () => {
  const nested = (count: number) => `{ decode(runId: "a", codes: ${'['.repeat(count)}1${']'.repeat(count)}) }`

  it.each([100, 1_600, 2_490, 20_000])('are refused before anything walks them, over HTTP and sockets: %i', async (count) => {
    const refusal = [{ message: expect.stringContaining('nested too deeply'), extensions: { code: 'QUERY_TOO_COMPLEX' } }]
    expect((await server.query(nested(count))).errors).toMatchObject(refusal)
    await using results = server.follow(nested(count))
    await expect(results.finished).rejects.toMatchObject(refusal)
  })

  it('are judged like any other up to what is said there', async () => {
    expect((await server.query(nested(97))).errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
    expect((await server.query(getIntrospectionQuery())).errors).toBeUndefined()
  })
})

describe('documents that take long to judge', () => {
  const repeated = (count: number) => `{ ${'lab { __typename } '.repeat(count)}}`

  it('are refused before that, over HTTP and sockets, by a code', async () => {
    for (const text of [repeated(1_200), `{ lab { __typename } ${'...F '.repeat(900)}} fragment F on Query { lab { version } }`]) {
      const refusal = [{ message: expect.stringContaining('repeats names too often'), extensions: { code: 'QUERY_TOO_COMPLEX' } }]
      expect((await server.query(text)).errors).toMatchObject(refusal)
      await using results = server.follow(text)
      await expect(results.finished).rejects.toMatchObject(refusal)
    }
    expect((await server.query(repeated(100))).errors).toBeUndefined()
  })

  it('are refused where they are longer than any is, over HTTP and sockets', async () => {
    const text = `{ ${'x'.repeat(300_000)} }`
    const refusal = [
      { message: expect.stringMatching(/too long: .*262,144 .*300,004.* variables/), extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]
    expect((await server.query(text)).errors).toMatchObject(refusal)
    await using results = server.follow(text)
    await expect(results.finished).rejects.toMatchObject(refusal)
  })

  it('keep nobody else waiting, however many one client sends of them over HTTP', async () => {
    let isOver = false
    let answered = 0
    const cookie = 'hourglass-browser=ssssssssssssssssssssss'
    const flood = async (name: number) => {
      for (let sent = 0; !isOver; sent++, answered++) {
        const fields = Array.from({ length: 80 }, (_, index) => `a${name}x${sent}x${index}${'y'.repeat(2_900)}`)
        const body = JSON.stringify({ query: `{ ${fields.join(' ')} }` })
        await (
          await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body })
        ).text()
      }
    }
    const floods = Array.from({ length: 8 }, (_, name) => flood(name))
    const meanwhile: number[] = []
    try {
      for (let read = 0; read < 5; read++) {
        const before = answered
        expect((await server.query('{ lab { version } }')).errors).toBeUndefined()
        meanwhile.push(answered - before)
      }
    } finally {
      isOver = true
      await Promise.all(floods)
    }
    expect(answered).toBeGreaterThan(0)
    // A round of eight, and what was under way.
    expect(Math.max(...meanwhile)).toBeLessThan(12)
  })

  it('keep nobody else waiting, however many one socket sends of them', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    socket.on('error', () => undefined)
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    let sent = 0
    let answered = 0
    // No two are the same, and each is wrong.
    const send = () => {
      const query = `{ ${Array.from({ length: 780 }, (_, index) => `a${sent}x${index}: lab { __typename } `).join('')} nothing }`
      socket.send(JSON.stringify({ id: String(sent++), type: 'subscribe', payload: { query } }))
    }
    socket.on('message', () => {
      answered++
      send()
    })
    for (let waiting = 0; waiting < 95; waiting++) send()
    const meanwhile: number[] = []
    for (let read = 0; read < 10; read++) {
      const before = answered
      expect((await server.query('{ lab { version } }')).errors).toBeUndefined()
      meanwhile.push(answered - before)
    }
    // Behind all that wait it would be 95.
    expect(Math.min(...meanwhile)).toBeLessThan(50)
    expect(answered).toBeGreaterThan(0)
    socket.terminate()
    expect(await isUp()).toBe(true)
  })
})

describe('archives that come slowly', () => {
  /** Begins to send an archive, and goes on a byte at a time. */
  async function drip(browser: string): Promise<Socket & AsyncDisposable> {
    const socket = await open()
    const { host } = new URL(server.url)
    const cookie = `hourglass-browser=${browser.padEnd(32, '0')}`
    socket.write(
      `POST /archives HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nContent-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n`,
    )
    const timer = setInterval(() => socket.write('1\r\n0\r\n'), 100)
    return Object.assign(socket, {
      [Symbol.asyncDispose]: async () => {
        clearInterval(timer)
        socket.destroy()
      },
    })
  }

  it('take no turn of anybody’s, and are few of one client at a time', async () => {
    const uploads = await Promise.all(Array.from({ length: 20 }, (_, index) => drip(`browser${index % 10}`)))
    try {
      await sleep(500)
      for (let read = 0; read < 5; read++) expect((await server.query('{ lab { version } }')).errors).toBeUndefined()
      const refused = await fetch(`${server.url}/archives`, { method: 'POST', headers: { 'content-type': 'application/x-tar' }, body: 'x' })
      expect(refused.status).toBe(429)
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    } finally {
      for (const upload of uploads) await upload[Symbol.asyncDispose]()
    }
    await expect
      .poll(
        async () =>
          (await fetch(`${server.url}/archives`, { method: 'POST', headers: { 'content-type': 'application/x-tar' }, body: 'x' })).status,
      )
      .toBe(400)
  })
})
