import { serverAudits } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { rawGet } from './rawGet.js'
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

const RENAME = 'mutation { launchRun(input: { config: {} }) { id } }'
const foreign = { origin: 'https://example.org' }

/** How a page of another site can send something without a question before, and with one that was wrongly granted. */
it.each<readonly [what: string, path: string, init: RequestInit, statuses: readonly number[]]>([
  [
    'JSON',
    '/graphql',
    { method: 'POST', headers: { ...foreign, 'content-type': 'application/json' }, body: JSON.stringify({ query: RENAME }) },
    [403],
  ],
  [
    'JSON that is called text',
    '/graphql',
    { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: RENAME }) },
    [400, 415],
  ],
  ['a form', '/graphql', { method: 'POST', body: new URLSearchParams({ query: RENAME }) }, [400, 415]],
  [
    'a form with files',
    '/graphql',
    { method: 'POST', body: formOf({ operations: JSON.stringify({ query: RENAME }), map: '{}' }) },
    [400, 415],
  ],
  ['a mutation in an address', `/graphql?query=${encodeURIComponent(RENAME)}`, {}, [405]],
  ['an archive', '/archives', { method: 'POST', headers: { ...foreign, 'content-type': 'application/x-tar' }, body: 'x' }, [403]],
  ['a form in place of an archive', '/archives', { method: 'POST', body: new URLSearchParams({ x: 'x' }) }, [415]],
])('changes nothing, and works on nothing, for a page of another site that sends %s', async (_, path, init, statuses) => {
  const answer = await fetch(`${server.url}${path}`, init)
  expect(statuses).toContain(answer.status)
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  await answer.text()
  expect(await server.data('{ runs { totalCount } }')).toEqual({ runs: { totalCount: 0 } })
})

it.each([
  ['a link to a query', '/graphql?query={lab{version}}', 'navigate', 'document', 403],
  ['a picture of an archive', '/archives/runs/abcdefghijkl.tar', 'no-cors', 'image', 403],
  ['a frame of an archive', '/archives/runs/abcdefghijkl.tar', 'navigate', 'iframe', 403],
  ['a picture of a model', '/artifacts/runs/abcdefghijkl/onnx/0001/decoder.onnx', 'no-cors', 'image', 403],
  ['a link to an archive', '/archives/runs/abcdefghijkl.tar', 'navigate', 'document', 404],
])('answers %s on a page of another site: %s as %s for a %s is %i', async (_, path, mode, dest, status) => {
  const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': dest }
  expect((await rawGet(server.url, path, headers)).status).toBe(status)
})

it('grants no page of another site anything before it asks', async () => {
  const headers = { ...foreign, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
  for (const path of ['/graphql', '/archives']) {
    const answer = await fetch(`${server.url}${path}`, { method: 'OPTIONS', headers })
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  }
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

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}
