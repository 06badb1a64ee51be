import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { longestStall, StallWatch } from '../src/processes/StallWatch.js'
import { readSettings } from '../src/Settings.js'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'

const stallPath = fileURLToPath(new URL('../../../test/harness/stallWorker.mjs', import.meta.url))
const SILENCE = 5

async function startWithStalls(folder: string) {
  const file = join(folder, 'stall')
  const server = await TestServer.start(folder, {
    HOURGLASS_WORKER_SILENCE: String(SILENCE),
    HOURGLASS_ANALYSIS: '1',
    HOURGLASS_TEST_STALL: file,
    NODE_OPTIONS: `--import=${stallPath}`,
  })
  const problems = async () => {
    const health = (await (await fetch(`${server.url}/health`)).json()) as { problems: { code: string }[] }
    return health.problems.map(({ code }) => code)
  }
  const interruptions = async (id: string) => {
    const query = 'query ($id: ID!) { run(id: $id) { history { line } } }'
    const { run } = await server.data<{ run: { history: { line: string }[] } }>(query, { id })
    return run.history.flatMap(({ line }) => (line.startsWith('Interrupted') ? [line] : []))
  }
  return { server, file, problems, interruptions }
}

describe('a worker that says that it is alive, and gets on with nothing', () => {
  it('is told of by /health and replaced while it trains, and while it measures', async () => {
    await using folder = await makeDataFolder()
    const { server, file, problems, interruptions } = await startWithStalls(folder.path)
    await using _ = server
    for (const stage of ['training', 'measuring']) {
      await writeFile(file, stage)
      const id = await server.launch({ ...smallConfig, data: { ...smallConfig.data, trainCount: 4_000 } }, stage)
      await expect.poll(problems).toEqual(['WORKER_HANGS'])
      await expect.poll(() => interruptions(id)).toEqual([expect.stringMatching(/got on with nothing for \d+ s and computed nothing/)])
      const seconds = Number(/nothing for (\d+) s/.exec((await interruptions(id))[0] ?? '')?.[1])
      expect(seconds).toBe(5 * SILENCE)
      expect(await server.untilStatus(id, 'COMPLETED', 'FAILED')).toMatchObject({ status: 'COMPLETED', error: null })
      expect(await problems()).toEqual([])
      const { run } = await server.data<{ run: object }>('query ($id: ID!) { run(id: $id) { analysis { at } analysisError { code } } }', {
        id,
      })
      expect(run).toEqual({ analysis: { at: expect.any(String) }, analysisError: null })
    }
  })
})

describe('how long a worker may compute and get on with nothing', () => {
  const { workerSilence } = readSettings({})
  /** Shares after so many seconds, each of which takes as much time of processors. */
  const shareAfter = (seconds: number, taken: number, pace: Parameters<StallWatch['share']>[0]) => {
    const watch = new StallWatch({ silentSeconds: workerSilence, threads: 2 })
    for (let beat = 0; beat <= seconds; beat++) watch.beat({ processorSeconds: beat * taken })
    return watch.share(pace)
  }

  it('is a quarter of an hour on each processor, longer where going through all examples takes long, and hours where nobody knows', () => {
    expect(longestStall(workerSilence, { stepSeconds: 0.1, passSeconds: 20 })).toBe(900)
    expect(longestStall(workerSilence, { stepSeconds: 10, passSeconds: 3_600 })).toBe(10_800)
    expect(longestStall(workerSilence, null)).toBe(14_400)
    const pace = { stepSeconds: 0.1, passSeconds: 20 }
    expect(shareAfter(890, 2, pace)).toBeLessThan(1)
    expect(shareAfter(900, 2, pace)).toBeGreaterThanOrEqual(1)
  })

  it('counts its own time alone: one that gets a tenth of a processor has as many times longer', () => {
    const pace = { stepSeconds: 0.1, passSeconds: 20 }
    expect(shareAfter(4 * 900, 0.1, pace)).toBeLessThan(0.25)
    expect(shareAfter(5 * workerSilence, 0.001, pace)).toBeGreaterThanOrEqual(1)
  })

  it('begins anew with whatever it reports', () => {
    const watch = new StallWatch({ silentSeconds: workerSilence, threads: 1 })
    for (let second = 0; second < 100_000; second++) {
      watch.beat({ processorSeconds: second })
      if (second % 600 === 0) watch.progressed()
      expect(watch.share({ stepSeconds: 1, passSeconds: 60 })).toBeLessThan(1)
    }
  })
})
