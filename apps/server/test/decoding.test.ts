import { readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { artifactNames } from '@hourglass/protocol'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import type { Client } from '../src/clients/Client.js'
import { ClientGate } from '../src/clients/ClientGate.js'
import { labLimits } from '../src/clients/clientLimits.js'
import { toFiniteRows } from '../src/models/checkRows.js'
import { ModelProcess, type ModelProcessOptions } from '../src/models/ModelProcess.js'
import { StoredModels } from '../src/models/StoredModels.js'
import type { Run } from '../src/runs/RunReader.js'
import { type OpenStore, openStore } from './openStore.js'
import { changingAfterCheck } from './storedFiles.js'
import { largeConfig, storeTrainedRun } from './storeTrainedRun.js'

const smallConfig = { architecture: { kind: 'dense' as const, latentDimension: 2 } }
const client = (key: string, network = key): Client => ({ address: network, network, browser: null, key })
const forever = new AbortController().signal

function open(store: OpenStore, options: Partial<ModelProcessOptions> = {}) {
  const lines: { msg: string; pid: number }[] = []
  const log = pino({}, { write: (line) => void lines.push(JSON.parse(line)) })
  const process = new ModelProcess({ log, gate: new ClientGate(), ...options })
  const models = new StoredModels(store.artifacts, process)
  const pids = (msg: string) => lines.filter((line) => line.msg === msg).map(({ pid }) => pid)
  const started = () => pids('model process started')
  const decode = (run: Run, { epoch = 1, rows = [[1, 2]], key = 'a', network = key, signal = forever }: Asked = {}) =>
    models.apply({ run, epoch, direction: 'decode', rows }, { client: client(key, network), signal })
  return { decode, started, ended: () => pids('model process ended'), [Symbol.asyncDispose]: () => process.close() }
}

interface Asked {
  readonly epoch?: number
  readonly rows?: number[][]
  readonly key?: string
  readonly network?: string
  readonly signal?: AbortSignal
}

async function residentBytes(pid: number | undefined): Promise<number> {
  return 1024 * Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1])
}

