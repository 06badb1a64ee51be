import { createHash } from 'node:crypto'
import { appendFile, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { rawGet } from './rawGet.js'
import { endlessConfig, makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { flipBit, namesOf, placeOf, readStored } from './storedFiles.js'
import { server, useServer } from './useServer.js'

const RESUME = 'mutation ($id: ID!) { resumeRun(id: $id) { status } }'
const STOP = 'mutation ($id: ID!) { stopRun(id: $id) { status } }'
const ANALYZE = 'mutation ($id: ID!) { analyzeRun(id: $id) { status } }'

const filesIn = async (folder: string, id: string) =>
  (await readdir(join(folder, 'runs', id), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

describe('files of a run', () => {
  let id: string
  useServer({ HOURGLASS_ANALYSIS: '1' })
  beforeAll(async () => {
    id = await server.launch({ ...smallConfig, training: { ...smallConfig.training, epochs: 50 } })
    await server.untilStatus(id, 'COMPLETED')
  })
  it('of fifty epochs are at most sixteen on the disk, with checkpoint, codes and reconstructions of every epoch', async () => {
    for (const type of ['checkpoint', 'codes', 'reconstructions']) expect(namesOf(server.dataFolder, id, type), type).toHaveLength(50)
    expect(namesOf(server.dataFolder, id, 'figure').length).toBeGreaterThan(3)
    expect((await filesIn(server.dataFolder, id)).length).toBeLessThanOrEqual(16)
  })

  it('are served each by itself, whole and in ranges, under a tag of its content', async () => {
    for (const name of ['checkpoints/0001.safetensors', 'codes/0025.safetensors', 'reconstructions/0050.png']) {
      const response = await fetch(`${server.url}/artifacts/runs/${id}/${name}`)
      const content = Buffer.from(await response.arrayBuffer())
      const stored = await readStored(server.dataFolder, id, name)
      expect(content.equals(stored), name).toBe(true)
      expect(response.headers.get('content-length')).toBe(String(stored.length))
      const tag = `"${createHash('sha256').update(stored).digest('hex')}"`
      expect(response.headers.get('etag')).toBe(tag)
      const path = `/artifacts/runs/${id}/${name}`
      expect(await rawGet(server.url, path, { 'if-none-match': tag })).toMatchObject({ status: 304, body: '' })
      const range = async (value: string) => {
        const answer = await fetch(`${server.url}${path}`, { headers: { range: value } })
        return [answer.status, answer.headers.get('content-range'), Buffer.from(await answer.arrayBuffer())] as const
      }
      const total = stored.length
      expect(await range('bytes=10-19')).toEqual([206, `bytes 10-19/${total}`, stored.subarray(10, 20)])
      expect(await range('bytes=-5')).toEqual([206, `bytes ${total - 5}-${total - 1}/${total}`, stored.subarray(-5)])
      expect(await range(`bytes=0-${total + 99}`)).toEqual([206, `bytes 0-${total - 1}/${total}`, stored])
      expect((await range(`bytes=${total}-`)).slice(0, 2)).toEqual([416, `bytes */${total}`])
    }
  })

  it('that are damaged are told apart from those beside them', async () => {
    await flipBit(server.dataFolder, id, 'checkpoints/0007.safetensors')
    const statusOf = async (name: string) => (await fetch(`${server.url}/artifacts/runs/${id}/${name}`)).status
    expect(await statusOf('checkpoints/0007.safetensors')).toBe(500)
    expect(await statusOf('codes/0007.safetensors')).toBe(200)
    expect(await statusOf('checkpoints/0008.safetensors')).toBe(200)
    await flipBit(server.dataFolder, id, 'checkpoints/0007.safetensors')
    expect(await statusOf('checkpoints/0007.safetensors')).toBe(200)
  })

  it('that are damaged are found out though they have their old time', async () => {
    const name = 'checkpoints/0007.safetensors'
    const statusOf = async () => (await fetch(`${server.url}/artifacts/runs/${id}/${name}`)).status
    expect(await statusOf()).toBe(200)
    const { path } = placeOf(server.dataFolder, id, name)
    const { atime, mtime } = await stat(path)
    await flipBit(server.dataFolder, id, name)
    await utimes(path, atime, mtime)
    expect(await statusOf()).toBe(500)
    await flipBit(server.dataFolder, id, name)
    expect(await statusOf()).toBe(200)
  })

  it('of an analysis give way as a whole when the run is measured again', async () => {
    const [figure = ''] = namesOf(server.dataFolder, id, 'figure')
    const before = placeOf(server.dataFolder, id, figure).path
    await server.data(ANALYZE, { id })
    await expect.poll(() => namesOf(server.dataFolder, id, 'figure')).not.toContain(figure)
    await server.untilStatus(id, 'COMPLETED')
    await expect.poll(() => stat(before).catch(() => null)).toBeNull()
    for (const name of namesOf(server.dataFolder, id, 'figure'))
      expect((await fetch(`${server.url}/artifacts/runs/${id}/${name}`)).status).toBe(200)
  })
})

it('what a worker that was killed left half written, or wrote and never reported, is nobody’s and goes', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const id = await server.launch(endlessConfig)
  await server.untilEpoch(id, 2)
  await server.data(STOP, { id })
  const { metrics } = await server.untilStatus(id, 'STOPPED')
  const pack = placeOf(folder.path, id, 'checkpoints/0001.safetensors').path
  await appendFile(pack, 'half of a checkpoint')
  await writeFile(join(folder.path, 'runs', id, 'packs', '13.pack'), 'of an epoch that was never stored')
  const before = await readStored(folder.path, id, 'codes/0002.safetensors')
  await server.data(RESUME, { id })
  await server.untilEpoch(id, metrics.length + 2)
  expect(await readdir(join(folder.path, 'runs', id, 'packs'))).toEqual(['10.pack', '20.pack'])
  expect(await readStored(folder.path, id, 'codes/0002.safetensors')).toEqual(before)
  await server.data(STOP, { id })
  await server.untilStatus(id, 'STOPPED')
})

const epochsOf = (files: ReadonlyMap<string, Buffer>) => [...files.keys()].filter((name) => name.startsWith('checkpoints/')).length

it('a run that was resumed many times keeps few packs, and every file of its epochs as it was', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const id = await server.launch(endlessConfig)
  const packs = () => readdir(join(folder.path, 'runs', id, 'packs'))
  let known = new Map<string, Buffer>()
  for (let attempt = 1; attempt <= 6; attempt++) {
    await server.untilEpoch(id, epochsOf(known) + 1)
    await server.data(STOP, { id })
    await server.untilStatus(id, 'STOPPED')
    const names = ['checkpoint', 'codes', 'reconstructions'].flatMap((type) => namesOf(folder.path, id, type))
    const stored = new Map<string, Buffer>()
    for (const name of names) stored.set(name, await readStored(folder.path, id, name))
    for (const [name, content] of known) expect(stored.get(name)?.equals(content), name).toBe(true)
    known = stored
    expect((await packs()).length).toBeLessThanOrEqual(5)
    if (attempt < 6) await server.data(RESUME, { id })
  }
  for (const name of known.keys()) expect((await fetch(`${server.url}/artifacts/runs/${id}/${name}`)).status, name).toBe(200)
})
