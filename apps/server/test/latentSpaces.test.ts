import { open } from 'node:fs/promises'
import { decodeSafetensors } from '@hourglass/autoencoders'
import { directionSpreads, principalDirections, readCodes, type StoredCodes } from '@hourglass/autoencoders/latent'
import { artifactNames } from '@hourglass/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { placeOf } from './storedFiles.js'

/** Values of a code of the run that is asked about. */
const SIZE = 4

describe('the latent space of a stored run', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>
  let server: TestServer
  let id: string
  let stored: StoredCodes

  beforeAll(async () => {
    folder = await makeDataFolder()
    server = await TestServer.start(folder.path)
    id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
    const { run } = await server.data<{ run: { codes: { url: string } } }>('query ($id: ID!) { run(id: $id) { codes { url } } }', { id })
    const response = await fetch(new URL(run.codes.url, server.url))
    const read = readCodes(decodeSafetensors(new Uint8Array(await response.arrayBuffer())))
    if (!read) throw new Error('expected codes')
    stored = read
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    await folder?.[Symbol.asyncDispose]()
  })

  const row = (codes: Float32Array, at: number) => [...codes.subarray(at * SIZE, (at + 1) * SIZE)]

  it('is gone through on a path whose images are those that its codes are decoded to', async () => {
    const ends = [row(stored.codes, 0), row(stored.codes, 1)]
    const ask = async (path: string) => {
      const QUERY = `query ($id: ID!, $codes: [[Float!]!]!) { interpolate(runId: $id, codes: $codes, steps: 5, path: ${path}) { codes images } }`
      return (await server.data<{ interpolate: { codes: number[][]; images: number[][] } }>(QUERY, { id, codes: ends })).interpolate
    }
    for (const path of ['STRAIGHT', 'SPHERICAL']) {
      const { codes, images } = await ask(path)
      expect([codes.length, codes[0], codes[4]]).toEqual([5, ends[0], ends[1]])
      const { decode } = await server.data<{ decode: number[][] }>(
        'query ($id: ID!, $codes: [[Float!]!]!) { decode(runId: $id, codes: $codes) }',
        { id, codes },
      )
      expect(images).toEqual(decode)
    }
    expect((await ask('SPHERICAL')).codes[2]).not.toEqual((await ask('STRAIGHT')).codes[2])
  })

  it('has the principal directions of its training codes, along which codes are projected', async () => {
    const { directions } = await server.data<{ directions: Directions }>(
      'query ($id: ID!) { directions(runId: $id, count: 9) { epoch count mean directions { vector minimum maximum standardDeviation explainedVariance } } }',
      { id },
    )
    const expected = principalDirections(stored.trainingCodes, { size: SIZE, wanted: 9 })
    expect(directions).toMatchObject({ epoch: 3, count: stored.trainingCodes.length / SIZE, mean: [...expected.mean] })
    expect(directions.directions.map(({ vector }) => vector)).toEqual([0, 1, 2, 3].map((at) => row(expected.directions, at)))
    const spreads = directionSpreads(stored.trainingCodes, expected)
    expect(directions.directions.map(({ minimum, maximum }) => [minimum, maximum])).toEqual(
      spreads.map(({ minimum, maximum }) => [minimum, maximum]),
    )
    // All directions together explain all.
    expect(directions.directions.reduce((sum, { explainedVariance }) => sum + explainedVariance, 0)).toBeCloseTo(1, 5)
    const { project } = await server.data<{ project: number[][] }>(
      'query ($id: ID!, $codes: [[Float!]!]!) { project(runId: $id, codes: $codes, count: 3) }',
      { id, codes: [[...expected.mean], [...expected.mean].map((value, at) => value + 2 * (expected.directions[SIZE + at] ?? 0))] },
    )
    for (const [at, value] of [0, 0, 0].entries()) expect(project[0]?.[at]).toBeCloseTo(value, 5)
    for (const [at, value] of [0, 2, 0].entries()) expect(project[1]?.[at]).toBeCloseTo(value, 4)
  })

  it('tells which test examples are nearest to a code, and where it is far from all', async () => {
    const QUERY =
      'query ($id: ID!, $codes: [[Float!]!]!) { neighbours(runId: $id, codes: $codes, count: 3) { isFar usualDistance neighbours { index label distance } } }'
    const far = row(stored.codes, 7).map((value) => 1000 + value)
    const { neighbours } = await server.data<{ neighbours: Neighbourhood[] }>(QUERY, { id, codes: [row(stored.codes, 7), far] })
    expect(neighbours[0]?.neighbours[0]).toEqual({ index: 7, label: stored.labels[7], distance: 0 })
    const distances = Array.from({ length: stored.codes.length / SIZE }, (_, at) =>
      Math.hypot(...row(stored.codes, at).map((value, place) => value - (stored.codes[7 * SIZE + place] ?? 0))),
    ).toSorted((a, b) => a - b)
    for (const [place, { distance }] of (neighbours[0]?.neighbours ?? []).entries())
      expect(distance).toBeCloseTo(distances[place] ?? Number.NaN, 6)
    expect(neighbours.map(({ isFar }) => isFar)).toEqual([false, true])
    expect(neighbours[1]?.neighbours).toHaveLength(3)
  })

  it('says that its codes are damaged, and goes on', async () => {
    const { path, offset, bytes } = placeOf(folder.path, id, artifactNames.codes(2))
    const file = await open(path, 'r+')
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, offset + bytes - 1)
    await file.write(Uint8Array.of((buffer[0] ?? 0) ^ 1), 0, 1, offset + bytes - 1)
    await file.close()
    const ask = (epoch: number) =>
      server.query('query ($id: ID!, $epoch: Int!) { directions(runId: $id, epoch: $epoch) { count } }', { id, epoch })
    const { errors } = await ask(2)
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/codes.*expected the content that was written/),
      extensions: { code: 'ARTIFACT_DAMAGED' },
    })
    expect((await ask(3)).errors).toBeUndefined()
  })
})

interface Directions {
  readonly epoch: number
  readonly count: number
  readonly mean: number[]
  readonly directions: { vector: number[]; minimum: number; maximum: number; explainedVariance: number }[]
}

interface Neighbourhood {
  readonly isFar: boolean
  readonly usualDistance: number
  readonly neighbours: { index: number; label: number; distance: number }[]
}
