import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { endlessConfig, makeDataFolder, smallConfig, TestServer } from './startServer.js'

const stop = 'mutation ($id: ID!) { stopRun(id: $id) { status } }'
const resume = 'mutation ($id: ID!) { resumeRun(id: $id) { status error { code } } }'

/** Epochs of which each takes long enough to be interrupted in. */
const slowConfig = {
  data: { dataset: 'mnist', trainCount: 6_000, testCount: 64 },
  architecture: { dense: { latentDimension: 8, hiddenWidths: [256] } },
  training: { epochs: 6, batchSize: 16, seed: 7 },
}
/** Trained at once, and measured for seconds. */
const measuredConfig = { ...smallConfig, training: { epochs: 1, batchSize: 64 } }

interface Told {
  analysis: { at: string } | null
  analysisError: { code: string; message: string } | null
  history: { line: string }[]
}

describe('a worker that is lost', () => {
  it('is replaced by itself, hung or killed, with the losses of a run that was never interrupted', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path, { HOURGLASS_WORKER_SILENCE: '5' })
    const id = await server.launch(slowConfig)
    await server.untilEpoch(id, 1)
    process.kill(await newWorker(server, id, 1), 'SIGKILL')
    const second = await newWorker(server, id, 2)
    await server.untilEpoch(id, 2)
    process.kill(second, 'SIGSTOP')
    const third = await newWorker(server, id, 3)
    process.kill(third, 'SIGSEGV')
    const interrupted = await server.untilStatus(id, 'COMPLETED', 'FAILED')
    const undisturbed = await server.untilStatus(await server.launch(slowConfig), 'COMPLETED')
    expect(interrupted).toMatchObject({ status: 'COMPLETED', error: null })
    expect(interrupted.metrics).toEqual(undisturbed.metrics)
    const { history } = await tell(server, id)
    const told = history.flatMap(({ line }) => (line.startsWith('Interrupted') ? [line] : []))
    expect(told).toEqual([
      expect.stringContaining('SIGKILL'),
      expect.stringContaining('answered nothing'),
      expect.stringContaining('SIGSEGV'),
    ])
  })

  it('is replaced three times without progress; then the run has failed, says why, and can be resumed', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const id = await server.launch({ ...slowConfig, training: { ...slowConfig.training, batchSize: 1 } })
    for (let attempt = 1; attempt <= 4; attempt++) process.kill(await newWorker(server, id, attempt), 'SIGKILL')
    const { error, finishedAt, metrics } = await server.untilStatus(id, 'FAILED')
    expect(error?.code).toBe('WORKER_CRASHED')
    expect(error?.message).toMatch(/SIGKILL.*It was tried 4 times without getting further/)
    expect(finishedAt).not.toBeNull()
    expect(metrics).toEqual([])
    expect(await server.data(resume, { id })).toEqual({ resumeRun: { status: 'QUEUED', error: null } })
    process.kill(await newWorker(server, id, 5), 'SIGKILL')
    await newWorker(server, id, 6)
    await server.data(stop, { id })
    await server.untilStatus(id, 'STOPPED')
  })

  it('is not taken for one that hangs while its server was suspended', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path, { HOURGLASS_WORKER_SILENCE: '5' })
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 1)
    server.process.kill('SIGSTOP')
    await sleep(7_000)
    server.process.kill('SIGCONT')
    const { metrics } = await server.untilStatus(id, 'RUNNING')
    await server.untilEpoch(id, metrics.length + 5)
    expect((await tell(server, id)).history.filter(({ line }) => line.startsWith('Interrupted'))).toEqual([])
  })
})

describe('a run whose worker is lost while it is measured', () => {
  it('is measured again, also after its server is lost', async () => {
    await using folder = await makeDataFolder()
    let server = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: '1' })
    const id = await server.launch(measuredConfig)
    await untilMeasuring(server, id)
    process.kill(await newWorker(server, id, 1), 'SIGKILL')
    await newWorker(server, id, 2)
    await untilMeasuring(server, id)
    await server.kill()
    server = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: '1' })
    await using _ = server
    await server.untilStatus(id, 'COMPLETED')
    expect(await tell(server, id)).toMatchObject({ analysis: { at: expect.any(String) }, analysisError: null })
  })

  it('is complete after the last try, and says why it was not measured until it is', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: '1' })
    const id = await server.launch(measuredConfig)
    await untilMeasuring(server, id)
    for (let attempt = 1; attempt <= 4; attempt++) process.kill(await newWorker(server, id, attempt), 'SIGKILL')
    expect((await server.untilStatus(id, 'COMPLETED')).error).toBeNull()
    expect(await tell(server, id)).toMatchObject({
      analysis: null,
      analysisError: { code: 'WORKER_CRASHED', message: expect.stringContaining('SIGKILL') },
    })
    await server.data('mutation ($id: ID!) { analyzeRun(id: $id) { id } }', { id })
    await server.untilStatus(id, 'COMPLETED')
    expect(await tell(server, id)).toMatchObject({ analysis: { at: expect.any(String) }, analysisError: null })
  })
})

