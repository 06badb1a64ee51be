import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { endlessConfig, makeDataFolder, smallConfig, TestServer } from './startServer.js'

const query = 'query ($config: RunConfigInput!) { runEstimate(config: $config) }'
const estimate = async (server: TestServer, config: unknown) => {
  const { runEstimate } = await server.data<{ runEstimate: number | null }>(query, { config })
  return runEstimate
}
const LAUNCH = 'mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id runs { id } } }'
const READ = `query ($id: ID!) { experiment(id: $id) {
  progress { fraction secondsLeft } statusCounts { total completed queued running } runs { startedAt finishedAt }
} }`

interface Experiment {
  id: string
  runs: { id: string; startedAt: string | null; finishedAt: string | null }[]
  progress: { fraction: number; secondsLeft: number | null }
  statusCounts: { total: number; completed: number; queued: number; running: number }
}

const longConfig = { ...smallConfig, training: { ...smallConfig.training, epochs: 10_000 } }

it('estimates from one short measurement before anything has trained, made while nothing trains', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const id = await server.launch(endlessConfig)
  await server.untilStatus(id, 'RUNNING')
  expect(await estimate(server, { training: { engine: 'CPU' } })).toBeNull()
  await server.data('mutation ($id: ID!) { deleteRuns(ids: [$id]) }', { id })

  await expect.poll(() => estimate(server, smallConfig)).toBeGreaterThan(0)
  const short = await estimate(server, smallConfig)
  expect(await estimate(server, longConfig)).toBeGreaterThan(2 * (short ?? Number.NaN))
  await expect.poll(() => server.logLines.filter(({ msg }) => msg === 'speed of the machine measured')).toHaveLength(1)
  // An engine that was not measured.
  expect(await estimate(server, { ...smallConfig, training: { ...smallConfig.training, engine: 'CPU' } })).toBeNull()
  const several = 'query ($configs: [RunConfigInput!]!) { experimentEstimate(configs: $configs) }'
  const { experimentEstimate } = await server.data<{ experimentEstimate: number }>(several, { configs: [smallConfig, smallConfig] })
  expect(experimentEstimate).toBeCloseTo(2 * (short ?? Number.NaN))
  expect((await server.query(several, { configs: [] })).errors?.[0]?.message).toBe('configs: expected 1 to 200, got 0.')
  const { errors } = await server.query(query, { config: { training: { epochs: 0 } } })
  expect(errors?.[0]).toMatchObject({
    extensions: { code: 'INVALID_CONFIG' },
    message: 'Epochs must be a whole number from 1 to 10000, got 0.',
  })
})

it('estimates from runs that have trained here, after a restart too', async () => {
  await using folder = await makeDataFolder()
  {
    await using server = await TestServer.start(folder.path)
    await server.untilStatus(await server.launch(smallConfig), 'COMPLETED')
    expect(await estimate(server, smallConfig)).toBeGreaterThan(0)
  }
  await using server = await TestServer.start(folder.path)
  const short = await estimate(server, smallConfig)
  expect(short).toBeGreaterThan(0)
  expect(await estimate(server, longConfig)).toBeGreaterThan(2 * (short ?? Number.NaN))
  const { presetEstimates } = await server.data<{ presetEstimates: { id: string; seconds: number; quickSeconds: number }[] }>(
    '{ presetEstimates { id seconds quickSeconds } }',
  )
  const demo = presetEstimates.find(({ id }) => id === 'demo')
  expect(demo?.quickSeconds).toBeGreaterThan(0)
  expect(demo?.seconds).toBeGreaterThan(demo?.quickSeconds ?? Number.NaN)
  expect(server.logLines.some(({ msg }) => msg === 'run started')).toBe(false)
})

