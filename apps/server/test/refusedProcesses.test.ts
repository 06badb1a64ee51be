import { rm, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'

const refusePath = fileURLToPath(new URL('../../../test/harness/refuseProcesses.mjs', import.meta.url))
const EVENTS = 'query ($id: ID!) { run(id: $id) { status error { code } history { line } } }'

interface Told {
  readonly status: string
  readonly error: { readonly code: string } | null
  readonly history: readonly { readonly line: string }[]
}

// Of the first Node tells by an event, of the second by an exception.
it.for(['EAGAIN', 'ENOMEM'] as const)(
  'where the system refuses processes with %s, a run stays queued, /health says why, and it trains once it may',
  async (code) => {
    await using folder = await makeDataFolder()
    const file = join(folder.path, 'refuse')
    await using server = await TestServer.start(folder.path, {
      HOURGLASS_TEST_REFUSE: file,
      NODE_OPTIONS: `--import=${refusePath}`,
    })
    const tell = async (id: string) => (await server.data<{ run: Told }>(EVENTS, { id })).run
    const problems = async () => {
      const health = (await (await fetch(`${server.url}/health`)).json()) as { problems: { code: string; message: string }[] }
      return health.problems
    }
    await writeFile(file, String(-constants.errno[code]))
    const id = await server.launch(smallConfig)
    const refusal = { code: 'WORKERS_REFUSED', message: expect.stringMatching(`^The system starts no process for a run \\(${code}\\)`) }
    await expect.poll(problems).toEqual([expect.objectContaining(refusal)])
    await sleep(4_000)
    expect(await problems()).toEqual([expect.objectContaining(refusal)])
    const { status, error, history } = await tell(id)
    expect({ status, error }).toEqual({ status: 'QUEUED', error: null })
    expect(history.filter(({ line }) => line.startsWith('Interrupted'))).toEqual([])
    // It was taken from the queue once: what is tried again is whether any process can be started.
    expect(server.logLines.filter(({ msg }) => msg === 'run started')).toHaveLength(1)

    await rm(file)
    await server.untilStatus(id, 'COMPLETED')
    expect(await problems()).toEqual([])
  },
)

it('a run that waits for a process can be stopped, and others take its place', async () => {
  await using folder = await makeDataFolder()
  const file = join(folder.path, 'refuse')
  await using server = await TestServer.start(folder.path, {
    HOURGLASS_TEST_REFUSE: file,
    NODE_OPTIONS: `--import=${refusePath}`,
  })
  await writeFile(file, String(-constants.errno.EMFILE))
  const [first, second] = [await server.launch(smallConfig), await server.launch(smallConfig)]
  await expect.poll(async () => ((await (await fetch(`${server.url}/health`)).json()) as { workers: string }).workers).not.toBe('ok')
  await server.data('mutation ($id: ID!) { stopRun(id: $id) { status } }', { id: first })
  expect((await server.untilStatus(first, 'STOPPED')).error).toBeNull()
  await rm(file)
  await server.untilStatus(second, 'COMPLETED')
})
