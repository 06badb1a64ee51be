import { existsSync } from 'node:fs'
import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spacedEpochs } from '@hourglass/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeLatest } from '../src/runs/readLatest.js'
import { keptBytes } from '../src/storage/keptBytes.js'
import { planDrop } from '../src/storage/planDrop.js'
import { editDatabase } from './editDatabase.js'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { flipBit, namesOf, placeOf, readStored } from './storedFiles.js'
import { server, useServer } from './useServer.js'

const EPOCHS = 30
const haltPath = fileURLToPath(new URL('../../../test/harness/haltServer.mjs', import.meta.url))
const config = { ...smallConfig, training: { ...smallConfig.training, epochs: EPOCHS } }
/** Less than the run's files take after a third of its epochs. */
const settings = { HOURGLASS_RETENTION_MEGABYTES: '1', HOURGLASS_RETENTION_EPOCHS: '6' }
const KEPT = `query ($id: ID!, $epoch: Int) { run(id: $id) {
  checkpoints { epoch } summary { bestEpoch } codes(epoch: $epoch) { count } onnxModels(epoch: $epoch) { part }
  reconstructions(epoch: $epoch) { reconstructionsUrl } } }`

interface Kept {
  readonly run: {
    readonly checkpoints: readonly { readonly epoch: number }[]
    readonly summary: { readonly bestEpoch: number }
    readonly codes: { readonly count: number } | null
    readonly onnxModels: readonly { readonly part: string }[]
    readonly reconstructions: { readonly reconstructionsUrl: string }
  }
}

const keptOf = async (server: TestServer, id: string, epoch?: number) => (await server.data<Kept>(KEPT, { id, epoch })).run
const epochsIn = (names: readonly string[]) => names.map((name) => Number(/\d+/.exec(name)?.[0]))

describe('epochs that are kept', () => {
  it('are spaced from the first to the last, closest at the beginning, and as many as asked for', () => {
    expect(spacedEpochs(50, 20)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 17, 20, 23, 27, 31, 36, 42, 50])
    expect(spacedEpochs(3, 20)).toEqual([1, 2, 3])
    for (const last of [1, 2, 7, 19, 20, 21, 100, 1_000, 10_000]) {
      for (const count of [2, 6, 20, 1000]) {
        const epochs = spacedEpochs(last, count)
        expect(epochs, `${count} of ${last}`).toHaveLength(Math.min(count, last))
        expect([...new Set(epochs)].sort((a, b) => a - b)).toEqual(epochs)
        expect([epochs[0], epochs.at(-1)]).toEqual([1, last])
      }
    }
  })
})

it('says before a run starts how much its kept files will take', async () => {
  const sizes = { fileBytes: 100e6, checkpointBytes: 1e6, codesBytes: 0.5e6 }
  const retention = { bytes: 20e6, epochs: 20 }
  expect(keptBytes(sizes, { epochs: 50, retention })).toBe(100e6 - 29 * 1.5e6)
  expect(keptBytes(sizes, { epochs: 15, retention })).toBe(100e6)
  expect(keptBytes(sizes, { epochs: 50, retention: { ...retention, bytes: 100e6 } })).toBe(100e6)
})

