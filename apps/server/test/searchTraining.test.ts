import { describe, expect, it } from 'vitest'
import { makeDataFolder, smallConfig, TestServer } from './startServer.js'

const EPOCHS = 4

describe('a search that trains', () => {
  const config = (learningRate: number) => ({
    ...smallConfig,
    optimizer: { adam: { learningRate } },
    training: { ...smallConfig.training, epochs: EPOCHS },
  })
  const READ = `query ($id: ID!) { experiment(id: $id) {
    runs { id summary { epochsCompleted validationLoss } analysis { subjects { subject } } }
    search { status epochsPlanned epochsUsed rungs { epochs runs runIds results { runId validationLoss outcome } } }
  } }`
  interface Read {
    experiment: {
      runs: { id: string; summary: { epochsCompleted: number; validationLoss: number }; analysis: object | null }[]
      search: {
        status: string
        epochsPlanned: number
        epochsUsed: number
        rungs: { epochs: number; runs: number; runIds: string[]; results: { runId: string; outcome: string }[] | null }[]
      }
    }
  }

  it('goes on after kill -9, and its best run is the one that all epochs at launch make', async () => {
    await using folder = await makeDataFolder()
    const LAUNCH = 'mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }'
    const runs = [0.003, 0.00001, 0.00002].map((rate) => ({ label: `rate ${rate}`, config: config(rate) }))
    let id: string
    {
      await using dying = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: '1' })
      const refused = await dying.query(LAUNCH, { input: { name: 'Search', runs, search: { firstEpochs: EPOCHS } } })
      expect(refused.errors?.[0]).toMatchObject({
        extensions: { code: 'BAD_USER_INPUT' },
        message: `search: Expected 1 to ${EPOCHS - 1} epochs to begin with, fewer than the ${EPOCHS} of a whole run, got ${EPOCHS}.`,
      })
      const input = { name: 'Search', runs, search: { firstEpochs: 1, eta: 2 } }
      id = (await dying.data<{ launchExperiment: { id: string } }>(LAUNCH, { input })).launchExperiment.id
      await expect.poll(async () => (await dying.data<Read>(READ, { id })).experiment.search.epochsUsed).toBeGreaterThan(0)
      await dying.kill()
    }
    await using server = await TestServer.start(folder.path, { HOURGLASS_ANALYSIS: '1' })
    const read = async () => (await server.data<Read>(READ, { id })).experiment
    await expect.poll(async () => (await read()).search.status).toBe('COMPLETED')
    const { search, runs: ended } = await read()
    expect(search.rungs.map(({ epochs, runs: count }) => [epochs, count])).toEqual([
      [1, 3],
      [EPOCHS, 1],
    ])
    expect(search).toMatchObject({ epochsPlanned: 3 + EPOCHS - 1, epochsUsed: 3 + EPOCHS - 1 })
    const [best] = search.rungs.at(-1)?.results ?? []
    expect(best).toMatchObject({ runId: ended[0]?.id, outcome: 'FINISHED' })
    // Only what was trained to the end is measured.
    expect(ended.map(({ analysis }) => analysis !== null)).toEqual([true, false, false])
    const ADD = 'mutation ($id: ID!) { addToExperiment(id: $id, added: { seeds: 1 }) { runs { config { training { epochs seed } } } } }'
    const { addToExperiment } = await server.data<{ addToExperiment: { runs: { config: unknown }[] } }>(ADD, { id })
    const repeated = addToExperiment.runs.slice(ended.length)
    expect(repeated).toEqual(runs.map(() => ({ config: { training: { epochs: EPOCHS, seed: expect.any(Number) } } })))
    const whole = await server.launch(config(0.003))
    await server.untilStatus(whole, 'COMPLETED')
    const { run } = await server.data<{ run: { summary: { validationLoss: number } } }>(
      'query ($id: ID!) { run(id: $id) { summary { validationLoss } } }',
      { id: whole },
    )
    expect(ended[0]?.summary.validationLoss).toBe(run.summary.validationLoss)
  })
})
