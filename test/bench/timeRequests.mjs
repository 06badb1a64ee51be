import { percentile } from './statistics.mjs'

const REQUESTS = 30

/**
 * Sends a GraphQL document again and again, one request after another on one connection, and gives the milliseconds until its answer was read and
 * its size in bytes. The first few, which compile, do not count.
 */
export async function timeRequests(url, query, variables, { requests = REQUESTS, warmup = 3 } = {}) {
  const milliseconds = []
  let bytes = 0
  for (let request = -warmup; request < requests; request++) {
    const started = performance.now()
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const body = await response.text()
    if (request >= 0) milliseconds.push(performance.now() - started)
    const { errors } = JSON.parse(body)
    if (errors) throw new Error(JSON.stringify(errors))
    bytes = Buffer.byteLength(body)
  }
  return { median: percentile(milliseconds, 0.5), p95: percentile(milliseconds, 0.95), bytes }
}
