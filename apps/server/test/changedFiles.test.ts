import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { ClientGate } from '../src/clients/ClientGate.js'
import { LatentSpaces } from '../src/models/LatentSpaces.js'
import { ModelProcess } from '../src/models/ModelProcess.js'
import { StoredModels } from '../src/models/StoredModels.js'
import { withCopiedStart } from '../src/runs/copyStart.js'
import { openStore } from './openStore.js'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'
import { changingAfterCheck } from './storedFiles.js'
import { storeTrainedRun } from './storeTrainedRun.js'

const written = expect.stringContaining('expected the content that was written')

describe('a file of a run that changes after it was found whole', () => {
  it('is not what another run starts from', async () => {
    await using store = await openStore()
    const parent = await storeTrainedRun(store, 2, { architecture: { kind: 'dense', latentDimension: 2 } })
    const before = await readdir(store.folder.runsFolder)
    let isLaunched = false
    const copying = withCopiedStart({ artifacts: changingAfterCheck(store), folders: store.folders }, { parent, epoch: 2 }, async () => {
      isLaunched = true
    })
    await expect(copying).rejects.toMatchObject({ code: 'ARTIFACT_DAMAGED', message: written, details: { nearestEpoch: 1 } })
    expect(isLaunched).toBe(false)
    expect(await readdir(store.folder.runsFolder)).toEqual(before)

    const { model, runId } = await withCopiedStart(store, { parent, epoch: 1 }, async (start) => start)
    expect(existsSync(store.folders.pathOf(runId, model.name))).toBe(true)
  })

  it('is not where directions and neighbours of codes come from', async () => {
    await using folder = await makeDataFolder()
    const server = await TestServer.start(folder.path)
    const id = await server.launch(smallConfig)
    await server.untilStatus(id, 'COMPLETED')
    await server.stop()
    await using store = await openStore(folder.path)
    const process = new ModelProcess({ log: pino({ enabled: false }), gate: new ClientGate() })
    await using _ = { [Symbol.asyncDispose]: () => process.close() }
    const artifacts = changingAfterCheck(store)
    const spaces = new LatentSpaces({ artifacts, models: new StoredModels(artifacts, process), process })
    const run = await store.runs.requireRun(id)
    const asker = {
      client: { address: 'a', network: 'a', browser: null, key: 'a' },
      signal: new AbortController().signal,
    }
    const damaged = { code: 'ARTIFACT_DAMAGED', message: written }
    await expect(spaces.directions({ run, epoch: 3, count: 2 }, asker)).rejects.toMatchObject(damaged)
    await expect(spaces.neighbours({ run, epoch: 2, codes: [[0, 0, 0, 0]], count: 2 }, asker)).rejects.toMatchObject(damaged)
  })
})