describe('stopping a worker that hangs', () => {
  it('takes no longer than a grace of a second, and keeps what was reported', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const id = await server.launch(endlessConfig)
    await server.untilEpoch(id, 2)
    process.kill(await server.workerOf(id), 'SIGSTOP')
    const { metrics: before } = await server.untilStatus(id, 'RUNNING')
    const asked = performance.now()
    await server.data(stop, { id })
    const { metrics } = await server.untilStatus(id, 'STOPPED')
    // The grace was ten seconds; a loaded machine may need more than the one that it is now.
    expect(performance.now() - asked).toBeLessThan(9_000)
    expect(metrics.length).toBeGreaterThanOrEqual(before.length)
    await expect
      .poll(() => readFile(join(folder.path, 'runs', id, 'worker.log'), 'utf8'))
      .toMatch(/ Ended: it was asked to stop and had not within 0\.7 s\n$/)
    await server.data(resume, { id })
    await server.untilEpoch(id, metrics.length + 2)
    const { metrics: resumed } = await server.untilStatus(id, 'RUNNING')
    expect(resumed.slice(0, metrics.length)).toEqual(metrics)
  })
})

describe('memory', () => {
  const largeConfig = {
    data: { dataset: 'mnist', trainCount: 8192, testCount: 64 },
    architecture: { dense: { latentDimension: 8, hiddenWidths: [2000] } },
    training: { epochs: 2, batchSize: 8192 },
  }
  const needsOf = 'query ($config: RunConfigInput!) { runNeeds(config: $config) { memoryBytes memoryLimitBytes diskBytes } }'

  it('is told before a run starts, and one that needs more than it may take is refused with the number and what to change', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path, { HOURGLASS_WORKER_MEGABYTES: '600' })
    const { runNeeds } = await server.data<{ runNeeds: { memoryBytes: number; memoryLimitBytes: number; diskBytes: number } }>(needsOf, {
      config: largeConfig,
    })
    expect(runNeeds.memoryLimitBytes).toBe(600e6)
    expect(runNeeds.memoryBytes).toBeGreaterThan(600e6)
    const { errors } = await server.query('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }', {
      input: { config: largeConfig },
    })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'RUN_TOO_LARGE', issues: [{ inputPath: ['training', 'batchSize'] }] })
    expect(errors?.[0]?.message).toMatch(/needs about [\d.]+ GB of memory, expected at most the 0\.6 GB .* Use a batch size of at most \d+/)
    await server.untilStatus(await server.launch(smallConfig), 'COMPLETED')
  })

  it('that outgrows its limit ends the run with the reason, and nothing else', async () => {
    await using folder = await makeDataFolder()
    // Less than the libraries take, which the estimate of points stays below.
    await using server = await TestServer.start(folder.path, { HOURGLASS_WORKER_MEGABYTES: '165' })
    const id = await server.launch({
      ...endlessConfig,
      architecture: { dense: { latentDimension: 1, hiddenWidths: [16], outputActivation: 'LINEAR' } },
    })
    // The worker grows by itself at times; a limit that it cannot keep is one below what it has.
    const run = await server.untilStatus(id, 'FAILED')
    expect(run.error?.code).toBe('OUT_OF_MEMORY_LIMIT')
    expect(run.error?.message).toMatch(/took \d+ MB of memory, expected at most 165 MB/)
    expect(await server.data('{ lab { running } }')).toEqual({ lab: { running: 0 } })
  })
})

async function tell(server: TestServer, id: string): Promise<Told> {
  const query = 'query ($id: ID!) { run(id: $id) { analysis { at } analysisError { code message } history { line } } }'
  return (await server.data<{ run: Told }>(query, { id })).run
}

/** Waits for the worker of an attempt and returns its process id. */
async function newWorker(server: TestServer, id: string, attempt: number): Promise<number> {
  const find = () => server.logLines.find((line) => line.msg === 'run started' && line.runId === id && line.attempt === attempt)
  await expect.poll(find, { message: `a worker of attempt ${attempt}` }).toBeDefined()
  return Number(find()?.pid)
}

async function untilMeasuring(server: TestServer, id: string): Promise<void> {
  const stage = async () => {
    const { run } = await server.data<{ run: { progress: { stage: string } | null } }>(
      'query ($id: ID!) { run(id: $id) { progress { stage } } }',
      { id },
    )
    return run.progress?.stage
  }
  await expect.poll(stage).toBe('MEASURING')
}
