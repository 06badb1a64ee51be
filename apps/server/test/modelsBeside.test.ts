import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { server, useServer } from './useServer.js'

useServer()

const SIZE = 160
const EXAMPLES = 20_000
/** Codes that take long to cluster, and images of which many are described. */
const config = {
  data: { dataset: 'mnist', trainCount: EXAMPLES - 1_000, testCount: 1_000 },
  architecture: { dense: { latentDimension: SIZE } },
  training: { epochs: 1, batchSize: 500 },
}
const CLUSTERS =
  'query ($id: ID!, $rows: [Int!]!, $seed: Int) { exampleClusters(runId: $id, rows: $rows, count: 64, seed: $seed) { distortion } }'
const DECODE = 'query ($id: ID!, $codes: [[Float!]!]!) { decode(runId: $id, codes: $codes) }'
const rows = Array.from({ length: EXAMPLES }, (_, row) => row)

let id: string
beforeAll(async () => {
  id = await server.launch(config)
  await server.untilStatus(id, 'COMPLETED')
  const codes = await fetch(`${server.url}/artifacts/runs/${id}/all/1/codes.safetensors`)
  expect(codes.status).toBe(200)
  await codes.arrayBuffer()
})

const ask = (query: string, variables: object, options: { readonly from?: string; readonly signal?: AbortSignal } = {}) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close', 'x-forwarded-for': options.from ?? '192.0.5.1' },
    body: JSON.stringify({ query, variables }),
    ...(options.signal && { signal: options.signal }),
  }).then(async (answer) => (await answer.json()) as { readonly errors?: unknown; readonly data: object })

const modelProcess = () => Number(server.logLines.findLast(({ msg }) => msg === 'model process started')?.pid)

/** Time that the process for models was on a processor, in ticks of a hundredth of a second. */
async function ticks(): Promise<number> {
  const stat = await readFile(`/proc/${modelProcess()}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

/** Waits until the process for models hardly computes for a second. */
async function untilIdle(): Promise<void> {
  const used = async () => {
    const before = await ticks()
    await sleep(1_000)
    return (await ticks()) - before
  }
  await expect.poll(used, { timeout: 60_000, interval: 10 }).toBeLessThan(15)
}

/** Begins to find clusters; resolves once that computes. */
async function beginClusters(seed: number, signal?: AbortSignal) {
  await untilIdle()
  const before = await ticks()
  const state = { isOver: false }
  const found = ask(CLUSTERS, { id, rows, seed }, signal && { signal }).finally(() => {
    state.isOver = true
  })
  found.catch(() => undefined)
  await expect.poll(async () => (await ticks()) - before, { interval: 5 }).toBeGreaterThan(20)
  return { found, state, before }
}

/** Ticks that finding clusters takes. */
let whole = 0

describe('a slider', () => {
  it.each([
    ['somebody else', '192.0.5.2'],
    ['whoever waits for them', '192.0.5.1'],
  ])('is answered while clusters are found: %s', async (_, from) => {
    const decode = (value: number) => ask(DECODE, { id, codes: [Array.from({ length: SIZE }, () => value)] }, { from })
    expect((await decode(0)).errors).toBeUndefined()
    const { found, state, before } = await beginClusters(1)
    const overBefore: boolean[] = []
    for (let moved = 0; moved < 10; moved++) {
      expect((await decode(moved / 10)).errors).toBeUndefined()
      overBefore.push(state.isOver)
    }
    expect(overBefore).toEqual(Array(10).fill(false))
    expect((await found).errors).toBeUndefined()
    whole = (await ticks()) - before
  })
})

describe('what nobody waits for any more', () => {
  it('is ended in the midst of it, and what others wait for is done', async () => {
    const leaving = new AbortController()
    const { found, before } = await beginClusters(2, leaving.signal)
    const waiting = fetch(`${server.url}/artifacts/runs/${id}/all/1/places.safetensors?map=z1-z2`, {
      headers: { 'x-forwarded-for': '192.0.5.3' },
    })
    leaving.abort()
    await expect(found).rejects.toThrow('abort')
    expect((await waiting).status).toBe(200)
    await untilIdle()
    // Encoding what others wait for is in it.
    expect((await ticks()) - before).toBeLessThan(whole)
    expect(server.logLines.filter(({ msg }) => msg === 'model process ended')).toEqual([])
  })

  it('is given up while all examples are encoded, and leaves no file', async () => {
    const large = await server.launch({ ...config, architecture: { convolutional: { filters: [16, 32] } } })
    await server.untilStatus(large, 'COMPLETED')
    const folder = join(server.dataFolder, 'codes')
    const present = await readdir(folder)
    await untilIdle()
    const before = await ticks()
    const leaving = new AbortController()
    const left = fetch(`${server.url}/artifacts/runs/${large}/all/1/codes.safetensors`, { signal: leaving.signal }).catch(() => 'left')
    await expect.poll(async () => (await ticks()) - before, { interval: 5 }).toBeGreaterThan(50)
    leaving.abort()
    expect(await left).toBe('left')
    await untilIdle()
    await expect.poll(() => readdir(folder)).toEqual(present)
  })
})
