import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'

const query = 'query ($config: RunConfigInput!) { runEstimate(config: $config) }'
const estimate = async (server: TestServer, config: unknown) => {
  const { runEstimate } = await server.data<{ runEstimate: number | null }>(query, { config })
  return runEstimate
}
const speedOf = async (server: TestServer) => {
  const { lab } = await server.data<{ lab: { speed: { state: string; measuredAt: string | null } } }>(
    '{ lab { speed { state measuredAt } } }',
  )
  return lab.speed
}
const longConfig = { ...smallConfig, training: { ...smallConfig.training, epochs: 10_000 } }

interface Kept {
  measurements: { at: string; measurement: { disturbance: number; samples: { seconds: number }[] } }[]
}

/** Makes what is kept of the machine look as if it had been measured then, so disturbed and so slow. */
async function pretend(path: string, { hoursAgo, disturbance, slower }: { hoursAgo: number; disturbance: number; slower: number }) {
  const kept = JSON.parse(await readFile(path, 'utf8')) as Kept
  for (const each of kept.measurements) {
    each.at = new Date(Date.now() - hoursAgo * 3_600_000).toISOString()
    each.measurement.disturbance = disturbance
    for (const sample of each.measurement.samples) sample.seconds *= slower
  }
  await writeFile(path, JSON.stringify(kept))
}

it('estimates how long a run will take, measures the machine once and keeps what it learned', async () => {
  await using folder = await makeDataFolder()
  const path = join(folder.path, 'estimates.json')
  {
    await using server = await TestServer.start(folder.path)
    expect(await speedOf(server)).toEqual({ state: 'UNMEASURED', measuredAt: null })
    const short = await estimate(server, smallConfig)
    const long = await estimate(server, longConfig)
    expect(short).toBeGreaterThan(0)
    expect(long).toBeGreaterThan(2 * (short ?? Number.NaN))
    expect(await estimate(server, { ...smallConfig, training: { ...smallConfig.training, engine: 'CPU' } })).toBeNull()
    const { errors } = await server.query(query, { config: { training: { epochs: 0 } } })
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'INVALID_CONFIG' },
      message: 'Epochs must be a whole number from 1 to 10000, got 0.',
    })
  }
  await pretend(path, { hoursAgo: 1, disturbance: 0, slower: 1 })
  const first = await readFile(path, 'utf8')
  await using again = await TestServer.start(folder.path)
  await estimate(again, smallConfig)
  expect(await speedOf(again)).toMatchObject({ state: 'MEASURED' })
  expect(await readFile(path, 'utf8')).toBe(first)
})

it('corrects estimates that come of a measurement which other programs disturbed', async () => {
  await using folder = await makeDataFolder()
  const path = join(folder.path, 'estimates.json')
  {
    await using server = await TestServer.start(folder.path)
    await estimate(server, longConfig)
  }
  await pretend(path, { hoursAgo: 1, disturbance: 0.8, slower: 50 })
  await using server = await TestServer.start(folder.path)
  expect(await speedOf(server)).toMatchObject({ state: 'DISTURBED' })
  const slow = (await estimate(server, longConfig)) ?? Number.NaN
  await expect.poll(() => estimate(server, longConfig)).toBeLessThan(slow / 5)
})

it('measures nothing while a run trains, gives way to one that begins, and measures anew when it is asked to', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const anew = 'mutation { measureSpeed { speed { state } } }'
  expect(await server.data(anew)).toEqual({ measureSpeed: { speed: { state: 'MEASURING' } } })
  const id = await server.launch(longConfig)
  await server.untilStatus(id, 'RUNNING')
  await expect.poll(() => speedOf(server)).toEqual({ state: 'UNMEASURED', measuredAt: null })
  expect(await estimate(server, smallConfig)).toBeNull()
  const { errors } = await server.query(anew)
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'LAB_BUSY' }, message: expect.stringContaining('while no run trains') })
  expect(await speedOf(server)).toEqual({ state: 'UNMEASURED', measuredAt: null })
  await server.data('mutation ($id: ID!) { stopRun(id: $id) { id } }', { id })
  await server.untilStatus(id, 'STOPPED')
  await expect.poll(() => estimate(server, smallConfig)).toBeGreaterThan(0)
  const { measuredAt } = await speedOf(server)
  await server.data(anew)
  await expect.poll(async () => (await speedOf(server)).measuredAt).not.toBe(measuredAt)
})

it('weighs the runs of an experiment by their estimated work', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const run = (label: string, latentDimension: number) => ({
    label,
    config: { ...longConfig, architecture: { dense: { latentDimension, hiddenWidths: [] } } },
  })
  const input = { name: 'Cheap and dear', runs: [run('cheap', 1), run('dear', 1024)] }
  const { launchExperiment } = await server.data<{ launchExperiment: { id: string; runs: { id: string }[] } }>(
    'mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id runs { id } } }',
    { input },
  )
  const [cheap] = launchExperiment.runs
  await server.untilEpoch(cheap?.id ?? '', 1)
  // Both have as many epochs: counted alike, these would be a larger fraction.
  const read = () =>
    server.data<{ experiment: { progress: { fraction: number; epochsCompleted: number; epochs: number } } }>(
      'query ($id: ID!) { experiment(id: $id) { progress { fraction epochsCompleted epochs } } }',
      { id: launchExperiment.id },
    )
  await expect
    .poll(async () => {
      const { fraction, epochsCompleted, epochs } = (await read()).experiment.progress
      return epochsCompleted > 0 && fraction < (0.5 * epochsCompleted) / epochs
    })
    .toBe(true)
})
