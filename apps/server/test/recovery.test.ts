import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { longConfig, makeDataFolder, smallConfig, TestServer } from './startServer.js'

/** Long enough to be interrupted in between. */
const EPOCHS = 20
const resumable = { ...longConfig, training: { epochs: EPOCHS, batchSize: 20 } }

const stop = 'mutation ($id: ID!) { stopRun(id: $id) { status } }'
const resume = 'mutation ($id: ID!) { resumeRun(id: $id) { status error { code } } }'

describe('a lab that is interrupted', () => {
  it('goes on where it was after the server is killed, with the losses of a run that never stopped', async () => {
    await using folder = await makeDataFolder()
    let server = await TestServer.start(folder.path)
    const undisturbed = await server.launch(resumable)
    const expected = (await server.untilStatus(undisturbed, 'COMPLETED')).metrics
    const id = await server.launch(resumable)
    await server.untilEpoch(id, 4)
    const { pid } = server.logLines.findLast(({ msg }) => msg === 'run started') ?? {}
    await server.kill()
    await expect.poll(() => isAlive(Number(pid)), { timeout: 5000, message: 'the worker outlives its server' }).toBe(false)

    server = await TestServer.start(folder.path)
    await using _ = server
    const { metrics, lastSeq } = await server.untilStatus(id, 'COMPLETED')
    const losses = (epochs: typeof metrics) => epochs.map(({ epoch, trainLoss, validationLoss }) => ({ epoch, trainLoss, validationLoss }))
    expect(losses(metrics)).toEqual(losses(expected))

    await using events = server.follow<{ seq?: number; status?: string }>(
      'subscription ($id: ID!) { runEvents(runId: $id) { ... on StatusChanged { seq status } ... on EpochCompleted { seq } ... on PcaBaselineComputed { seq } } }',
      { id },
    )
    const stored = (await events.until((items) => items.at(-1)?.seq === lastSeq)).filter(({ seq }) => seq !== undefined)
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1))
    expect(stored.flatMap(({ status }) => status ?? [])).toEqual(['QUEUED', 'RUNNING', 'QUEUED', 'RUNNING', 'COMPLETED'])
  })

  it('keeps its queue over a restart that an operator asks for, and closes within five seconds', async () => {
    await using folder = await makeDataFolder()
    let server = await TestServer.start(folder.path)
    const first = await server.launch(longConfig)
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
    const started = Date.now()
    expect(await server.stop()).toBe(0)
    expect(Date.now() - started).toBeLessThan(5000)
    expect(server.stderr).toBe('')
    expect(closed).toEqual([1001])

    server = await TestServer.start(folder.path)
    await using _ = server
    const { metrics } = await server.untilStatus(first, 'RUNNING')
    expect(metrics.length).toBeGreaterThanOrEqual(1)
    expect((await server.untilStatus(second, 'QUEUED')).number).toBe(2)
    await server.data(stop, { id: first })
    await server.untilStatus(second, 'COMPLETED')
    expect(await server.untilStatus(third, 'COMPLETED')).toMatchObject({ name: 'Third', number: 3 })
  })

  it('says why a run failed whose process was killed, and resumes it', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const id = await server.launch(resumable)
    await server.untilEpoch(id, 2)
    const { pid } = server.logLines.find(({ msg, runId }) => msg === 'run started' && runId === id) ?? {}
    process.kill(Number(pid), 'SIGKILL')
    const { error, finishedAt } = await server.untilStatus(id, 'FAILED')
    expect(error?.code).toBe('WORKER_CRASHED')
    expect(error?.message).toContain('SIGKILL')
    expect(finishedAt).not.toBeNull()
    expect(await server.data(resume, { id })).toEqual({ resumeRun: { status: 'QUEUED', error: null } })
    const { metrics } = await server.untilStatus(id, 'COMPLETED')
    expect(metrics.map(({ epoch }) => epoch)).toEqual(Array.from({ length: EPOCHS }, (_, index) => index + 1))
  })
})

describe('stopping', () => {
  it('ends a running run after its last completed epoch, and a queued one at once; both can be resumed', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const running = await server.launch(resumable)
    const queued = await server.launch(smallConfig)
    expect(await server.data(stop, { id: queued })).toEqual({ stopRun: { status: 'STOPPED' } })
    await server.untilEpoch(running, 2)
    await server.data(stop, { id: running })
    const stopped = await server.untilStatus(running, 'STOPPED')
    expect(stopped.metrics.length).toBeLessThan(EPOCHS)
    expect((await server.query(stop, { id: running })).errors?.[0]?.extensions.code).toBe('RUN_NOT_ACTIVE')
    for (const id of [running, queued]) await server.data(resume, { id })
    expect((await server.untilStatus(running, 'COMPLETED')).metrics).toHaveLength(EPOCHS)
    expect((await server.untilStatus(queued, 'COMPLETED')).metrics).toHaveLength(3)
    expect((await server.query(resume, { id: running })).errors?.[0]?.extensions.code).toBe('RUN_NOT_RESUMABLE')
  })

  it('is not forgotten when the server dies in between; a run that is resumed gets the baseline that it missed', async () => {
    await using folder = await makeDataFolder()
    let server = await TestServer.start(folder.path)
    const id = await server.launch(longConfig)
    const failed = await server.launch(smallConfig)
    await server.untilEpoch(id, 1)
    const { pid } = server.logLines.find(({ msg }) => msg === 'run started') ?? {}
    // A worker that does not answer leaves the run RUNNING until the grace period ends.
    process.kill(Number(pid), 'SIGSTOP')
    await server.data(stop, { id })
    await server.kill()
    process.kill(Number(pid), 'SIGKILL')
    const database = new SqliteDatabase(join(folder.path, 'hourglass.db'))
    database.prepare(`UPDATE Run SET status = 'FAILED', pcaBaselineId = NULL WHERE id = ?`).run(failed)
    database.prepare(`DELETE FROM PcaBaseline WHERE dataset = 'mnist'`).run()
    database.close()

    server = await TestServer.start(folder.path)
    await using _ = server
    expect((await server.untilStatus(id, 'STOPPED', 'RUNNING', 'QUEUED')).status).toBe('STOPPED')

    const baseline = async () =>
      (await server.data<{ run: unknown }>('query ($id: ID!) { run(id: $id) { pcaBaseline { components } } }', { id: failed })).run
    await server.data(resume, { id: failed })
    await expect.poll(baseline, { timeout: 20_000 }).toEqual({ pcaBaseline: { components: 4 } })
  })
})

describe('an empty database', () => {
  it('gets one demonstration run, unless that is turned off', async () => {
    await using folder = await makeDataFolder()
    const names = '{ runs { nodes { id name status config { architecture { dense { latentDimension } } } } } }'
    let server = await TestServer.start(folder.path, { HOURGLASS_DEMO: '1' })
    const { runs } = await server.data<{ runs: { nodes: { id: string }[] } }>(names)
    expect(runs.nodes).toMatchObject([{ config: { architecture: { dense: { latentDimension: 32 } } } }])
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
