import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkEngine } from '@hourglass/autoencoders/training'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { server, useServer } from './useServer.js'

const enginesQuery = '{ engines { name available runtime reason } }'

interface TrainedRun {
  readonly engine: string
  readonly runtime: string | null
  readonly metrics: { readonly trainLoss: number; readonly validationLoss: number }[]
}

async function train(server: TestServer, engine: string): Promise<TrainedRun> {
  const id = await server.launch({ ...smallConfig, training: { ...smallConfig.training, engine } })
  const { status, error } = await server.untilStatus(id, 'COMPLETED', 'FAILED')
  expect([status, error]).toEqual(['COMPLETED', null])
  const { run } = await server.data<{ run: TrainedRun }>(
    'query ($id: ID!) { run(id: $id) { engine runtime metrics { trainLoss validationLoss } } }',
    {
      id,
    },
  )
  return run
}

const losses = ({ metrics }: TrainedRun) => metrics.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss])

function expectAlike(actual: TrainedRun, expected: TrainedRun): void {
  expect(losses(actual)).toHaveLength(6)
  losses(actual).forEach((loss, index) => {
    expect(Math.abs(loss / (losses(expected)[index] ?? Number.NaN) - 1)).toBeLessThan(1e-4)
  })
}

describe('the engines', () => {
  let native: TrainedRun
  useServer({ HOURGLASS_TENSORFLOW: '/nowhere', HOURGLASS_ONNX_RUNTIME: '' })
  beforeAll(async () => {
    native = await train(server, 'ONNX')
  })
  it('are listed with what this machine has of them, and how to get the others', async () => {
    const { engines } = await server.data<{ engines: Record<string, unknown>[] }>(enginesQuery)
    expect(engines).toEqual([
      { name: 'ONNX', available: true, runtime: native.runtime, reason: native.runtime === 'native' ? null : expect.any(String) },
      {
        name: 'TENSORFLOW',
        available: false,
        runtime: null,
        reason: expect.stringMatching(/^engine tensorflow: expected .*tfjs-node.*, got /),
      },
      { name: 'CPU', available: true, runtime: null, reason: null },
    ])
  })

  it('are refused at the launch where they are missing', async () => {
    const config = { ...smallConfig, training: { engine: 'TENSORFLOW' } }
    const { errors } = await server.query('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }', { input: { config } })
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/tfjs-node/),
      extensions: { code: 'ENGINE_UNAVAILABLE', engine: 'tensorflow' },
    })
    const { runs } = await server.data<{ runs: { totalCount: number } }>('{ runs { totalCount } }')
    expect(runs.totalCount).toBe(1)
  })

  it('train alike: plain JavaScript as ONNX Runtime, to 1e-4 of the losses', async () => {
    const run = await train(server, 'CPU')
    expect(run).toMatchObject({ engine: 'cpu', runtime: null })
    expectAlike(run, native)
  })

  it('train alike: ONNX Runtime in WebAssembly as natively, to 1e-4 of the losses', async () => {
    await using otherFolder = await makeDataFolder()
    await using other = await TestServer.start(otherFolder.path, { HOURGLASS_ONNX_RUNTIME: 'wasm' })
    const { engines } = await other.data<{ engines: { runtime: string | null }[] }>(enginesQuery)
    expect(engines[0]).toEqual({ name: 'ONNX', available: true, runtime: 'wasm', reason: null })
    const run = await train(other, 'ONNX')
    expect(run).toMatchObject({ engine: 'onnx', runtime: 'wasm' })
    expectAlike(run, native)
  })
})

describe('an engine that is installed and broken', () => {
  it.each([
    [
      'throws',
      "throw new Error('a symbol is missing')",
      /^engine tensorflow: expected @tensorflow\/tfjs-node to load, got a symbol is missing; /,
    ],
    ['ends the process', 'process.abort()', /^engine tensorflow: expected its libraries to load, got a process that ended with SIG/],
  ])('is listed with what happened where its library %s, and the server goes on', async (_, code, reason) => {
    await using folder = await makeDataFolder()
    const library = join(folder.path, 'node_modules/@tensorflow/tfjs-node')
    await mkdir(library, { recursive: true })
    await writeFile(join(library, 'index.js'), code)
    await using server = await TestServer.start(join(folder.path, 'data'), { HOURGLASS_TENSORFLOW: folder.path })
    const { engines } = await server.data<{ engines: { name: string; available: boolean; reason: string | null }[] }>(enginesQuery)
    expect(engines.map(({ name, available }) => [name, available])).toEqual([
      ['ONNX', true],
      ['TENSORFLOW', false],
      ['CPU', true],
    ])
    // Where this Node cannot run the package at all, nothing is loaded.
    if (Number(process.versions.node.split('.')[0]) <= 22) expect(engines[1]?.reason).toMatch(reason)
  })
})

const tensorflow = await checkEngine('tensorflow')
it.skipIf(!tensorflow.available)(`TensorFlow trains a run${tensorflow.available ? '' : ` (skipped: ${tensorflow.reason})`}`, async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const run = await train(server, 'TENSORFLOW')
  expect(run).toMatchObject({ engine: 'tensorflow', runtime: null })
  expectAlike(run, await train(server, 'ONNX'))
})
