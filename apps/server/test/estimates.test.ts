import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'

const query = 'query ($config: RunConfigInput!) { runEstimate(config: $config) }'
const estimate = (server: TestServer, config: unknown) => server.data<{ runEstimate: number | null }>(query, { config })

it('estimates how long a run will take, measures the machine once and keeps what it learned', async () => {
  await using folder = await makeDataFolder()
  const path = join(folder.path, 'estimates.json')
  let first: string
  {
    await using server = await TestServer.start(folder.path)
    const { runEstimate: short } = await estimate(server, smallConfig)
    const { runEstimate: long } = await estimate(server, { ...smallConfig, training: { ...smallConfig.training, epochs: 1000 } })
    expect(short).toBeGreaterThan(0)
    expect(long).toBeGreaterThan(2 * (short ?? Number.NaN))
    const other = await estimate(server, { ...smallConfig, training: { ...smallConfig.training, engine: 'CPU' } })
    expect(other.runEstimate).toBeNull()
    const { errors } = await server.query(query, { config: { training: { epochs: 0 } } })
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'INVALID_CONFIG' },
      message: 'Epochs must be a whole number from 1 to 10000, got 0.',
    })
    first = await readFile(path, 'utf8')
  }
  await using again = await TestServer.start(folder.path)
  await estimate(again, smallConfig)
  expect(await readFile(path, 'utf8')).toBe(first)
})
