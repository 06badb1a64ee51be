import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { smallConfig, type TestServer } from './startServer.js'
import { flipBit } from './storedFiles.js'
import { server, useServer } from './useServer.js'

useServer()

/** Learns for some epochs, then overshoots further with each. */
const diverging = {
  data: { dataset: 'mnist', trainCount: 256, testCount: 64 },
  architecture: {
    dense: { latentDimension: 4, hiddenWidths: [], outputActivation: 'LINEAR', initializer: { normal: { standardDeviation: 0.05 } } },
  },
  optimizer: { sgd: { learningRate: 10, momentum: 0.99 } },
  training: { epochs: 60, batchSize: 256 },
}
const calmer = { ...diverging, optimizer: { sgd: { learningRate: 0.01 } }, training: { epochs: 2, batchSize: 256 } }

const launch = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
const relatives = `query ($id: ID!) { run(id: $id) {
  parent { number name epoch run { id } } children { id } summary { bestEpoch bestValidationLoss } error { code } checkpoints { epoch }
} }`

interface Relatives {
  parent: { number: number; name: string; epoch: number; run: { id: string } | null } | null
  children: { id: string }[]
  summary: { bestEpoch: number; bestValidationLoss: number }
  error: { code: string } | null
  checkpoints: { epoch: number }[]
}

const relativesOf = async (server: TestServer, id: string) => (await server.data<{ run: Relatives }>(relatives, { id })).run
const launchFrom = async (server: TestServer, config: object, parent: { id: string; epoch: number }) =>
  (await server.data<{ launchRun: { id: string } }>(launch, { input: { config, parent } })).launchRun.id

describe('a run that diverged', () => {
  it('keeps its epochs, and another one goes on from the best of them, whatever becomes of it', async () => {
    const id = await server.launch(diverging, 'Too fast')
    await server.untilStatus(id, 'FAILED')
    const { error, summary, checkpoints } = await relativesOf(server, id)
    expect(error?.code).toBe('DIVERGED')
    const { bestEpoch: epoch } = summary
    expect(checkpoints.map((checkpoint) => checkpoint.epoch)).toContain(epoch)

    const child = await launchFrom(server, calmer, { id, epoch })
    const { metrics } = await server.untilStatus(child, 'COMPLETED')
    expect(metrics.map((each) => each.epoch)).toEqual([1, 2])
    expect(metrics[0]?.validationLoss).toBeLessThanOrEqual(summary.bestValidationLoss)
    expect((await relativesOf(server, child)).parent).toEqual({ number: 1, name: 'Too fast', epoch, run: { id } })
    expect((await relativesOf(server, id)).children).toEqual([{ id: child }])

    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [id] })
    expect((await relativesOf(server, child)).parent).toEqual({ number: 1, name: 'Too fast', epoch, run: null })
    // Begun anew without its training states, it still starts from its own copy.
    await server.data('mutation ($id: ID!) { extendRun(id: $id, epochs: 3) { id } }', { id: child })
    await server.untilStatus(child, 'COMPLETED')
    const twin = await launchFrom(server, calmer, { id: child, epoch: 3 })
    await server.untilStatus(twin, 'COMPLETED')
  })

  it('gives the same losses to whoever starts from it with the same settings', async () => {
    const id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
    const [one, other] = [await launchFrom(server, smallConfig, { id, epoch: 2 }), await launchFrom(server, smallConfig, { id, epoch: 2 })]
    const { metrics } = await server.untilStatus(one, 'COMPLETED')
    expect((await server.untilStatus(other, 'COMPLETED')).metrics).toEqual(metrics)
    expect(metrics).not.toEqual((await server.untilStatus(id, 'COMPLETED')).metrics)
  })
})

describe('a start that cannot be', () => {
  it('is refused with the reason, and leaves no folder', async () => {
    const id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
    const folders = await readdir(join(server.dataFolder, 'runs'))
    const refusalOf = async (config: object, parent: { id: string; epoch: number }) =>
      (await server.query(launch, { input: { config, parent } })).errors?.[0]
    expect(await refusalOf({ ...smallConfig, architecture: { dense: { latentDimension: 5 } } }, { id, epoch: 1 })).toMatchObject({
      message: expect.stringMatching(/Architecture must be one with the parameters of the model that the run starts from/),
      extensions: { code: 'INVALID_CONFIG', issues: [{ path: ['architecture'] }] },
    })
    expect(await refusalOf(smallConfig, { id, epoch: 9 })).toMatchObject({ extensions: { code: 'EPOCH_NOT_FOUND' } })
    expect(await refusalOf(smallConfig, { id: 'nobody', epoch: 1 })).toMatchObject({ extensions: { code: 'RUN_NOT_FOUND' } })
    await flipBit(server.dataFolder, id, 'checkpoints/0002.safetensors')
    expect(await refusalOf(smallConfig, { id, epoch: 2 })).toMatchObject({ extensions: { code: 'ARTIFACT_DAMAGED' } })
    expect(await readdir(join(server.dataFolder, 'runs'))).toEqual(folders)
  })

  it('fails rather than train from another model, where its copy is damaged before it began', async () => {
    const id = await server.launch({ ...smallConfig, training: { epochs: 1, batchSize: 64 } })
    await server.untilStatus(id, 'COMPLETED')
    // It waits behind another one.
    const first = await server.launch({ ...smallConfig, training: { epochs: 10_000, batchSize: 64 } })
    await server.untilEpoch(first, 1)
    const child = await launchFrom(server, smallConfig, { id, epoch: 1 })
    await writeFile(join(server.dataFolder, 'runs', child, 'start.safetensors'), 'something else')
    await server.data('mutation ($id: ID!) { stopRun(id: $id) { id } }', { id: first })
    expect((await server.untilStatus(child, 'FAILED')).error).toMatchObject({ code: 'ARTIFACT_DAMAGED' })
  })
})
