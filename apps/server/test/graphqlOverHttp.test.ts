import { serverAudits } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { server, useServer } from './useServer.js'

useServer()

it('answers no page of another site, whatever it asks for, and every page of its own', async () => {
  const ask = (site: string) => fetch(`${server.url}/graphql?query={lab{version}}`, { headers: { 'sec-fetch-site': site } })
  for (const site of ['cross-site', 'same-site']) {
    const answer = await ask(site)
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN_ORIGIN' } }] })
  }
  for (const site of ['same-origin', 'none']) expect((await ask(site)).status).toBe(200)
})

it.each([
  ['application/json', 200],
  ['*/*', 200],
  ['application/graphql-response+json', 400],
  ['application/graphql-response+json, application/json;q=0.9', 400],
])('says what is wrong with a document in the status that readers of %s expect: %i', async (accept, status) => {
  const answer = await fetch(`${server.url}/graphql?query={nothing}`, { headers: { accept } })
  expect(answer.status).toBe(status)
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] })
})

// The specification's own audits, of what a server MUST, SHOULD and MAY do alike.
describe('GraphQL over HTTP', () => {
  it.each(serverAudits({ url: () => `${server.url}/graphql` }).map((audit) => [audit.name, audit] as const))('%s', async (_, audit) => {
    const result = await audit.fn()
    if (result.status === 'ok') return
    expect.fail(`${result.reason}: ${result.response.status} ${await result.response.text()}`)
  })
})
