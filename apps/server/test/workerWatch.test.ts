import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runTask } from '../src/processes/runTask.js'
import { longestSilence } from '../src/processes/WorkerWatch.js'
import { readSettings } from '../src/Settings.js'
import { makeDataFolder, TestServer } from './startServer.js'

const spinPath = fileURLToPath(new URL('../../../test/harness/spinWorker.mjs', import.meta.url))
const slowConfig = {
  data: { dataset: 'mnist', trainCount: 6_000, testCount: 64 },
  architecture: { dense: { latentDimension: 8, hiddenWidths: [256] } },
  training: { epochs: 30, batchSize: 16, seed: 7 },
}

describe('how long a worker that computes may be silent', () => {
  const { workerSilence } = readSettings({})

  it('is a minute by default once it has said how long its steps are, and longer only where they are', () => {
    expect(longestSilence(workerSilence, 0.01)).toBe(60)
    expect(longestSilence(workerSilence, 6)).toBe(60)
    expect(longestSilence(workerSilence, 30)).toBe(300)
  })

  it('is a quarter of an hour by default while nobody knows how long that takes', () => {
    expect(longestSilence(workerSilence, null)).toBe(900)
  })
})

describe('a worker that spins while it trains', () => {
  it('is told of by /health, ended and replaced, long before one that is compiling would be', async () => {
    await using folder = await makeDataFolder()
    const file = join(folder.path, 'spin')
    const silence = 5
    await using server = await TestServer.start(folder.path, {
      HOURGLASS_WORKER_SILENCE: String(silence),
      HOURGLASS_TEST_SPIN: file,
      NODE_OPTIONS: `--import=${spinPath}`,
    })
    const id = await server.launch(slowConfig)
    await server.untilEpoch(id, 2)
    await writeFile(file, '')
    const health = async () => (await (await fetch(`${server.url}/health`)).json()) as { workers: string; problems: { code: string }[] }
    await expect.poll(async () => (await health()).problems.map(({ code }) => code)).toEqual(['WORKER_HANGS'])
    const told = async () => {
      const query = 'query ($id: ID!) { run(id: $id) { history { line } } }'
      const { run } = await server.data<{ run: { history: { line: string }[] } }>(query, { id })
      return run.history.flatMap(({ line }) => (line.startsWith('Interrupted') ? [line] : []))
    }
    await expect.poll(told).toEqual([expect.stringContaining('answered nothing for')])
    const seconds = Number(/answered nothing for (\d+) s/.exec((await told())[0] ?? '')?.[1])
    expect(seconds).toBeGreaterThanOrEqual(silence)
    expect(seconds).toBeLessThan(longestSilence(silence, null) / 2)
    await server.data('mutation ($id: ID!) { stopRun(id: $id) { status } }', { id })
  })
})

describe('a task', () => {
  const command = { dataset: 'mnist', trainCount: 2_000, validationCount: 200, testCount: 200, selection: 'random', threads: 1 }
  const requests = [{ codeSize: 4, corruption: { kind: 'none' } }]

  it('that hangs is ended, and has failed with the reason', async () => {
    await using folder = await makeDataFolder()
    const task = runTask('baseline', { ...command, requests }, { cacheFolder: folder.path, silentSeconds: 5, niceness: 0 })
    process.kill(Number(task.pid), 'SIGSTOP')
    expect(await task.finished).toEqual({
      type: 'failed',
      code: 'WORKER_HUNG',
      message: expect.stringMatching(/^The process of the task baseline answered nothing for \d+ s and computed nothing, and was ended\.$/),
    })
  })

  it('that works for longer than one may hang is left alone', async () => {
    await using folder = await makeDataFolder()
    const task = runTask('baseline', { ...command, requests }, { cacheFolder: folder.path, silentSeconds: 1, niceness: 0 })
    expect(await task.finished).toMatchObject({ type: 'computed' })
  })
})
