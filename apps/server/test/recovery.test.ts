import { hashDataset, loadDataset } from '@hourglass/datasets/node'
import { describe, expect, it } from 'vitest'
import { editDatabase, shortenRun } from './editDatabase.js'
import { endlessConfig, makeDataFolder, type RunRow, smallConfig, TestServer } from './startServer.js'

const stop = 'mutation ($id: ID!) { stopRun(id: $id) { status } }'
const resume = 'mutation ($id: ID!) { resumeRun(id: $id) { status error { code } } }'

const epochsOf = ({ metrics }: RunRow) => metrics.map(({ epoch }) => epoch)
const countTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('a lab that is interrupted', () => {
  it('goes on where it was after the server is killed, with the losses of a run that never stopped', async () => {
    await using folder = await makeDataFolder()
    let server = await TestServer.start(folder.path)
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 4)
    const pid = await server.workerOf(id)
    await server.kill()
    await expect.poll(() => isAlive(pid), { message: 'the worker outlives its server' }).toBe(false)
    const epochs = shortenRun(folder.path, id, { epochsLeft: 3 })

    server = await TestServer.start(folder.path)
    await using _ = server
    const undisturbed = await server.launch({ ...endlessConfig, training: { ...endlessConfig.training, epochs } })
    const interrupted = await server.untilStatus(id, 'COMPLETED')
    const expected = await server.untilStatus(undisturbed, 'COMPLETED')
    expect(epochsOf(interrupted)).toEqual(countTo(epochs))
    expect(interrupted.metrics).toEqual(expected.metrics)

    await using events = server.follow<{ seq?: number; status?: string }>(
      'subscription ($id: ID!) { runEvents(runId: $id) { ... on StoredEvent { seq } ... on StatusChanged { status } } }',
      { id },
    )
    const stored = (await events.until((items) => items.some(({ seq = 0 }) => seq >= interrupted.lastSeq))).filter(
      ({ seq }) => seq !== undefined,
    )
    expect(stored.map(({ seq }) => seq)).toEqual((await server.sequenceOf(id)).slice(0, stored.length))
    expect(stored.flatMap(({ status }) => status ?? [])).toEqual(['QUEUED', 'RUNNING', 'QUEUED', 'RUNNING', 'COMPLETED'])
  })

  it('keeps its queue over a restart that an operator asks for, and interrupts what trains', async () => {
    await using folder = await makeDataFolder()
    let server = await TestServer.start(folder.path)
    const first = await server.launch(endlessConfig)
    const second = await server.launch(smallConfig)
    const third = await server.launch(smallConfig, 'Third')
    await server.untilEpoch(first, 1)
    const closed: unknown[] = []
    const client = server.connect({ on: { closed: (event) => closed.push((event as { code: number }).code) } })
    await using events = server.follow<{ status?: string }>(
      'subscription ($id: ID!) { runEvents(runId: $id) { ... on StatusChanged { status } } }',
      { id: first },
      client,
    )
    await events.until((items) => items.some(({ status }) => status === 'RUNNING'))
    expect(await server.stop()).toBe(0)
    expect(server.stderr).toBe('')
    await expect.poll(() => closed).toEqual([1001])

    server = await TestServer.start(folder.path)
    await using _ = server
    const { metrics } = await server.untilStatus(first, 'RUNNING')
    expect(metrics.length).toBeGreaterThanOrEqual(1)
    expect((await server.untilStatus(second, 'QUEUED')).number).toBe(2)
    await server.data(stop, { id: first })
    await server.untilStatus(second, 'COMPLETED')
    expect(await server.untilStatus(third, 'COMPLETED')).toMatchObject({ name: 'Third', number: 3 })
  })

  it('closes although a worker does not answer', async () => {
    await using folder = await makeDataFolder()
    const server = await TestServer.start(folder.path)
    const pid = await server.workerOf(await server.launch(endlessConfig))
    process.kill(pid, 'SIGSTOP')
    expect(await server.stop()).toBe(0)
    expect(isAlive(pid)).toBe(false)
  })
})

