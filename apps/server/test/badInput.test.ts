import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { badInputs, input, launch } from './badInputs.js'
import { type GraphQLAnswer, makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { server, useServer } from './useServer.js'

describe('bad input', () => {
  let id: string

  useServer()
  beforeAll(async () => {
    id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
  })

  it.each(badInputs)('is refused over HTTP with a code and a reason: $what', async ({ query, variables, code, says, path }) => {
    expectError(await server.query(query, { id, ...variables }), { code, says, path })
  })

  it.each(badInputs)('is refused over WebSocket just so: $what', async ({ query, variables, code, says, path }) => {
    const client = server.connect()
    const answer = await new Promise<GraphQLAnswer>((resolve, reject) => {
      client.subscribe(
        { query, variables: { id, ...variables } },
        {
          next: (result) => resolve(result as GraphQLAnswer),
          error: (errors) => (Array.isArray(errors) ? resolve({ data: null, errors } as unknown as GraphQLAnswer) : reject(errors)),
          complete: () => {},
        },
      )
    })
    await client.dispose()
    expectError(answer, { code, says, path })
  })

  it('is not what a page of one run asks for, nor a table of 500 runs', async () => {
    const metrics = 'metrics { epoch trainLoss validationLoss validationMeanSquaredError seconds imagesPerSecond }'
    await server.data(`query ($id: ID!) { run(id: $id) { ${metrics} checkpoints { epoch url bytes } files { name url bytes } } }`, { id })
    await server.data(`{ runs(first: 500) { nodes { id ${metrics.replace('metrics', 'metrics(maxPoints: 40)')} } } }`)
  })

  it('leaves nothing behind', async () => {
    expect(await server.data('{ runs { totalCount } experiments { totalCount } lab { queued running } }')).toEqual({
      runs: { totalCount: 1 },
      experiments: { totalCount: 0 },
      lab: { queued: 0, running: 0 },
    })
  })

  it('of a subscription over HTTP is refused with where it belongs', async () => {
    const answer = await server.query('subscription { runsChanged { id } }')
    expectError(answer, { code: 'BAD_USER_INPUT', says: /got a subscription.*WebSocket/ })
  })

  it('in a subscription is an error, not a silence', async () => {
    for (const [query, code] of [
      ['subscription { runEvents(runId: "nobody") { __typename } }', 'RUN_NOT_FOUND'],
      ['subscription { runEvents(runId: "nobody", after: -1) { __typename } }', 'BAD_USER_INPUT'],
    ] as const) {
      await using events = server.follow(query)
      await expect(events.finished).rejects.toThrow(code)
    }
  })

  it('names every setting that is wrong, each with its path in the schema and in the input', async () => {
    const { errors } = await server.query(
      launch,
      input({ training: { epochs: 0, batchSize: 0 }, data: { trainCount: 0 }, architecture: { dense: { hiddenWidths: [8, 0] } } }),
    )
    const issues = errors?.[0]?.extensions.issues as { path: string[]; inputPath: string[]; expected: string; received: string }[]
    expect(issues.map(({ path, inputPath }) => [path.join('.'), inputPath.join('.')])).toEqual([
      ['data.trainCount', 'data.trainCount'],
      ['architecture.hiddenWidths.1', 'architecture.dense.hiddenWidths.1'],
      ['training.epochs', 'training.epochs'],
      ['training.batchSize', 'training.batchSize'],
    ])
    for (const { expected, received } of issues) expect([typeof expected, received]).toEqual(['string', '0'])
  })

  it('says how to get a dataset that is missing', async () => {
    await using other = await makeDataFolder()
    await using without = await TestServer.start(other.path, { HOURGLASS_FASHION_MNIST: other.path })
    const { datasets } = await without.data<{ datasets: { id: string; available: boolean; howToGet: string | null }[] }>(
      '{ datasets { id available howToGet } }',
    )
    const fashion = datasets.find((dataset) => dataset.id === 'fashion-mnist')
    expect(fashion?.available).toBe(false)
    const { errors } = await without.query(launch, input({ data: { dataset: 'fashion-mnist' } }))
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'DATASET_UNAVAILABLE', howToGet: fashion?.howToGet })
    expect(errors?.[0]?.message).toContain(fashion?.howToGet)
  })

  it('from a page of another site is refused, over HTTP and WebSocket', async () => {
    const headers = { 'content-type': 'application/json', origin: 'https://example.com' }
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: '{ lab { version } }' }),
    })
    expect(response.status).toBe(403)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    const form = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"{ lab { version } }"}',
    })
    expect(form.status).toBeGreaterThanOrEqual(400)
    const own = new URL(server.url).host
    expect(await handshake({ origin: 'https://example.com' })).toBe(403)
    expect(await handshake({ origin: 'null' })).toBe(403)
    expect(await handshake({ origin: `http://${own}` })).toBe(101)
    expect(await handshake({ origin: 'http://localhost:3000', 'x-forwarded-host': 'localhost:3000' })).toBe(101)
    // A page whose own name was bound to this machine.
    expect(await handshake({ origin: 'http://evil.example', host: 'evil.example' })).toBe(403)
    expect(await handshake({ origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' })).toBe(403)
    const rebound = await fetch(`${server.url}/health`, { headers: { 'x-forwarded-host': 'evil.example' } })
    expect(rebound.status).toBe(403)
    expect(await rebound.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN_HOST' } }] })
    expect(await handshake({})).toBe(101)
  })

  it('of the body itself is an error of the client', async () => {
    const post = (body: string) => fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect((await post('{"query":')).status).toBe(400)
    const tooLarge = await post(JSON.stringify({ query: '{ lab { version } }', variables: { filler: 'x'.repeat(5 * 1024 * 1024) } }))
    expect(tooLarge.status).toBe(413)
    expect(await (await post('[1]')).json()).toHaveProperty('errors')
    expect((await fetch(`${server.url}/nowhere`)).status).toBe(404)
  })

  it('of more operations than a socket may hold is refused, and the others go on', async () => {
    const client = server.connect()
    const subscriptions = Array.from({ length: 101 }, () => server.follow('subscription { runsChanged { id } }', {}, client))
    await expect(subscriptions.at(-1)?.finished).rejects.toMatchObject([{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }])
    const another = await server.launch(smallConfig)
    await subscriptions[0]?.until((items) => items.length > 0)
    await server.untilStatus(another, 'COMPLETED')
    for (const subscription of subscriptions) await subscription[Symbol.asyncDispose]()
  })

  it('of more sockets than an address may have, or all together, is refused until one closes, and other addresses are served', async () => {
    await using other = await makeDataFolder()
    await using full = await TestServer.start(other.path)
    const sockets: WebSocket[] = []
    /** Opens sockets of one address under as many names as that needs, until it has so many. */
    const openAll = async (address: string, count: number) => {
      // A socket that does not say hello within seconds is closed, so not all of them open at once.
      for (let open = 0; open < count; open += 100) {
        const headers = headersOf(address, open / 100)
        sockets.push(...(await Promise.all(Array.from({ length: Math.min(100, count - open) }, () => openSocket(full, headers)))))
      }
    }
    await openAll('10.0.0.1', 1000)
    expect(await refusedSocket(full, headersOf('10.0.0.1', 39))).toMatchObject({
      status: 429,
      retryAfter: '10',
      errors: [{ extensions: { code: 'TOO_MANY_REQUESTS', limit: 'sockets', of: 'network', retryAfterSeconds: 10 } }],
    })
    let address = 2
    for (; sockets.length < 2000; address++) await openAll(`10.0.0.${address}`, Math.max(1, Math.floor((2000 - sockets.length) / 2)))
    expect(address).toBeGreaterThan(10)
    expect(await refusedSocket(full, headersOf('10.0.0.99', 0))).toMatchObject({
      status: 503,
      retryAfter: '10',
      errors: [{ message: expect.stringContaining('2,000 open sockets of all clients together'), extensions: { of: 'lab' } }],
    })
    await expect
      .poll(() => full.logLines.filter(({ msg }) => msg === 'socket refused'))
      .toMatchObject([
        { status: 429, code: 'TOO_MANY_REQUESTS', address: '10.0.0.1', client: expect.stringMatching(/^[\w-]{24}$/) },
        { status: 503, code: 'TOO_MANY_REQUESTS', address: '10.0.0.99', client: expect.stringMatching(/^[\w-]{24}$/) },
      ])
    expect(sockets.filter(({ readyState }) => readyState !== WebSocket.OPEN)).toEqual([])
    sockets.pop()?.terminate()
    const reopen = () =>
      openSocket(full, headersOf('10.0.0.99', 0)).then(
        (socket) => sockets.push(socket),
        () => undefined,
      )
    await expect.poll(reopen).toBe(2000)
    for (const socket of sockets) socket.terminate()
  })

  it('is not made of a greeting that lies unread while the server stands still', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    server.process.kill('SIGSTOP')
    socket.send('{"type":"connection_init"}')
    await sleep(4_000)
    server.process.kill('SIGCONT')
    const outcome = await Promise.race([
      once(socket, 'message').then(String),
      once(socket, 'close').then(([code]) => `closed with ${code}`),
    ])
    expect(outcome).toContain('connection_ack')
    socket.terminate()
  })

  it('closes a socket that sends a frame too large', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    const code = await new Promise((resolve) => {
      socket.on('open', () => socket.send('x'.repeat(5 * 1024 * 1024)))
      socket.on('close', resolve)
      socket.on('error', () => {})
    })
    expect(code).toBe(1009)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })

  function handshake(headers: Record<string, string>): Promise<number> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
      socket.on('open', () => {
        socket.terminate()
        resolve(101)
      })
      socket.on('unexpected-response', (_, response) => {
        resolve(response.statusCode ?? 0)
        socket.terminate()
      })
      socket.on('error', () => {})
    })
  }
})

/** Opens a socket of graphql-transport-ws, greeting included; rejects where it is refused. */
async function openSocket({ url }: TestServer, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  return socket
}

/** Asks for a socket that is refused, and reads why. */
async function refusedSocket({ url }: TestServer, headers: Record<string, string>): Promise<Record<string, unknown>> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
  socket.on('error', () => undefined)
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  const body = JSON.parse(await text(response)) as Record<string, unknown>
  return { status: response.statusCode, retryAfter: response.headers['retry-after'], ...body }
}

/** What the dashboard sends of a browser at an address; the number tells browsers apart. */
const headersOf = (address: string, browser: number) => ({
  'x-forwarded-for': address,
  cookie: `hourglass-browser=${String(browser).padStart(22, '0')}`,
})

function expectError({ errors }: GraphQLAnswer, { code, says, path }: { code: string; says: RegExp; path?: string[] | undefined }): void {
  expect(errors?.[0]?.extensions.code).toBe(code)
  expect(errors?.[0]?.message).toMatch(says)
  if (path) expect(errors?.[0]?.extensions.issues).toMatchObject([{ path }])
}