describe('a run that grows beyond the limit', () => {
  let id: string
  useServer(settings)
  beforeAll(async () => {
    id = await server.launch(config)
  })

  it('keeps models and codes of the first, the best, the last and spaced epochs, and everything else of all', async () => {
    const { metrics } = await server.untilStatus(id, 'COMPLETED')
    expect(metrics.map(({ epoch }) => epoch)).toEqual(Array.from({ length: EPOCHS }, (_, place) => place + 1))

    const { checkpoints, summary } = await keptOf(server, id)
    const expected = [...new Set([...spacedEpochs(EPOCHS, 6), summary.bestEpoch])].sort((a, b) => a - b)
    expect(checkpoints.map(({ epoch }) => epoch)).toEqual(expected)
    expect(epochsIn(namesOf(server.dataFolder, id, 'codes'))).toEqual(expected)
    expect(namesOf(server.dataFolder, id, 'reconstructions')).toHaveLength(EPOCHS)
    for (const name of namesOf(server.dataFolder, id))
      expect((await fetch(`${server.url}/artifacts/runs/${id}/${name}`)).status, name).toBe(200)

    expect((await holdersOnDisk(server.dataFolder, id)).size).toBeLessThanOrEqual(16)

    const missing = metrics.map(({ epoch }) => epoch).find((epoch) => !expected.includes(epoch)) ?? 0
    const without = await keptOf(server, id, missing)
    expect(without).toMatchObject({ codes: null, onnxModels: [] })
    expect((await fetch(`${server.url}${without.reconstructions.reconstructionsUrl}`)).status).toBe(200)
    const { errors } = await server.query('query ($id: ID!, $epoch: Int) { decode(runId: $id, codes: [[0, 0, 0, 0]], epoch: $epoch) }', {
      id,
      epoch: missing,
    })
    const nearest = [expected.findLast((epoch) => epoch < missing), expected.find((epoch) => epoch > missing)]
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'EPOCH_NOT_FOUND', nearest })
    expect(errors?.[0]?.message).toContain(`the nearest are ${nearest.join(' and ')}`)
    const exported = await fetch(`${server.url}/artifacts/runs/${id}/onnx/${String(missing).padStart(4, '0')}/decoder.onnx`)
    expect(exported.status).toBe(404)
    expect(await exported.text()).toContain('expected one whose model is kept')
  })

  it('tells whoever follows it which epochs keep no model any more, so that what they know is what is stored', async () => {
    const { lastSeq } = await server.untilStatus(id, 'COMPLETED')
    const known = new Set<number>()
    const query = `subscription ($id: ID!) { runEvents(runId: $id) {
      ... on StoredEvent { seq } ... on EpochCompleted { epoch modelsDropped } } }`
    await using events = server.follow<FollowedEpoch>(query, { id })
    for (const { epoch, modelsDropped = [] } of await events.until((items) => items.some(({ seq = 0 }) => seq >= lastSeq))) {
      if (epoch !== undefined) known.add(epoch)
      for (const dropped of modelsDropped) known.delete(dropped)
    }
    expect([...known]).toEqual((await keptOf(server, id)).checkpoints.map(({ epoch }) => epoch))
  })
})

