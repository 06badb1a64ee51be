import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeSafetensors, type NamedTensors } from '@hourglass/autoencoders'
import { placesOf, planeOf, principalDirections, readCodes } from '@hourglass/autoencoders/latent'
import { beforeAll, describe, expect, it } from 'vitest'
import { editDatabase } from './editDatabase.js'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { server, useServer } from './useServer.js'

const SIZE = 4
const FOLLOW =
  'subscription ($id: ID!, $epoch: Int!, $choice: CodedChoice!) { codedExamples(runId: $id, epoch: $epoch, choice: $choice) { done total isReady problem { code } } }'
const SELECTION =
  'query ($id: ID!, $rows: [Int!]!) { exampleSelection(runId: $id, rows: $rows) { code mean deviations classes { label count } worst { row error } } }'
const CLUSTERS =
  'query ($id: ID!, $rows: [Int!]!, $count: Int!) { exampleClusters(runId: $id, rows: $rows, count: $count) { rows members centres distortion } }'

interface Progress {
  readonly done: number
  readonly total: number | null
  readonly isReady: boolean
  readonly problem: { readonly code: string } | null
}

useServer()

const get = (id: string, name: string, of: TestServer = server) => fetch(new URL(`/artifacts/runs/${id}/${name}`, of.url))
const tensorsOf = async (response: Response): Promise<NamedTensors> => decodeSafetensors(new Uint8Array(await response.arrayBuffer()))
const valuesOf = (tensors: NamedTensors, name: string) => tensors[name]?.values ?? new Float32Array()
const codeOf = (codes: Float32Array, row: number) => [...codes.subarray(row * SIZE, (row + 1) * SIZE)]

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-4): void {
  expect(actual.length).toBe(expected.length)
  const farthest = Array.from(actual).reduce((most, value, at) => Math.max(most, Math.abs(value - (expected[at] ?? Number.NaN))), 0)
  expect(farthest).toBeLessThan(tolerance)
}

async function storedCodes(id: string, epoch: number) {
  const { run } = await server.data<{ run: { codes: { url: string } } }>(
    'query ($id: ID!, $epoch: Int) { run(id: $id) { codes(epoch: $epoch) { url } } }',
    { id, epoch },
  )
  const read = readCodes(await tensorsOf(await fetch(new URL(run.codes.url, server.url))))
  if (!read) throw new Error('expected codes')
  return read
}

async function train(of: TestServer = server, config: object = smallConfig): Promise<string> {
  const id = await of.launch(config as typeof smallConfig)
  await of.untilStatus(id, 'COMPLETED')
  return id
}

