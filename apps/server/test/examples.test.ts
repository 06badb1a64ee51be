import { decodeSafetensors } from '@hourglass/autoencoders'
import { readCodes } from '@hourglass/autoencoders/latent'
import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { editDatabase } from './editDatabase.js'
import { smallConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

useServer()

const get = (id: string, name: string) => fetch(new URL(`/artifacts/runs/${id}/examples/${name}`, server.url))

async function train(config: object): Promise<string> {
  const id = await server.launch(config as typeof smallConfig)
  await server.untilStatus(id, 'COMPLETED')
  return id
}

/** Reads the images of a strip, pixels 0…1. */
async function imagesOf(response: Response, count: number): Promise<number[][]> {
  const { width, height, data } = decode(new Uint8Array(await response.arrayBuffer()))
  const side = width / count
  return Array.from({ length: count }, (_, image) =>
    Array.from({ length: side * height }, (_, at) => (data[Math.floor(at / side) * width + image * side + (at % side)] ?? 0) / 255),
  )
}

describe('the examples of a run', () => {
  it('are those whose codes are stored, a page a file', async () => {
    const id = await train({ ...smallConfig, data: { dataset: 'mnist', trainCount: 256, testCount: 300 } })
    const page = await get(id, 'test/0.png')
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
      200,
      'image/png',
      'public, max-age=31536000, immutable',
    ])
    const images = await imagesOf(page, 250)
    const rest = await imagesOf(await get(id, 'test/1.png'), 50)
    const { run } = await server.data<{ run: { codes: { url: string } } }>('query ($id: ID!) { run(id: $id) { codes { url } } }', { id })
    const stored = readCodes(decodeSafetensors(new Uint8Array(await (await fetch(new URL(run.codes.url, server.url))).arrayBuffer())))
    const ENCODE = 'query ($id: ID!, $images: [[Float!]!]!) { encode(runId: $id, images: $images) }'
    const { encode } = await server.data<{ encode: number[][] }>(ENCODE, { id, images: [images[7], rest[49]] })
    for (const [at, row] of [7, 299].entries()) {
      for (const [unit, value] of (encode[at] ?? []).entries()) expect(value).toBeCloseTo(stored?.codes[4 * row + unit] ?? Number.NaN, 4)
    }
    expect((await get(id, 'validation/0.png')).status).toBe(200)
    const training = await imagesOf(await get(id, 'training/0.png'), 250)
    expect(training[0]).not.toEqual(images[0])
  })

  it('are points where the data is of points', async () => {
    const id = await train({
      data: { dataset: 'two-moons', trainCount: 100, testCount: 60 },
      architecture: { dense: { latentDimension: 1, hiddenWidths: [8], outputActivation: 'LINEAR' } },
      training: { epochs: 1, batchSize: 20 },
    })
    const { points } = decodeSafetensors(new Uint8Array(await (await get(id, 'test/0.safetensors')).arrayBuffer()))
    expect(points?.shape).toEqual([60, 2])
    expect((await get(id, 'test/0.png')).status).toBe(404)
  })

  it('are not found where there are none, and refused where the data is not what the run has seen', async () => {
    const id = await train(smallConfig)
    for (const name of ['test/1.png', 'test/99999.png', 'validation/9.png', 'test/x.png']) expect((await get(id, name)).status).toBe(404)
    expect((await get('000000000000', 'test/0.png')).status).toBe(404)
    editDatabase(server.dataFolder, (database) => database.prepare("UPDATE Run SET datasetHash = 'f00d' WHERE id = ?").run(id))
    const refused = await get(id, 'test/0.png')
    expect(refused.status).toBe(410)
    expect(JSON.stringify(await refused.json())).toMatch(/expected the examples that the run has seen.*DATASET_UNAVAILABLE/)
  })
})
