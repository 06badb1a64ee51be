import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { afterEach, describe, expect, it } from 'vitest'
import { LAB_STARTING, toApiError, UNREACHABLE } from '../src/data/apiError'
import { getRefusal } from '../src/data/refusals'
import { retryQueries } from '../src/data/retryQueries'

type Failure = 'drop' | 'starting' | number | { readonly status: number; readonly errors: object[] }

const starting = JSON.stringify({ errors: [{ message: 'The lab is starting; nothing was changed.', extensions: { code: LAB_STARTING } }] })

/** A server that drops or refuses the first requests, then answers. */
async function unreliable(failures: Failure[]) {
  let requests = 0
  const server = createServer((request, response) => {
    request.resume()
    const failure = failures[requests++]
    if (failure === 'drop') request.socket.destroy()
    else if (typeof failure === 'object') response.writeHead(failure.status).end(JSON.stringify(failure))
    else if (failure === 'starting') response.writeHead(503, { 'content-type': 'application/json' }).end(starting)
    else if (failure) response.writeHead(failure).end('Internal Server Error')
    else response.setHeader('content-type', 'application/json').end('{"data":{"answer":42}}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  const client = new ApolloClient({ cache: new InMemoryCache(), link: retryQueries().concat(new HttpLink({ uri })) })
  return { client, close: () => server.close(), requests: () => requests }
}

describe('a request that is not answered', () => {
  let close = () => {}
  afterEach(() => close())

  const start = async (failures: Failure[]) => {
    const started = await unreliable(failures)
    close = started.close
    return started
  }

  it.each([['drop' as const], [500], [502]])('is asked again when it is a query: %s', async (failure) => {
    const { client, requests } = await start([failure])
    const { data } = await client.query({ query: gql`{ answer }` })
    expect(data).toEqual({ answer: 42 })
    expect(requests()).toBe(2)
  })

  it('is given up after three attempts', async () => {
    const { client, requests } = await start(['drop', 'drop', 'drop', 'drop'])
    await expect(client.query({ query: gql`{ answer }` })).rejects.toThrow()
    expect(requests()).toBe(3)
  })

  it('is asked again for as long as the lab may take to start', async () => {
    const { client, requests } = await start(Array.from({ length: 5 }, () => 'starting' as const))
    const { data } = await client.query({ query: gql`{ answer }` })
    expect(data).toEqual({ answer: 42 })
    expect(requests()).toBe(6)
  })

  it('says that the lab is starting when it is a mutation', async () => {
    const { client, requests } = await start(['starting'])
    const error = await client.mutate({ mutation: gql`mutation { answer }` }).catch(toApiError)
    expect(error).toMatchObject({ code: LAB_STARTING, message: 'The lab is starting; nothing was changed.' })
    expect(requests()).toBe(1)
  })

  it('is not asked again when it is a mutation, which may have been done', async () => {
    const { client, requests } = await start(['drop'])
    await expect(client.mutate({ mutation: gql`mutation { answer }` })).rejects.toThrow()
    expect(requests()).toBe(1)
  })

  it('is not asked again when it was refused', async () => {
    const { client, requests } = await start([400])
    await expect(client.query({ query: gql`{ answer }` })).rejects.toThrow()
    expect(requests()).toBe(1)
  })

  it('shows the reason of who refused it, whatever the status', async () => {
    const message = 'Host: expected a name that HOURGLASS_ALLOWED_HOSTS lists. Add it there.'
    const { client, requests } = await start([{ status: 403, errors: [{ message, extensions: { code: 'FORBIDDEN_HOST' } }] }])
    const error: unknown = await client.query({ query: gql`{ answer }` }).catch((refused: unknown) => refused)
    expect(toApiError(error)).toEqual({ code: 'FORBIDDEN_HOST', message, issues: [] })
    expect(requests()).toBe(1)
  })

  it('comes back when it was told to', async () => {
    const refusal = { message: 'Too many.', extensions: { code: 'TOO_MANY_REQUESTS', limit: 'requests', retryAfterSeconds: 1 } }
    const { client, requests } = await start([{ status: 429, errors: [refusal] }])
    const answer = client.query({ query: gql`{ answer }` })
    await expect.poll(() => getRefusal()?.limit).toBe('requests')
    expect((await answer).data).toEqual({ answer: 42 })
    await expect.poll(getRefusal).toBeNull()
    expect(requests()).toBe(2)
  })

  it.each([[{ errors: 3 }], [[]], ['text'], [null]])('is unreachable where an answer gives no reason: %j', async (body) => {
    const answer = { status: 400, errors: [], ...(body as object) }
    const { client } = await start([answer])
    const error: unknown = await client.query({ query: gql`{ answer }` }).catch((refused: unknown) => refused)
    expect(toApiError(error).code).toBe(UNREACHABLE)
  })
})