describe('the codes of all examples of a run', () => {
  let id: string
  let all: NamedTensors
  let counts: readonly number[]
  beforeAll(async () => {
    id = await train(server, { ...smallConfig, data: { dataset: 'mnist', trainCount: 700, validationCount: 100, testCount: 300 } })
    all = await tensorsOf(await get(id, 'all/2/codes.safetensors'))
    counts = [...valuesOf(all, 'counts')]
  })

  it('are of test, training and validation examples in turn, and those that the epoch has kept', async () => {
    const total = counts.reduce((sum, count) => sum + count, 0)
    expect(counts[0]).toBe(300)
    expect(counts[2]).toBe(100)
    expect([all.codes?.shape, all.labels?.shape, all.errors?.shape]).toEqual([[total, SIZE], [total], [total]])
    expect([...valuesOf(all, 'rows')]).toEqual(Array.from({ length: total }, (_, row) => row))
    const stored = await storedCodes(id, 2)
    const codes = valuesOf(all, 'codes')
    expectClose(codes.subarray(0, stored.codes.length), stored.codes)
    expect([...valuesOf(all, 'labels')].slice(0, stored.labels.length)).toEqual(Array.from(stored.labels))
    expectClose(codes.subarray(300 * SIZE, 300 * SIZE + stored.trainingCodes.length), stored.trainingCodes)
  })

  it('come with the error of each reconstruction', async () => {
    const codes = [codeOf(valuesOf(all, 'codes'), 5), codeOf(valuesOf(all, 'codes'), 299)]
    const { decode } = await server.data<{ decode: number[][] }>(
      'query ($id: ID!, $codes: [[Float!]!]!) { decode(runId: $id, codes: $codes, epoch: 2) }',
      { id, codes },
    )
    const { exampleSelection: selection } = await server.data<{ exampleSelection: { mean: number[]; deviations: number[] } }>(
      SELECTION.replace('rows: $rows)', 'rows: $rows, epoch: 2)'),
      { id, rows: [5] },
    )
    // The mean of one image is that image.
    const error = selection.mean.reduce((sum, value, at) => sum + (value - (decode[0]?.[at] ?? 0)) ** 2, 0) / selection.mean.length
    expect(valuesOf(all, 'errors')[5]).toBeCloseTo(error, 5)
    expect(Math.max(...selection.deviations)).toBe(0)
  })

  it('are sent to a map as places, by the directions of the epoch that it is fitted to, or by units', async () => {
    const codes = valuesOf(all, 'codes')
    const labels = valuesOf(all, 'labels')
    const fitted = await storedCodes(id, 1)
    const principal = principalDirections(fitted.trainingCodes, { size: SIZE, wanted: 16 })
    const expected = [
      ['map=principal&fit=1', planeOf({ kind: 'principal' }, { size: SIZE, principal })],
      ['map=z2-z4', planeOf({ kind: 'units', across: 1, up: 3 }, { size: SIZE, principal: null })],
    ] as const
    for (const [question, plane] of expected) {
      if (!plane) throw new Error('expected a plane')
      const response = await get(id, `all/2/places.safetensors?${question}`)
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
      const places = await tensorsOf(response)
      const { x, y } = placesOf(codes, labels, plane)
      expectClose(valuesOf(places, 'x'), x, 1e-6)
      expectClose(valuesOf(places, 'y'), y, 1e-6)
      expect(valuesOf(places, 'errors')).toEqual(valuesOf(all, 'errors'))
    }
  })

  it('have a sample that is the same of every epoch', async () => {
    const [first, second] = [
      await tensorsOf(await get(id, 'sample/1/codes.safetensors')),
      await tensorsOf(await get(id, 'sample/2/codes.safetensors')),
    ]
    const rows = [...valuesOf(second, 'rows')]
    expect(valuesOf(first, 'rows')).toEqual(valuesOf(second, 'rows'))
    expect(rows).not.toEqual(rows.toSorted((a, b) => a - b))
    const codes = valuesOf(all, 'codes')
    expectClose(valuesOf(second, 'codes').subarray(0, SIZE), codeOf(codes, rows[0] ?? 0), 1e-6)
    expect(codeOf(valuesOf(first, 'codes'), 0)).not.toEqual(codeOf(valuesOf(second, 'codes'), 0))
  })

  it('are told of while they are computed, and at once where they are there', async () => {
    await using following = server.follow<Progress>(FOLLOW, { id, epoch: 3, choice: 'ALL' })
    await following.finished
    const total = counts.reduce((sum, count) => sum + count, 0)
    expect(following.items.at(-1)).toEqual({ done: total, total, isReady: true, problem: null })
    const done = following.items.map((item) => item.done)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    await using again = server.follow<Progress>(FOLLOW, { id, epoch: 3, choice: 'ALL' })
    await again.finished
    expect(again.items.at(-1)?.isReady).toBe(true)
  })

  it('say of some of them what they have in common', async () => {
    const rows = [3, 10, 310, 1, 10]
    const { exampleSelection: selection } = await server.data<{
      exampleSelection: { code: number[]; classes: { label: number; count: number }[]; worst: { row: number; error: number }[] }
    }>(SELECTION.replace('rows: $rows)', 'rows: $rows, epoch: 2)'), { id, rows })
    const [codes, labels, errors] = [valuesOf(all, 'codes'), valuesOf(all, 'labels'), valuesOf(all, 'errors')]
    const chosen = [1, 3, 10, 310]
    expectClose(
      selection.code,
      Array.from({ length: SIZE }, (_, unit) => chosen.reduce((sum, row) => sum + (codes[row * SIZE + unit] ?? 0) / 4, 0)),
    )
    expect(selection.classes.reduce((sum, { count }) => sum + count, 0)).toBe(4)
    for (const { label, count } of selection.classes) expect(chosen.filter((row) => labels[row] === label)).toHaveLength(count)
    expect(selection.worst.map(({ row }) => row)).toEqual(chosen.toSorted((a, b) => (errors[b] ?? 0) - (errors[a] ?? 0)))
  })

  it('are data for k-means', async () => {
    const rows = Array.from({ length: 200 }, (_, row) => row * 2)
    const { exampleClusters: clusters } = await server.data<{
      exampleClusters: { rows: number[]; members: number[]; centres: number[][]; distortion: number }
    }>(CLUSTERS.replace('count: $count)', 'count: $count, epoch: 2)'), { id, rows, count: 5 })
    expect(clusters.rows).toEqual(rows)
    expect(clusters.centres).toHaveLength(5)
    const sizes = clusters.centres.map((_, cluster) => clusters.members.filter((member) => member === cluster).length)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    const codes = valuesOf(all, 'codes')
    let sum = 0
    for (const [at, row] of rows.entries()) {
      const distances = clusters.centres.map((centre) =>
        centre.reduce((all, value, unit) => all + (value - (codes[row * SIZE + unit] ?? 0)) ** 2, 0),
      )
      const own = distances[clusters.members[at] ?? -1] ?? Number.NaN
      expect(own).toBeCloseTo(Math.min(...distances), 6)
      sum += own / rows.length
    }
    expect(clusters.distortion).toBeCloseTo(sum, 5)
  })

  it.each([
    ['an epoch that there is not', 'all/9/codes.safetensors', 404, 'EPOCH_NOT_FOUND'],
    ['a map by a unit that there is not', 'all/2/places.safetensors?map=z9-z1', 400, 'BAD_USER_INPUT'],
    ['a map by one unit of several', 'all/2/places.safetensors?map=z1', 400, 'BAD_USER_INPUT'],
    ['a map by something else', 'all/2/places.safetensors?map=north', 400, 'BAD_USER_INPUT'],
    ['a fit to an epoch that there is not', 'all/2/places.safetensors?fit=7', 404, 'EPOCH_NOT_FOUND'],
    ['another choice', 'some/2/codes.safetensors', 404, 'NOT_FOUND'],
  ])('are refused for %s', async (_, name, status, code) => {
    const response = await get(id, name)
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] }
    expect([response.status, errors[0]?.extensions.code]).toEqual([status, code])
  })

  it('are refused for rows that there are not, and for more clusters than there may be', async () => {
    const codeOfError = async (query: string, variables: object) =>
      (await server.query(query, { id, ...variables })).errors?.[0]?.extensions.code
    expect(await codeOfError(SELECTION, { rows: [] })).toBe('BAD_USER_INPUT')
    expect(await codeOfError(SELECTION, { rows: [-1] })).toBe('BAD_USER_INPUT')
    expect(await codeOfError(SELECTION, { rows: [50_000] })).toBe('BAD_USER_INPUT')
    expect(await codeOfError(CLUSTERS, { rows: [1], count: 65 })).toBe('BAD_USER_INPUT')
  })
})