describe('two runs that kept all models', () => {
  const keepsAll = { HOURGLASS_RETENTION_MEGABYTES: 'all' }
  let kept: Awaited<ReturnType<typeof makeDataFolder>>
  let ids: readonly string[]
  beforeAll(async () => {
    kept = await makeDataFolder()
    const all = await TestServer.start(kept.path, keepsAll)
    ids = [await all.launch(config), await all.launch(config)]
    for (const id of ids) await all.untilStatus(id, 'COMPLETED')
    await all.stop()
  })
  afterAll(() => kept?.[Symbol.asyncDispose]())

  /** The data folder of the lab that trained them, for one test. */
  async function copyKept(): ReturnType<typeof makeDataFolder> {
    const folder = await makeDataFolder()
    await cp(kept.path, folder.path, { recursive: true })
    return folder
  }

  it('which ended under another setting are thinned when that is asked for, and say before what it frees', async () => {
    await using folder = await copyKept()
    const [id = '', damaged = ''] = ids
    const all = await TestServer.start(folder.path, keepsAll)
    const before = await all.untilStatus(id, 'COMPLETED')
    expect(await readRetention(all)).toMatchObject({ runs: 0, epochs: 0, bytes: 0, keepsUpTo: null })
    const model = await readStored(folder.path, id, 'checkpoints/0030.safetensors')
    await all.stop()
    const { path } = placeOf(folder.path, damaged, 'reconstructions/0003.png')
    await flipBit(folder.path, damaged, 'reconstructions/0003.png')

    await using server = await TestServer.start(folder.path, settings)
    const { bestEpoch } = before.summary
    const expected = [...new Set([...spacedEpochs(EPOCHS, 6), bestEpoch ?? 0])].sort((a, b) => a - b)
    const gone = EPOCHS - expected.length
    const names = namesOf(folder.path, id).filter(
      (name) => /^(checkpoints|codes)/.test(name) && !epochsIn([name]).some((epoch) => expected.includes(epoch)),
    )
    const bytes = names.reduce((sum, name) => sum + placeOf(folder.path, id, name).bytes, 0)
    const found = { runs: 2, epochs: 2 * gone, bytes: 2 * bytes, keepsUpTo: 1e6, keptEpochs: 6 }
    expect(await readRetention(server)).toEqual({ ...found, isApplying: false })
    await using events = server.follow<{ modelsDropped?: number[] }>(
      'subscription ($id: ID!) { runEvents(runId: $id) { ... on ModelsDropped { modelsDropped } } }',
      { id },
    )
    expect(await server.data(`mutation { applyRetention { ${RETENTION} } }`)).toMatchObject({ applyRetention: found })
    await expect.poll(() => readRetention(server)).toMatchObject({ runs: 0, isApplying: false })
    const told = await events.until((items) => items.some(({ modelsDropped }) => modelsDropped))
    expect(told.flatMap(({ modelsDropped = [] }) => modelsDropped)).toHaveLength(gone)
    for (const run of [id, damaged]) {
      expect((await keptOf(server, run)).checkpoints.map(({ epoch }) => epoch)).toEqual(expected)
      expect(epochsIn(namesOf(folder.path, run, 'codes'))).toEqual(expected)
      expect(namesOf(folder.path, run, 'reconstructions')).toHaveLength(EPOCHS)
    }
    expect(await readStored(folder.path, id, 'checkpoints/0030.safetensors')).toEqual(model)
    for (const name of namesOf(folder.path, id)) expect((await fetch(`${server.url}/artifacts/runs/${id}/${name}`)).status, name).toBe(200)
    expect(await readdir(join(folder.path, 'runs', id, 'packs'))).toHaveLength(1)
    // What was damaged stays where it is, and is not listed with what nobody wrote.
    expect(placeOf(folder.path, damaged, 'reconstructions/0003.png').path).toBe(path)
    await server.data('mutation ($id: ID!) { extendRun(id: $id, epochs: 32) { id } }', { id })
    expect((await server.untilStatus(id, 'COMPLETED', 'FAILED')).metrics).toHaveLength(32)
  })

  describe('retention that is interrupted by kill -9', () => {
    const apply = `mutation { applyRetention { runs } }`
    /** Kills a server at a step of retention of the first of two runs that keep all models. */
    async function interrupt(folder: string, step: { readonly step: string; readonly path: string }): Promise<void> {
      const told = join(folder, 'halted')
      const halt = { HOURGLASS_TEST_HALT: JSON.stringify({ ...step, told }), NODE_OPTIONS: `--import=${haltPath}` }
      const server = await TestServer.start(folder, { ...settings, ...halt })
      await server.data(apply)
      await expect.poll(() => existsSync(told)).toBe(true)
      await server.kill()
      await rm(told)
    }

    it.each([
      ['half a new pack is written', { step: 'datasync', path: '/packs/11.pack' }],
      ['the list has changed and the old pack is there', { step: 'rm', path: '/packs/10.pack' }],
    ])('goes on at the next start, and disk and list agree: %s', async (_, step) => {
      await using folder = await copyKept()
      await interrupt(folder.path, step)
      await using server = await TestServer.start(folder.path, settings)
      await expect.poll(() => readRetention(server)).toMatchObject({ runs: 0, isApplying: false })
      for (const id of ids) {
        await holdersOnDisk(folder.path, id)
        expect(namesOf(folder.path, id, 'checkpoint').length).toBeLessThan(EPOCHS)
        expect(namesOf(folder.path, id, 'reconstructions')).toHaveLength(EPOCHS)
        for (const name of namesOf(folder.path, id))
          expect((await fetch(`${server.url}/artifacts/runs/${id}/${name}`)).status, name).toBe(200)
      }
      expect(editDatabase(folder.path, (database) => database.prepare('SELECT name FROM LabSetting').all())).toEqual([])
    })

    it('leaves nothing behind and goes no further where its settings have changed', async () => {
      await using folder = await copyKept()
      const [first = '', second = ''] = ids
      await interrupt(folder.path, { step: 'rm', path: '/packs/10.pack' })
      await using server = await TestServer.start(folder.path, { ...settings, HOURGLASS_RETENTION_EPOCHS: '5' })
      await expect
        .poll(() => server.logLines.map(({ msg }) => msg))
        .toContain('retention that was interrupted does not go on: its settings have changed')
      await holdersOnDisk(folder.path, first)
      expect(namesOf(folder.path, first, 'checkpoint').length).toBeLessThan(EPOCHS)
      expect(namesOf(folder.path, second, 'checkpoint')).toHaveLength(EPOCHS)
      expect(await readRetention(server)).toMatchObject({ isApplying: false })
    })
  })
})

