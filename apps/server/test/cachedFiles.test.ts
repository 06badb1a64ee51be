import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCachedFileName } from '@hourglass/protocol'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { endlessConfig, smallConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

const ANALYZE = 'mutation ($id: ID!) { analyzeRun(id: $id) { status } }'
const ANALYSIS =
  'query ($id: ID!) { run(id: $id) { status analysisError { message } analysis { subjects { subject metrics { meanSquaredError } } } } }'

/** Puts something else in the place of a file; its bytes may have a second name in other labs. */
type Damage = (path: string, content: Buffer) => Promise<void>
const write = async (path: string, content: Uint8Array | string) => {
  await rm(path)
  await writeFile(path, content)
}
const rename = async (path: string, content: Uint8Array, name: (key: string, extension: string) => string) => {
  const { key = '', extension = '' } = readCachedFileName(path.slice(path.lastIndexOf('/') + 1)) ?? {}
  await rm(path)
  await writeFile(join(path, '..', name(key, extension)), content)
}
const damages: readonly (readonly [string, Damage])[] = [
  ['cut short', (path, content) => write(path, content.subarray(0, content.length / 2))],
  [
    'changed in one bit',
    (path, content) =>
      write(
        path,
        content.map((byte, index) => (index === content.length - 3 ? byte ^ 1 : byte)),
      ),
  ],
  ['empty', (path) => write(path, '')],
  ['somebody else’s', (path) => write(path, 'notes of mine')],
  ['without a checksum, as earlier versions wrote it', (path, content) => rename(path, content, (key, extension) => `${key}.${extension}`)],
  [
    'a link to itself',
    async (path) => {
      await rm(path)
      await symlink(path, path)
    },
  ],
  [
    'a folder',
    async (path) => {
      await rm(path)
      await mkdir(path)
    },
  ],
]

const pointsConfig = {
  ...endlessConfig,
  data: { dataset: 'two-moons', trainCount: 256, testCount: 64 },
  training: { epochs: 1, batchSize: 64 },
}
const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

/** The only file of a folder whose name begins so; it is what its name says. */
async function fileOf(folder: string, start: string): Promise<{ readonly path: string; readonly content: Buffer }> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(start))
  expect(names).toHaveLength(1)
  const [name = ''] = names
  const content = await readFile(join(folder, name))
  expect(readCachedFileName(name)?.sha256).toBe(hashOf(content))
  return { path: join(folder, name), content }
}

async function untilCompared(id: string): Promise<void> {
  const query = 'query ($id: ID!) { run(id: $id) { pcaBaseline { components } } }'
  const compared = async () => (await server.data<{ run: { pcaBaseline: unknown } }>(query, { id })).run.pcaBaseline !== null
  await vi.waitUntil(compared, { timeout: 300_000, interval: 100 })
}

describe('principal components that are kept', () => {
  let id: string
  useServer({ HOURGLASS_ANALYSIS: '1' })
  const components = () => fileOf(join(server.dataFolder, 'components'), 'two-moons-random-256.')
  const measured = async () => (await server.data<{ run: { status: string; analysis: unknown } }>(ANALYSIS, { id })).run
  const measureAgain = async () => {
    await server.data(ANALYZE, { id })
    await server.untilStatus(id, 'COMPLETED')
    return measured()
  }
  beforeAll(async () => {
    // Computed here, by this machine, whatever other labs have left.
    await rm(join(server.dataFolder, 'components'), { recursive: true, force: true })
    id = await server.launch(pointsConfig)
    await server.untilStatus(id, 'COMPLETED')
    // Nobody but the run reads them from then on.
    await untilCompared(id)
  })

  it.each(damages)('are computed anew where the file is %s, and the log says so', async (_, damage) => {
    const expected = await measured()
    expect(expected).toMatchObject({ status: 'COMPLETED', analysisError: null, analysis: { subjects: expect.anything() } })
    const { path, content } = await components()
    await damage(path, content)
    expect(await measureAgain()).toEqual(expected)
    expect((await components()).content.equals(content)).toBe(true)
    const lines = (await readFile(join(server.dataFolder, 'runs', id, 'worker.log'), 'utf8')).trim().split('\n')
    const again = lines.slice(lines.findLastIndex((line) => line.includes('Measuring on test data')))
    expect(again).toContainEqual(expect.stringMatching(/WARNING two-moons-random-256\..*safetensors: .*It is made anew\./))
  })

  it('are computed anew where those of other data have their name', async () => {
    const { path, content } = await components()
    await server.untilStatus(await server.launch(smallConfig), 'COMPLETED')
    const expected = await measured()
    const other = (await fileOf(join(server.dataFolder, 'components'), 'mnist-random-256.')).content
    await rename(path, other, (key, extension) => `${key}.${hashOf(other)}.${extension}`)
    expect(await measureAgain()).toEqual(expected)
    expect((await components()).content.equals(content)).toBe(true)
  })
})

