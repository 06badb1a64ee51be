import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeSafetensors } from '@hourglass/autoencoders'
import { decode as decodePng } from 'fast-png'
import { buildSchema, type GraphQLNamedType, getNamedType, isObjectType } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { printedSchemaPath } from '../src/projectPaths.js'
import { rawGet } from './rawGet.js'
import { endlessConfig, type RunRow, smallConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

describe('a run', () => {
  let id: string
  let run: RunRow

  useServer()
  beforeAll(async () => {
    id = await server.launch(smallConfig)
    run = await server.untilStatus(id, 'COMPLETED', 'FAILED')
  })

  it('trains to the end and keeps what it measured', () => {
    expect(run).toMatchObject({ number: 1, name: 'Dense 784-4-784 · MNIST', status: 'COMPLETED', engine: 'onnx', error: null })
    expect(run.parameterCount).toBe(784 * 4 + 4 + 4 * 784 + 784)
    expect(run.metrics.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(run.summary.validationLoss).toBe(run.metrics.at(-1)?.validationLoss)
    expect(run.summary.bestValidationLoss).toBe(Math.min(...run.metrics.map(({ validationLoss }) => validationLoss)))
    expect(Date.parse(run.finishedAt ?? '')).toBeGreaterThan(Date.parse(run.startedAt ?? ''))
  })

  it('tells in a line how it is configured, and its losses in columns', async () => {
    const { run: drawn } = await server.data<{
      run: { outline: string; curve: { epochs: number[]; trainLoss: number[]; validationLoss: number[] } }
    }>('query ($id: ID!) { run(id: $id) { outline curve(maxPoints: 4) { epochs trainLoss validationLoss } } }', { id })
    expect(drawn.outline).toMatch(/^784-4-784 · MSE · Adam [0-9.]+ · batch \d+$/)
    expect(drawn.curve.epochs).toEqual([1, 2, 3])
    for (const [index, { validationLoss }] of run.metrics.entries()) {
      expect(drawn.curve.validationLoss[index]).toBe(Number(validationLoss.toPrecision(5)))
    }
    expect(drawn.curve.trainLoss).toHaveLength(3)
  })

  it('keeps its files, each under the address that the API names', async () => {
    const { run: named } = await server.data<{
      run: {
        checkpoints: { epoch: number; url: string; bytes: number }[]
        reconstructions: {
          epoch: number
          count: number
          labels: number[]
          exampleShape: number[]
          originalsUrl: string
          reconstructionsUrl: string
        }
        codes: { count: number; url: string; dimensions: { index: number; minimum: number; maximum: number }[] }
        files: { name: string; url: string; bytes: number }[]
      }
    }>(
      `query ($id: ID!) { run(id: $id) {
        checkpoints { epoch url bytes }
        reconstructions { epoch count labels exampleShape originalsUrl reconstructionsUrl }
        codes(epoch: 2) { count url dimensions { index minimum maximum mean standardDeviation } }
        files { name url bytes }
      } }`,
      { id },
    )
    expect(named.checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    for (const { url, bytes } of [...named.checkpoints, ...named.files]) expect(await fetchBytes(url)).toHaveLength(bytes)
    expect(named.files.map(({ name }) => name)).toContain('resume/0003.safetensors')

    const { reconstructions } = named
    expect(reconstructions).toMatchObject({ epoch: 3, count: 16, exampleShape: [28, 28] })
    for (const url of [reconstructions.originalsUrl, reconstructions.reconstructionsUrl]) {
      expect(decodePng(await fetchBytes(url))).toMatchObject({ width: 16 * 28, height: 28, depth: 8, channels: 1 })
    }

    const { codes, labels } = decodeSafetensors(await fetchBytes(named.codes.url))
    expect(codes?.shape).toEqual([64, 4])
    expect(labels?.shape).toEqual([64])
    expect([...(labels?.values.subarray(0, 16) ?? [])]).toEqual(reconstructions.labels)
    const first = [...(codes?.values ?? [])].filter((_, index) => index % 4 === 0)
    expect(named.codes.dimensions[0]?.minimum).toBeCloseTo(Math.min(...first), 5)
    expect(named.codes.dimensions[0]?.maximum).toBeCloseTo(Math.max(...first), 5)
  })

  it('reconstructs so many points of a manifold that its shape shows, at every epoch the same', async () => {
    const points = await server.launch({ ...endlessConfig, data: { dataset: 'circle', trainCount: 600 }, training: { epochs: 2 } })
    await server.untilStatus(points, 'COMPLETED')
    const { run: figure } = await server.data<{
      run: {
        reconstructions: { count: number; exampleShape: number[]; originalsUrl: string; reconstructionsUrl: string }
        codes: { url: string }
      }
    }>('query ($id: ID!) { run(id: $id) { reconstructions { count exampleShape originalsUrl reconstructionsUrl } codes { url } } }', {
      id: points,
    })
    expect(figure.reconstructions).toMatchObject({ count: 500, exampleShape: [2] })
    for (const url of [figure.reconstructions.originalsUrl, figure.reconstructions.reconstructionsUrl]) {
      expect(decodeSafetensors(await fetchBytes(url)).points?.shape).toEqual([500, 2])
    }
    // Training examples are encoded in whole batches of 500.
    const stored = decodeSafetensors(await fetchBytes(figure.codes.url))
    expect(stored.trainingCodes?.shape).toEqual([500, stored.codes?.shape[1]])
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [points] })
  })

  it('gets the PCA error for its code size on its own data', async () => {
    // Labs of tests know that of usual code sizes from the beginning.
    const config = { ...smallConfig, architecture: { dense: { latentDimension: 3 } }, training: { epochs: 1 } }
    const first = await server.launch(config)
    await using events = server.follow<{ __typename: string; baseline?: { components: number; meanSquaredError: number } }>(
      'subscription ($id: ID!) { runEvents(runId: $id) { __typename ... on PcaBaselineComputed { baseline { components meanSquaredError } } } }',
      { id: first },
    )
    const found = await events.until((items) => items.some(({ baseline }) => baseline))
    const baseline = found.find((item) => item.baseline)?.baseline
    expect(baseline?.components).toBe(3)
    expect(baseline?.meanSquaredError).toBeGreaterThan(0.03)
    expect(baseline?.meanSquaredError).toBeLessThan(0.08)
    const second = await server.launch(config)
    const { run: cached } = await server.data<{ run: { pcaBaseline: unknown } }>(
      'query ($id: ID!) { run(id: $id) { pcaBaseline { components meanSquaredError } } }',
      { id: second },
    )
    expect(cached.pcaBaseline).toEqual(baseline)
  })

  it('decodes what it encodes to what the figure shows', async () => {
    const strip = decodePng(await fetchBytes(`/artifacts/runs/${id}/originals.png`))
    const image = Array.from({ length: 784 }, (_, pixel) => (strip.data[Math.floor(pixel / 28) * strip.width + (pixel % 28)] ?? 0) / 255)
    const { encode } = await server.data<{ encode: number[][] }>(
      'query ($id: ID!, $images: [[Float!]!]!) { encode(runId: $id, images: $images) }',
      { id, images: [image] },
    )
    expect(encode[0]).toHaveLength(4)
    const { decode } = await server.data<{ decode: number[][] }>(
      'query ($id: ID!, $codes: [[Float!]!]!) { decode(runId: $id, codes: $codes, epoch: 3) }',
      { id, codes: encode },
    )
    const shown = decodePng(await fetchBytes(`/artifacts/runs/${id}/reconstructions/0003.png`))
    const difference = (decode[0] ?? []).map((value, pixel) =>
      Math.abs(value - (shown.data[Math.floor(pixel / 28) * shown.width + (pixel % 28)] ?? 0) / 255),
    )
    expect(Math.max(...difference)).toBeLessThan(0.01)
  })

  it('is served with caching that lasts for what never changes, and none for what does', async () => {
    const head = async (file: string) => fetch(`${server.url}/artifacts/runs/${id}/${file}`, { method: 'HEAD' })
    const checkpoint = await head('checkpoints/0001.safetensors')
    expect(checkpoint.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(checkpoint.headers.get('content-type')).toBe('application/octet-stream')
    const etag = checkpoint.headers.get('etag') ?? ''
    const again = await rawGet(server.url, `/artifacts/runs/${id}/checkpoints/0001.safetensors`, { 'if-none-match': etag })
    expect(again).toMatchObject({ status: 304, body: '' })
    expect((await head('worker.log')).headers.get('cache-control')).toBe('no-cache')
    expect((await head('originals.png')).headers.get('content-type')).toBe('image/png')
  })

  it('lets nothing else out of the data folder', async () => {
    const paths = [
      '/artifacts/runs/../hourglass.db',
      `/artifacts/runs/${id}/../../hourglass.db`,
      `/artifacts/runs/${id}/%2e%2e/%2e%2e/hourglass.db`,
      `/artifacts/runs/${id}/..%2f..%2fhourglass.db`,
      `/artifacts/runs/${id}/checkpoints/..%5c..%5cworker.log`,
      `/artifacts/runs/${id}/resume.next.safetensors`,
      `/artifacts/runs/${id}/checkpoints/9999.safetensors`,
      `/artifacts/runs/${id}`,
      '/artifacts/runs/aaaaaaaaaaaa/worker.log',
      '/artifacts/runs/%00/worker.log',
      '/artifacts/runs/%/worker.log',
    ]
    for (const path of paths) {
      const response = await rawGet(server.url, path)
      expect([400, 404], path).toContain(response.status)
      expect(JSON.parse(response.body), path).toHaveProperty('errors[0].extensions.code')
    }
  })

  it('takes another name, but no empty and no endless one', async () => {
    const rename = (name: string) =>
      server.query('mutation ($id: ID!, $name: String) { updateRun(id: $id, input: { name: $name }) { name } }', { id, name })
    expect((await rename('  Four numbers  ')).data).toEqual({ updateRun: { name: 'Four numbers' } })
    for (const name of ['', '   ', 'x'.repeat(201)]) {
      expect((await rename(name)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
  })

  it('goes with all its rows and files when it is deleted, also while it trains', async () => {
    const doomed = await server.launch(endlessConfig)
    await server.untilEpoch(doomed, 1)
    await using events = server.follow('subscription ($id: ID!) { runEvents(runId: $id) { __typename } }', { id: doomed })
    await events.until((items) => items.length >= 2)
    expect(existsSync(join(server.dataFolder, 'runs', doomed))).toBe(true)

    const refused = await server.query('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [doomed, 'aaaaaaaaaaaa'] })
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'RUN_NOT_FOUND', ids: ['aaaaaaaaaaaa'] })
    expect((await server.untilStatus(doomed, 'RUNNING')).id).toBe(doomed)

    const { deleteRuns } = await server.data<{ deleteRuns: string[] }>('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', {
      ids: [doomed, doomed],
    })
    expect(deleteRuns).toEqual([doomed])
    await events.finished
    expect((await server.query('query ($id: ID!) { run(id: $id) { id } }', { id: doomed })).errors?.[0]?.extensions.code).toBe(
      'RUN_NOT_FOUND',
    )
    const stored = await server.data<{ run: { status: string; deletedAt: string; purgeAt: string } }>(
      'query ($id: ID!) { run(id: $id, inTrash: true) { status deletedAt purgeAt } }',
      { id: doomed },
    )
    expect(stored.run.status).toBe('STOPPED')
    expect(Date.parse(stored.run.purgeAt) - Date.parse(stored.run.deletedAt)).toBe(7 * 86_400_000)
    const { storage } = await server.data<{ storage: { trash: { runs: number; bytes: number } } }>('{ storage { trash { runs bytes } } }')
    expect(storage.trash.runs).toBeGreaterThan(0)
    const { purgeRuns } = await server.data<{ purgeRuns: { ids: string[]; bytes: number } }>(
      'mutation ($ids: [ID!]!) { purgeRuns(runs: { ids: $ids }) { ids bytes } }',
      { ids: [doomed] },
    )
    expect(purgeRuns.ids).toEqual([doomed])
    expect(purgeRuns.bytes).toBeGreaterThan(0)
    expect(existsSync(join(server.dataFolder, 'runs', doomed))).toBe(false)
    expect(await readdir(join(server.dataFolder, 'trash'))).toEqual([])
    expect(
      (await server.query('query ($id: ID!) { run(id: $id, inTrash: true) { id } }', { id: doomed })).errors?.[0]?.extensions.code,
    ).toBe('RUN_NOT_FOUND')
    const third = await server.launch({ ...smallConfig, training: { epochs: 1 } })
    expect((await server.untilStatus(third, 'COMPLETED')).number).toBeGreaterThan(3)
  })

  it('takes the configurations that it answers, without their nulls', async () => {
    const selection = `config ${await selectionOf('RunConfig')}`
    const { presets, datasets } = await server.data<{
      presets: { id: string; config: { data: { dataset: string } } }[]
      datasets: { id: string; available: boolean }[]
    }>(`{ presets { id ${selection} } datasets { id available } }`)
    const isHere = (dataset: string) => datasets.some(({ id, available }) => id === dataset && available)
    const launched: string[] = []
    for (const { id: preset, config } of presets.filter(({ config }) => isHere(config.data.dataset))) {
      const { launchRun } = await server.data<{ launchRun: { id: string; config: unknown } }>(
        `mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id ${selection} } }`,
        { input: { config: withoutNulls(config) } },
      )
      expect(launchRun.config, preset).toEqual(config)
      launched.push(launchRun.id)
    }
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: launched })
  })

  it('writes a log that people can read', async () => {
    const log = await readFile(join(server.dataFolder, 'runs', id, 'worker.log'), 'utf8')
    expect(log).toMatch(/Epoch 3\/3: training loss 0\.\d+, validation loss 0\.\d+/)
  })

  async function fetchBytes(path: string): Promise<Uint8Array> {
    const response = await fetch(server.url + path)
    expect(response.status, path).toBe(200)
    return new Uint8Array(await response.arrayBuffer())
  }
})

function withoutNulls(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  )
}

/** Selects every field of a type, whatever kinds of configuration there are. */
async function selectionOf(typeName: string): Promise<string> {
  const schema = buildSchema(await readFile(printedSchemaPath, 'utf8'))
  const select = (type: GraphQLNamedType | undefined): string =>
    isObjectType(type)
      ? `{ ${Object.values(type.getFields())
          .map((field) => `${field.name} ${select(getNamedType(field.type))}`)
          .join(' ')} }`
      : ''
  return select(schema.getType(typeName))
}
