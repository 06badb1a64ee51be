import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { endlessConfig, makeDataFolder, TestServer } from './startServer.js'

const clientPath = fileURLToPath(new URL('../../../test/harness/followingClient.mjs', import.meta.url))
/** Far more than feeds keep in memory for those who are behind. */
const MISSED = 300

it.skipIf(process.platform === 'win32')(
  'a client that sleeps until its connection was given up, and its events are no longer in memory, gets each exactly once',
  async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const id = await server.launch(endlessConfig)
    await server.data('mutation ($id: ID!) { stopRun(id: $id) { status } }', { id })
    const url = `${server.url.replace('http', 'ws')}/graphql`
    const client = spawn(process.execPath, [clientPath, url, id], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      let printed = ''
      client.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString()
      })
      const lines = () => printed.split('\n').filter(Boolean)
      const seen = () =>
        lines()
          .filter((line) => line !== 'lost')
          .map(Number)
      const openSockets = async () => Number(/^hourglass_sockets (\d+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1])
      await expect.poll(() => seen().length).toBeGreaterThan(0)
      expect(await openSockets()).toBe(1)

      client.kill('SIGSTOP')
      const before = seen().length
      const rename = 'mutation ($id: ID!, $name: String!) { updateRun(id: $id, input: { name: $name }) { id } }'
      for (let change = 1; change <= MISSED; change++) await server.data(rename, { id, name: `Change ${change}` })
      await expect.poll(openSockets).toBe(0)
      client.kill('SIGCONT')

      const all = await server.sequenceOf(id)
      expect(all.length).toBeGreaterThan(before + MISSED - 1)
      await expect.poll(() => seen().length).toBeGreaterThanOrEqual(all.length)
      expect(seen()).toEqual(all)
      expect(lines().filter((line) => line === 'lost')).not.toEqual([])
    } finally {
      client.kill('SIGKILL')
    }
  },
)