/** What lies in a run's folder, which is what is listed and the log. */
async function holdersOnDisk(folder: string, id: string): Promise<ReadonlySet<string>> {
  const paths = namesOf(folder, id).map((name) => placeOf(folder, id, name).path)
  const holders = new Set([...paths, join(folder, 'runs', id, 'worker.log')])
  const found = await readdir(join(folder, 'runs', id), { recursive: true, withFileTypes: true })
  expect(new Set(found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)))).toEqual(holders)
  return holders
}

const RETENTION = 'runs epochs bytes isApplying keepsUpTo keptEpochs'
const readRetention = async (server: TestServer) =>
  (await server.data<{ storage: { retention: unknown } }>(`{ storage { retention { ${RETENTION} } } }`)).storage.retention

it('what is left of a run that was thinned before is thinned to what lies nearest', () => {
  const files = [1, 2, 3, 5, 8, 13, 21, 30].map((epoch) => ({
    name: `checkpoints/00${String(epoch).padStart(2, '0')}.safetensors`,
    type: 'checkpoint',
    bytes: 10,
  }))
  const run = { epochs: 30, epochsCompleted: 30, latest: writeLatest({ bestEpoch: 21 }) }
  expect(planDrop(run, files, { bytes: 80, epochs: 4 })).toBeNull()
  // Spaced: 1, 3, 9, 30.
  expect(planDrop(run, files, { bytes: 79, epochs: 4 })).toEqual({ epochs: [2, 5, 13], bytes: 30 })
  expect(planDrop(run, files.slice(0, 1), { bytes: 0, epochs: 4 })).toBeNull()
  expect(planDrop(run, [], { bytes: 0, epochs: 4 })).toBeNull()
})

it('a run that is killed while retention takes epochs away goes on as if nothing had happened, and keeps the same epochs', async () => {
  await using folder = await makeDataFolder()
  let server = await TestServer.start(folder.path, settings)
  const undisturbed = await server.launch(config)
  await server.untilStatus(undisturbed, 'COMPLETED')
  const id = await server.launch(config)
  for (const epoch of [4, 11, 13, 15, 22]) {
    await server.untilEpoch(id, epoch)
    await server.kill()
    server = await TestServer.start(folder.path, settings)
  }
  await using last = server
  const resumed = await last.untilStatus(id, 'COMPLETED')
  const expected = await last.untilStatus(undisturbed, 'COMPLETED')
  expect(resumed.metrics).toEqual(expected.metrics)
  for (const type of ['checkpoint', 'codes', 'reconstructions', 'resume']) {
    const names = namesOf(folder.path, id, type)
    expect(names).toEqual(namesOf(folder.path, undisturbed, type))
    for (const name of names) {
      expect((await readStored(folder.path, id, name)).equals(await readStored(folder.path, undisturbed, name)), name).toBe(true)
    }
  }
})

interface FollowedEpoch {
  readonly seq?: number
  readonly epoch?: number
  readonly modelsDropped?: readonly number[]
}