describe('codes of all examples that are kept', () => {
  it('are computed again where their file went or was changed, and never more than may be kept', async () => {
    await using folder = await makeDataFolder()
    await using own = await TestServer.start(folder.path, { HOURGLASS_CODES_MEGABYTES: '0' })
    const id = await train(own)
    const kept = () => readdir(join(folder.path, 'codes'))
    const first = await tensorsOf(await get(id, 'all/1/codes.safetensors', own))
    const [name = ''] = await kept()
    expect((await stat(join(folder.path, 'codes', name))).size).toBeGreaterThan(0)
    await get(id, 'all/2/codes.safetensors', own)
    expect(await kept()).toHaveLength(1)
    expect(await kept()).not.toContain(name)
    expect(valuesOf(await tensorsOf(await get(id, 'all/1/codes.safetensors', own)), 'codes')).toEqual(valuesOf(first, 'codes'))
  })

  it('are cancelled when nobody waits for them, which the next who asks does not notice', async () => {
    await using folder = await makeDataFolder()
    await using own = await TestServer.start(folder.path)
    const id = await train(own, {
      ...smallConfig,
      data: { dataset: 'mnist', trainCount: 60_000, validationCount: 0, testCount: 10_000 },
      training: { ...smallConfig.training, epochs: 1 },
    })
    const following = own.follow<Progress>(FOLLOW, { id, epoch: 1, choice: 'ALL' })
    const [last] = (await following.until((items) => items.some(({ done }) => done > 0))).slice(-1)
    expect(last?.isReady).toBe(false)
    await following[Symbol.asyncDispose]()
    // What was begun goes.
    await expect.poll(() => readdir(join(folder.path, 'codes')), { timeout: 60_000 }).toEqual([])
    const places = await tensorsOf(await get(id, 'all/1/places.safetensors?map=z1-z2', own))
    expect([...valuesOf(places, 'counts')]).toEqual([10_000, 60_000, 0])
    expect(valuesOf(places, 'x')).toHaveLength(70_000)
  })

  it('are not to be had of data that is not what the run has seen', async () => {
    const id = await train()
    editDatabase(server.dataFolder, (database) => database.prepare("UPDATE Run SET datasetHash = 'f00d' WHERE id = ?").run(id))
    const refused = await get(id, 'all/1/codes.safetensors')
    expect(refused.status).toBe(410)
    await using following = server.follow<Progress>(FOLLOW, { id, epoch: 1, choice: 'SAMPLE' })
    await following.finished
    expect(following.items.at(-1)).toMatchObject({ isReady: false, problem: { code: 'DATASET_UNAVAILABLE' } })
  })
})