describe('stopping', () => {
  it('ends a running run after its last completed epoch, and a queued one at once; both can be resumed', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const running = await server.launch(endlessConfig)
    const queued = await server.launch(smallConfig)
    expect(await server.data(stop, { id: queued })).toEqual({ stopRun: { status: 'STOPPED' } })
    await server.untilEpoch(running, 2)
    await server.data(stop, { id: running })
    const stopped = await server.untilStatus(running, 'STOPPED')
    expect(stopped.metrics.length).toBeGreaterThanOrEqual(2)
    expect((await server.query(stop, { id: running })).errors?.[0]?.extensions.code).toBe('RUN_NOT_ACTIVE')
    const epochs = shortenRun(folder.path, running, { epochsLeft: 3 })
    for (const id of [running, queued]) await server.data(resume, { id })
    expect(epochsOf(await server.untilStatus(running, 'COMPLETED'))).toEqual(countTo(epochs))
    expect((await server.untilStatus(queued, 'COMPLETED')).metrics).toHaveLength(3)
    expect((await server.query(resume, { id: running })).errors?.[0]?.extensions.code).toBe('RUN_NOT_RESUMABLE')
  })

  it('is not forgotten when the server dies in between; a run that is resumed gets the baseline that it missed', async () => {
    await using folder = await makeDataFolder()
    let server = await TestServer.start(folder.path)
    const id = await server.launch(endlessConfig)
    const failed = await server.launch({
      ...endlessConfig,
      data: { dataset: 'spiral', trainCount: 300, testCount: 100 },
      training: { epochs: 1 },
    })
    await server.untilEpoch(id, 1)
    const pid = await server.workerOf(id)
    // A worker that does not answer leaves the run RUNNING until the grace period ends.
    process.kill(pid, 'SIGSTOP')
    await server.data(stop, { id })
    await server.kill()
    process.kill(pid, 'SIGKILL')
    editDatabase(folder.path, (database) => {
      database.prepare(`UPDATE Run SET status = 'FAILED', pcaBaselineId = NULL WHERE id = ?`).run(failed)
      database.prepare(`DELETE FROM PcaBaseline WHERE dataset = 'spiral'`).run()
    })

    server = await TestServer.start(folder.path)
    await using _ = server
    expect((await server.untilStatus(id, 'STOPPED', 'RUNNING', 'QUEUED')).status).toBe('STOPPED')

    const baseline = async () =>
      (await server.data<{ run: unknown }>('query ($id: ID!) { run(id: $id) { pcaBaseline { components } } }', { id: failed })).run
    await server.data(resume, { id: failed })
    await expect.poll(baseline).toEqual({ pcaBaseline: { components: 1 } })
  })
})

describe('a run whose data has changed', () => {
  it('says which data it saw, and does not go on with other examples', async () => {
    await using folder = await makeDataFolder()
    const server = await TestServer.start(folder.path)
    await using _ = server
    const hashOf = async (id: string) =>
      (await server.data<{ run: { datasetHash: string | null } }>('query ($id: ID!) { run(id: $id) { datasetHash } }', { id })).run
        .datasetHash
    const stopped = await server.launch(endlessConfig)
    await server.untilEpoch(stopped, 1)
    await server.data(stop, { id: stopped })
    await server.untilStatus(stopped, 'STOPPED')
    const seen = await hashOf(stopped)
    expect(seen).toBe(await hashDataset(await loadDataset(endlessConfig.data.dataset, endlessConfig.data)))

    const other = 'ab'.repeat(32)
    editDatabase(folder.path, (database) => database.prepare('UPDATE Run SET datasetHash = ? WHERE id = ?').run(other, stopped))
    await server.data(resume, { id: stopped })
    const failed = await server.untilStatus(stopped, 'FAILED')
    expect(failed.error?.code).toBe('DATASET_CHANGED')
    expect(failed.error?.message).toContain(`SHA-256 ${other}, got others, of ${seen}`)
    expect(await hashOf(stopped)).toBe(other)
  })
})

describe('an empty database', () => {
  it('gets one demonstration run, unless that is turned off', async () => {
    await using folder = await makeDataFolder()
    const names = '{ runs { nodes { id name status config { architecture { dense { latentDimension } } } } } }'
    let server = await TestServer.start(folder.path, { HOURGLASS_DEMO: '1' })
    const { runs } = await server.data<{ runs: { nodes: { id: string }[] } }>(names)
    expect(runs.nodes).toMatchObject([{ config: { architecture: { dense: { latentDimension: 32 } } } }])
    // Who comes first sees how long each experiment takes here, though nothing was run yet.
    const { presetEstimates } = await server.data<{ presetEstimates: object[] }>('{ presetEstimates { seconds quickSeconds } }')
    expect(presetEstimates.length).toBeGreaterThan(30)
    for (const estimate of presetEstimates) expect(estimate).toEqual({ seconds: expect.any(Number), quickSeconds: expect.any(Number) })
    await server.kill()
    server = await TestServer.start(folder.path, { HOURGLASS_DEMO: '1' })
    await using _ = server
    expect((await server.data<{ runs: { nodes: unknown[] } }>(names)).runs.nodes).toHaveLength(1)
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