it('foretells what is left of an experiment once its first run is over, and its progress never falls', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: '1' })
  const runs = Array.from({ length: 10 }, (_, seed) => ({
    label: `seed ${seed}`,
    config: {
      data: { dataset: 'circle' },
      architecture: { dense: { latentDimension: 1, hiddenWidths: [16], outputActivation: 'LINEAR' } },
      training: { epochs: 3, seed },
    },
  }))
  const { launchExperiment } = await server.data<{ launchExperiment: Experiment }>(LAUNCH, { input: { name: 'Circles', runs } })
  const polled: { at: number; completed: number; fraction: number; secondsLeft: number | null }[] = []
  let last: Experiment
  do {
    const { experiment } = await server.data<{ experiment: Experiment }>(READ, { id: launchExperiment.id })
    last = experiment
    polled.push({ at: Date.now(), completed: last.statusCounts.completed, ...last.progress })
    await sleep(100)
  } while (last.statusCounts.queued + last.statusCounts.running > 0)

  expect(last.statusCounts.completed).toBe(10)
  expect(polled.at(-1)).toMatchObject({ fraction: 1, secondsLeft: 0 })
  const fractions = polled.map(({ fraction }) => fraction)
  expect(fractions).toEqual(fractions.toSorted((one, other) => one - other))
  const known = polled.filter(({ completed }) => completed > 0 && completed < 10)
  expect(known.filter(({ secondsLeft }) => secondsLeft === null)).toEqual([])
  // All do the same work. How near an estimate comes is tested on recorded times; here other programs change what runs take from one to the next.
  const taken = last.runs.map(({ startedAt, finishedAt }) => (Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000)
  const wrong = known
    .map(({ completed, secondsLeft }) => ({
      said: secondsLeft ?? Number.NaN,
      atLeast: (9 - completed) * Math.min(...taken),
      atMost: (10 - completed) * Math.max(...taken),
    }))
    .filter(({ said, atLeast, atMost }) => said > 4 * atMost + 4 || atLeast > 4 * said + 4)
  expect(wrong).toEqual([])
  const meanLeft = (from: number, to: number) => {
    const said = known.flatMap(({ completed, secondsLeft }) => (completed >= from && completed <= to ? (secondsLeft ?? []) : []))
    return said.reduce((sum, seconds) => sum + seconds, 0) / said.length
  }
  expect(meanLeft(1, 3)).toBeGreaterThan(meanLeft(7, 9))
})

it('times starting until training begins, and pretraining by itself', async () => {
  await using folder = await makeDataFolder()
  await using server = await TestServer.start(folder.path)
  const training = { epochs: 1, batchSize: 16, pretraining: { stacked: { epochs: 20 } } }
  const stacked = await server.launch({ ...smallConfig, architecture: { dense: { latentDimension: 4, hiddenWidths: [32] } }, training })
  const plain = await server.launch(smallConfig)
  for (const id of [stacked, plain]) await server.untilStatus(id, 'COMPLETED')
  const stages = (id: string) => {
    const database = new SqliteDatabase(join(folder.path, 'hourglass.db'), { readonly: true })
    try {
      const sql = `SELECT LabEvent.kind, at, payload FROM LabEvent JOIN Run ON Run.number = runNumber
        WHERE Run.id = ? AND LabEvent.kind IN ('STAGE_COMPLETED', 'TRAINING_STARTED') ORDER BY seq`
      const rows = database.prepare<[string], { kind: string; at: number; payload: string }>(sql).all(id)
      return rows.map(({ kind, at, payload }) => ({
        kind,
        at,
        ...(JSON.parse(payload) as { stage?: string; seconds?: number }),
      }))
    } finally {
      database.close()
    }
  }
  expect(stages(plain).map(({ kind, stage }) => stage ?? kind)).toEqual(['starting', 'TRAINING_STARTED', 'training'])
  const [starting, pretraining, ...others] = stages(stacked)
  expect([starting?.stage, pretraining?.stage, ...others.map(({ kind, stage }) => stage ?? kind)]).toEqual([
    'starting',
    'pretraining',
    'TRAINING_STARTED',
    'training',
  ])
  // Between the two nothing happened but pretraining.
  const between = ((pretraining?.at ?? 0) - (starting?.at ?? 0)) / 1000
  expect(pretraining?.seconds).toBeGreaterThan(0)
  expect(Math.abs((pretraining?.seconds ?? Number.NaN) - between)).toBeLessThan(0.5 * between + 0.5)
})