describe('measurements that runs of the same examples share', () => {
  let id: string
  useServer({ HOURGLASS_ANALYSIS: '1' })
  const names = async () => (await readdir(join(server.dataFolder, 'components'))).filter((name) => name.endsWith('.measured')).sort()
  const contents = async () => Promise.all((await names()).map((name) => readFile(join(server.dataFolder, 'components', name))))
  const measured = async () => (await server.data<{ run: unknown }>(ANALYSIS, { id })).run
  beforeAll(async () => {
    await rm(join(server.dataFolder, 'components'), { recursive: true, force: true })
    id = await server.launch(pointsConfig)
    await server.untilStatus(id, 'COMPLETED')
    await untilCompared(id)
  })

  it('are taken by the next run, which measures none of them', async () => {
    const before = await names()
    expect(before.length).toBeGreaterThan(3)
    const next = await server.launch({ ...pointsConfig, training: { ...pointsConfig.training, batchSize: 32 } })
    await server.untilStatus(next, 'COMPLETED')
    expect(await names()).toEqual(before)
    const log = await readFile(join(server.dataFolder, 'runs', next, 'worker.log'), 'utf8')
    expect(log).toMatch(/Measured in [\d.]+ s, 0\.0 s of it for all runs of the same examples/)
  })

  it.each(damages)('are measured anew where each file is %s, to the same bytes', async (_, damage) => {
    const [expected, before] = [await measured(), { names: await names(), contents: await contents() }]
    for (const [index, name] of before.names.entries()) {
      await damage(join(server.dataFolder, 'components', name), before.contents[index] ?? Buffer.alloc(0))
    }
    await server.data(ANALYZE, { id })
    await server.untilStatus(id, 'COMPLETED')
    expect(await measured()).toEqual(expected)
    expect(await names()).toEqual(before.names)
    expect(await contents()).toEqual(before.contents)
  })
})

describe('without an analysis', () => {
  useServer()

  it('principal components of baselines are computed anew where their file is damaged, and the server’s log says so', async () => {
    const launch = async (config: Record<string, unknown>) => {
      await untilCompared(await server.launch(config))
    }
    const data = { ...pointsConfig.data, trainCount: 250 }
    await launch({ ...pointsConfig, data })
    const components = () => fileOf(join(server.dataFolder, 'components'), 'two-moons-random-250.')
    const { path, content } = await components()
    await write(path, content.subarray(0, 100))
    await launch({ ...pointsConfig, data, corruption: { gaussian: { standardDeviation: 0.3 } } })
    expect((await components()).content.equals(content)).toBe(true)
    const told = { msg: 'principal components that were kept are made anew', problem: expect.stringContaining('two-moons-random-250.') }
    await expect.poll(() => server.logLines).toContainEqual(expect.objectContaining(told))
  })
})

describe('ONNX files that are kept', () => {
  let id: string
  useServer()
  beforeAll(async () => {
    id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
  })

  it.each(damages)('are made anew where one is %s, and the log says so', async (problem, damage) => {
    const url = `${server.url}/artifacts/runs/${id}/onnx/0003/encoder.onnx`
    const ask = async () => {
      const response = await fetch(url)
      return { tag: (response.headers.get('etag') ?? '').slice(1, -1), content: Buffer.from(await response.arrayBuffer()) }
    }
    const { tag, content } = await ask()
    const { path } = await fileOf(join(server.dataFolder, 'onnx'), tag)
    await damage(path, content)
    const isOther = problem.startsWith('without')
    const told = server.logLines.length
    expect(await ask()).toEqual({ tag, content })
    const line = expect.objectContaining({
      msg: 'cached file is not what was written and is made anew',
      name: expect.stringMatching(/\.onnx$/),
    })
    if (!isOther) await expect.poll(() => server.logLines.slice(told)).toContainEqual(line)
    if (isOther) await rm(join(server.dataFolder, 'onnx', `${tag}.onnx`))
    expect((await fileOf(join(server.dataFolder, 'onnx'), tag)).content.equals(content)).toBe(true)
  })
})
