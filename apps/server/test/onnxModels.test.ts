import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runModel } from '../../../packages/tfjs-onnx/test/export/runModel.js'
import { endlessConfig, smallConfig } from './startServer.js'
import { placeOf } from './storedFiles.js'
import { server, useServer } from './useServer.js'

const modelsQuery = 'query ($id: ID!, $epoch: Int) { run(id: $id) { onnxModels(epoch: $epoch) { part epoch url } } }'
const codes = [
  [0.5, -1, 2, 0],
  [0, 0, 0, 0],
  [1, 1, -3, 0.25],
]

let id: string
useServer()
beforeAll(async () => {
  id = await server.launch(smallConfig)
  await server.untilStatus(id, 'COMPLETED')
})
async function modelsOf(epoch?: number): Promise<{ part: string; epoch: number; url: string }[]> {
  return (await server.data<{ run: { onnxModels: { part: string; epoch: number; url: string }[] } }>(modelsQuery, { id, epoch })).run
    .onnxModels
}

async function download(part: string, epoch?: number): Promise<Uint8Array> {
  const model = (await modelsOf(epoch)).find((candidate) => candidate.part === part)
  return new Uint8Array(await (await fetch(`${server.url}${model?.url}`)).arrayBuffer())
}

function expectRows(actual: Float32Array | undefined, expected: number[][]): void {
  const flat = expected.flat()
  expect(actual).toHaveLength(flat.length)
  expect(flat.every((value, index) => Math.abs(value - (actual?.[index] ?? Number.NaN)) < 1e-5)).toBe(true)
}

describe('the ONNX models of a run', () => {
  it('are listed for an epoch, by default the latest', async () => {
    const listed = (epoch: number) =>
      ['encoder', 'decoder', 'autoencoder'].map((part) => ({
        part: part.toUpperCase(),
        epoch,
        url: `/artifacts/runs/${id}/onnx/000${epoch}/${part}.onnx`,
      }))
    expect(await modelsOf()).toEqual(listed(3))
    expect(await modelsOf(1)).toEqual(listed(1))
  })

  it.each([1, 3])('decode as the API does, with the parameters of epoch %d', async (epoch) => {
    const { decode } = await server.data<{ decode: number[][] }>(
      'query ($id: ID!, $codes: [[Float!]!]!, $epoch: Int) { decode(runId: $id, codes: $codes, epoch: $epoch) }',
      { id, codes, epoch },
    )
    const input = { shape: [3, 4], values: Float32Array.from(codes.flat()) }
    const { reconstructions } = await runModel('onnxruntime-node', await download('DECODER', epoch), { codes: input })
    expectRows(reconstructions?.values, decode)
  })

  it('encode as the API does', async () => {
    const images = [0.1, 0.9].map((grey) => new Array<number>(784).fill(grey))
    const { encode } = await server.data<{ encode: number[][] }>(
      'query ($id: ID!, $images: [[Float!]!]!) { encode(runId: $id, images: $images) }',
      { id, images },
    )
    const examples = { shape: [2, 784], values: Float32Array.from(images.flat()) }
    const { codes } = await runModel('onnxruntime-node', await download('ENCODER'), { examples })
    expectRows(codes?.values, encode)
    const whole = await runModel('onnxruntime-node', await download('AUTOENCODER'), { examples })
    expectRows(whole.codes?.values, encode)
    expect(whole.reconstructions?.shape).toEqual([2, 784])
  })

  it('come as files with a name of their own', async () => {
    const [encoder] = await modelsOf()
    const response = await fetch(`${server.url}${encoder?.url}`)
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
      200,
      'application/octet-stream',
      'attachment; filename=hourglass-1-epoch-3-encoder.onnx',
    ])
  })

  it('are made once, told by a tag, and come in parts', async () => {
    const [encoder] = await modelsOf()
    const url = `${server.url}${encoder?.url}`
    const whole = await fetch(url)
    const bytes = new Uint8Array(await whole.arrayBuffer())
    const tag = whole.headers.get('etag') ?? ''
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/)
    expect((await fetch(url, { headers: { 'if-none-match': tag, 'cache-control': 'max-age=0' } })).status).toBe(304)
    const part = await fetch(url, { headers: { range: 'bytes=10-19', 'if-range': tag } })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`])
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(10, 20))
    expect(await readdir(join(server.dataFolder, 'onnx'))).toContainEqual(
      expect.stringMatching(new RegExp(`^${tag.slice(1, -1)}\\.[0-9a-f]{64}\\.onnx$`)),
    )
    const [second] = await modelsOf(2)
    expect((await fetch(`${server.url}${second?.url}`)).headers.get('etag')).not.toBe(tag)
  })

  it('are not to be had of a checkpoint that was changed or removed, even where they were made before', async () => {
    const [encoder] = await modelsOf(2)
    const url = `${server.url}${encoder?.url}`
    expect((await fetch(url)).status).toBe(200)
    const { path, offset, bytes } = placeOf(server.dataFolder, id, 'checkpoints/0002.safetensors')
    const content = await readFile(path)
    const refusal = async () => {
      const response = await fetch(url)
      return [response.status, ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code]
    }
    await writeFile(
      path,
      content.map((byte, index) => (index === offset + bytes - 1 ? byte ^ 1 : byte)),
    )
    expect(await refusal()).toEqual([500, 'ARTIFACT_DAMAGED'])
    await rm(path)
    expect(await refusal()).toEqual([410, 'ARTIFACT_MISSING'])
    await writeFile(path, content)
    expect((await fetch(url)).status).toBe(200)
  })

  it('are made by a process that may be killed: the next call works', async () => {
    const modelProcess = server.logLines.findLast(({ msg }) => msg === 'model process started')
    process.kill(Number(modelProcess?.pid), 'SIGKILL')
    const { decode } = await server.data<{ decode: number[][] }>(
      'query ($id: ID!, $codes: [[Float!]!]!) { decode(runId: $id, codes: $codes) }',
      { id, codes },
    )
    expect(decode).toHaveLength(3)
    expect(server.process.exitCode).toBeNull()
  })

  it.each([
    ['an epoch that is not there', '{id}/onnx/0009/encoder.onnx', 404, 'EPOCH_NOT_FOUND'],
    ['no epoch', '{id}/onnx/0000/encoder.onnx', 404, 'EPOCH_NOT_FOUND'],
    ['a run that is not there', 'aaaaaaaaaaaa/onnx/0001/encoder.onnx', 404, 'RUN_NOT_FOUND'],
    ['another part', '{id}/onnx/0001/middle.onnx', 404, 'NOT_FOUND'],
    ['a path that leads elsewhere', '{id}/onnx/..%2F..%2F0001/encoder.onnx', 404, 'NOT_FOUND'],
  ])('are not there for %s', async (_, path, status, code) => {
    const response = await fetch(`${server.url}/artifacts/runs/${path.replace('{id}', id)}`)
    expect([
      response.status,
      ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code,
    ]).toEqual([status, code])
  })

  it('are none before the first epoch', async () => {
    await server.launch(endlessConfig)
    const waiting = await server.launch(smallConfig)
    const { run } = await server.data<{ run: { onnxModels: unknown[] } }>(modelsQuery, { id: waiting })
    expect(run.onnxModels).toEqual([])
  })
})