describe('decoding', () => {
  it('answers no values that are not finite', () => {
    expect(() => toFiniteRows(Float32Array.of(0, 1, 0, Number.POSITIVE_INFINITY), 2, 'codes')).toThrow(
      'codes[1]: expected numbers small enough for a finite result, got larger ones.',
    )
  })

  it('says of a checkpoint that was changed or removed that it was', async () => {
    await using store = await openStore()
    await using models = open(store)
    const run = await storeTrainedRun(store, 2, smallConfig)
    const path = store.folders.pathOf(run.id, artifactNames.checkpoint(1))
    const content = await readFile(path)
    content[content.length - 1] = (content.at(-1) ?? 0) ^ 1
    await writeFile(path, content)
    await rm(store.folders.pathOf(run.id, artifactNames.checkpoint(2)))
    await expect(models.decode(run, { epoch: 1 })).rejects.toMatchObject({
      code: 'ARTIFACT_DAMAGED',
      message: expect.stringContaining('checkpoints/0001.safetensors'),
    })
    await expect(models.decode(run, { epoch: 2 })).rejects.toMatchObject({ code: 'ARTIFACT_MISSING', details: { nearestEpoch: null } })
    expect(models.started()).toEqual([])
  })

  it('compares what the process for models reads, whatever was found of the checkpoint before', async () => {
    await using store = await openStore()
    const run = await storeTrainedRun(store, 2, smallConfig)
    await using models = open({ ...store, artifacts: changingAfterCheck(store) })
    await expect(models.decode(run, { epoch: 2 })).rejects.toMatchObject({
      code: 'ARTIFACT_DAMAGED',
      message: expect.stringContaining('expected the content that was written'),
      details: { nearestEpoch: 1 },
    })
    expect(models.started()).toHaveLength(1)
  })

  it('says of a checkpoint that cannot be read that it is damaged, and which one is whole', async () => {
    await using store = await openStore()
    await using models = open(store)
    const run = await storeTrainedRun(store, 2, smallConfig)
    const path = store.folders.pathOf(run.id, artifactNames.checkpoint(2))
    await rm(path)
    await symlink(path, path)
    await expect(models.decode(run, { epoch: 2 })).rejects.toMatchObject({
      code: 'ARTIFACT_DAMAGED',
      message: expect.stringContaining('got one that cannot be read (ELOOP)'),
      details: { nearestEpoch: 1 },
    })
  })

  it('says which epoch nearby has a whole model where that of one is damaged', async () => {
    await using store = await openStore()
    await using models = open(store)
    const run = await storeTrainedRun(store, 5, smallConfig)
    for (const epoch of [3, 4]) await writeFile(store.folders.pathOf(run.id, artifactNames.checkpoint(epoch)), 'other bytes')
    await expect(models.decode(run, { epoch: 3 })).rejects.toMatchObject({
      code: 'ARTIFACT_DAMAGED',
      message: expect.stringMatching(/0003\.safetensors.* The nearest epoch whose model is whole is 2\.$/),
      details: { epoch: 3, nearestEpoch: 2 },
    })
    await expect(models.decode(run, { epoch: 4 })).rejects.toMatchObject({ details: { epoch: 4, nearestEpoch: 5 } })
  })

  it('holds few models in memory, however many are asked for at once', async () => {
    await using store = await openStore()
    await using models = open(store)
    const run = await storeTrainedRun(store, 8, largeConfig)
    const asked = Array.from({ length: 24 }, (_, index) => models.decode(run, { epoch: (index % 8) + 1, key: `client ${index}` }))
    for (const [image] of await Promise.all(asked)) expect(image).toHaveLength(784)
    // Eight models, each read, decoded and copied, would be above two gigabytes; a process that has grown ends by itself, and no call fails of it.
    expect(await residentBytes(models.started().at(-1))).toBeLessThan(1.6e9)
  })

  it('goes on in another process when one dies, and gives up what two have died over', async () => {
    await using store = await openStore()
    await using models = open(store)
    const [small, large] = [await storeTrainedRun(store, 1, smallConfig), await storeTrainedRun(store, 1, largeConfig)]
    const rows = Array.from({ length: 256 }, () => [1, 2])
    const long = models.decode(large, { rows })
    await expect.poll(() => models.started().length).toBe(1)
    const [first] = models.started()
    process.kill(Number(first), 'SIGKILL')
    expect(await models.decode(small, { key: 'b' })).toHaveLength(1)
    await expect.poll(() => models.started().length).toBe(2)
    process.kill(Number(models.started()[1]), 'SIGKILL')
    await expect(long).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE', message: expect.stringContaining('SIGKILL') })
    expect(await models.decode(small, { key: 'b' })).toHaveLength(1)
    expect(models.ended()).toHaveLength(2)
  })

  it('is not kept waiting by another client’s large model, and work for who has left ends', async () => {
    await using store = await openStore()
    await using models = open(store)
    const [small, large] = [await storeTrainedRun(store, 1, smallConfig), await storeTrainedRun(store, 1, largeConfig)]
    const leaving = new AbortController()
    const rows = Array.from({ length: 256 }, () => [1, 2])
    let answered = 0
    const asked = Array.from({ length: 40 }, () =>
      models.decode(large, { rows, signal: leaving.signal }).then(
        () => answered++,
        (reason: unknown) => reason,
      ),
    )
    for (let index = 0; index < 10; index++) expect(await models.decode(small, { key: 'b' })).toHaveLength(1)
    expect(answered).toBeLessThan(40)
    leaving.abort('left')
    expect((await Promise.all(asked)).filter((outcome) => outcome === 'left').length).toBe(40 - answered)
    expect(await models.decode(small)).toHaveLength(1)
    expect(models.started()).toHaveLength(1)
  })

  it('is not kept waiting by many clients at another address', async () => {
    await using store = await openStore()
    await using models = open(store)
    const [small, large] = [await storeTrainedRun(store, 1, smallConfig), await storeTrainedRun(store, 1, largeConfig)]
    const leaving = new AbortController()
    const rows = Array.from({ length: 64 }, () => [1, 2])
    let answered = 0
    const asked = Array.from({ length: 40 }, (_, index) =>
      models.decode(large, { rows, key: `browser ${index}`, network: 'a', signal: leaving.signal }).then(
        () => answered++,
        () => undefined,
      ),
    )
    expect(await models.decode(small, { key: 'b' })).toHaveLength(1)
    // In turn with each client of the other address it would come after one of each.
    expect(answered).toBeLessThan(5)
    leaving.abort('left')
    await Promise.all(asked)
  })

  it('refuses more calls of one client than may wait, and none of another', async () => {
    await using store = await openStore()
    await using models = open(store)
    const [small, large] = [await storeTrainedRun(store, 1, smallConfig), await storeTrainedRun(store, 1, largeConfig)]
    const leaving = new AbortController()
    const asked = Array.from({ length: 65 }, () => models.decode(large, { signal: leaving.signal }).catch((error: unknown) => error))
    expect(await Promise.race(asked)).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      details: { limit: 'modelCalls', of: 'client', retryAfterSeconds: 5 },
    })
    expect(await models.decode(small, { key: 'b' })).toHaveLength(1)
    leaving.abort('left')
    await Promise.all(asked)
  })

  it('refuses clients at one address more calls than are left for all others, and takes new ones once those are over', async () => {
    await using store = await openStore()
    await using models = open(store)
    const [small, large] = [await storeTrainedRun(store, 1, smallConfig), await storeTrainedRun(store, 1, largeConfig)]
    const leaving = new AbortController()
    const ask = (index: number) => models.decode(large, { key: `browser ${index}`, network: 'a', signal: leaving.signal })
    const most = labLimits.modelCalls / 2
    const asked = Array.from({ length: most + 1 }, (_, index) => ask(index).catch((error: unknown) => error))
    expect(await Promise.race(asked)).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringMatching(new RegExp(`at most ${most} calls of models that wait of all clients at one address`)),
      details: { limit: 'modelCalls', of: 'network', retryAfterSeconds: 5 },
    })
    expect(await models.decode(small, { key: 'b' })).toHaveLength(1)
    leaving.abort('left')
    await Promise.all(asked)
    expect(await models.decode(small, { key: 'browser 0', network: 'a' })).toHaveLength(1)
  })

  it('ends its process when nobody asks for long, and starts another for who asks then', async () => {
    await using store = await openStore()
    await using models = open(store, { idleMilliseconds: 50 })
    const run = await storeTrainedRun(store, 1, smallConfig)
    await models.decode(run)
    await expect.poll(() => models.ended().length).toBe(1)
    expect(await models.decode(run)).toHaveLength(1)
    expect(models.started()).toHaveLength(2)
  })

  it('ends a process that has outgrown its memory, and fails no call', async () => {
    await using store = await openStore()
    await using models = open(store, { megabytes: 120 })
    const run = await storeTrainedRun(store, 3, largeConfig)
    const images = await Promise.all([1, 2, 3].map((epoch) => models.decode(run, { epoch })))
    expect(images.flat()).toHaveLength(3)
    expect(models.started().length).toBeGreaterThan(1)
  })
})
