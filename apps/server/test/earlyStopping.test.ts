import { describe, expect, it } from 'vitest'
import { editDatabase } from './editDatabase.js'
import { endlessConfig, makeDataFolder, TestServer } from './startServer.js'
import { server, useServer } from './useServer.js'

useServer()

/** Points, on which the validation loss soon leaps up and down. */
const restlessConfig = {
  ...endlessConfig,
  data: { dataset: 'circle', trainCount: 60, testCount: 40 },
  optimizer: { adam: { learningRate: 0.05 } },
  training: { epochs: 10_000, batchSize: 20, patience: 12 },
}

interface Stopped {
  readonly status: string
  readonly finalEpoch: number
  readonly stoppedEarly: string | null
  readonly summary: { readonly epochs: number; readonly epochsCompleted: number; readonly bestEpoch: number }
  readonly config: { readonly training: { readonly epochs: number } }
  readonly analysis: { readonly epoch: number } | null
  readonly checkpoints: readonly { readonly epoch: number }[]
  readonly codes: { readonly epoch: number }
  readonly extension: { readonly problem: string | null }
  readonly history: readonly { readonly line: string }[]
}

const query = `query ($id: ID!) { run(id: $id) {
  status finalEpoch stoppedEarly summary { epochs epochsCompleted bestEpoch } config { training { epochs } }
  analysis { epoch } checkpoints { epoch } codes { epoch } extension { problem } history { line }
} }`

describe('a run with patience', () => {
  it('ends once the validation loss has not fallen for long enough, in the same place and with the same losses where it was killed on the way', async () => {
    await using folder = await makeDataFolder()
    const options = { HOURGLASS_ANALYSIS: '1', HOURGLASS_RETENTION_MEGABYTES: '0', HOURGLASS_RETENTION_EPOCHS: '4' }
    let server = await TestServer.start(folder.path, options)
    // It cannot end before it is killed, nor be over by the patience that it has from then on.
    const killed = await server.launch({ ...restlessConfig, training: { ...restlessConfig.training, patience: 9_999 } })
    await server.untilEpoch(killed, 2)
    await server.kill()
    const patience = editDatabase(folder.path, (database) => {
      const completed = database.prepare<[string], number>('SELECT epochsCompleted FROM Run WHERE id = ?').pluck().get(killed) ?? 0
      database.prepare(`UPDATE Run SET config = json_set(config, '$.training.patience', ?) WHERE id = ?`).run(completed + 12, killed)
      return completed + 12
    })
    server = await TestServer.start(folder.path, options)
    await using _ = server
    const whole = await server.launch({ ...restlessConfig, training: { ...restlessConfig.training, patience } })
    const [first, second] = [
      await server.untilStatus(killed, 'COMPLETED', 'FAILED'),
      await server.untilStatus(whole, 'COMPLETED', 'FAILED'),
    ]
    expect(first.error).toBeNull()
    expect(first.metrics).toEqual(second.metrics)

    const losses = second.metrics.map(({ validationLoss }) => validationLoss)
    const best = losses.indexOf(Math.min(...losses)) + 1
    const last = losses.length
    expect(last).toBe(best + patience)
    for (const id of [killed, whole]) {
      const { run } = await server.data<{ run: Stopped }>(query, { id })
      const sentence = `Stopped early after epoch ${last}: none since epoch ${best} has done better on the validation examples`
      expect(run).toMatchObject({
        status: 'COMPLETED',
        finalEpoch: best,
        stoppedEarly: `${sentence}.`,
        summary: { epochs: last, epochsCompleted: last, bestEpoch: best },
        config: { training: { epochs: 10_000 } },
        analysis: { epoch: best },
        codes: { epoch: best },
      })
      expect(run.checkpoints.map(({ epoch }) => epoch)).toContain(best)
      expect(run.history.filter(({ line }) => line === sentence)).toHaveLength(1)
      expect(run.extension.problem).toContain('More epochs would end at once')
    }
    const { errors } = await server.query('mutation ($id: ID!) { extendRun(id: $id, epochs: 9999) { id } }', { id: whole })
    expect(errors?.[0]?.extensions.code).toBe('RUN_NOT_EXTENDABLE')
  })

  it('that trains all its epochs has the model of the best one too', async () => {
    const id = await server.launch({ ...restlessConfig, training: { ...restlessConfig.training, epochs: 8, patience: 9000 } })
    const { metrics } = await server.untilStatus(id, 'COMPLETED', 'FAILED')
    const losses = metrics.map(({ validationLoss }) => validationLoss)
    const { run } = await server.data<{ run: Stopped }>(query, { id })
    expect(run).toMatchObject({ finalEpoch: losses.indexOf(Math.min(...losses)) + 1, stoppedEarly: null, extension: { problem: null } })
  })
})

it('a run that holds nothing out has no best epoch, and cannot have patience', async () => {
  const data = { ...restlessConfig.data, validationCount: 0 }
  const id = await server.launch({ ...restlessConfig, data, training: { epochs: 4, batchSize: 20 } })
  await server.untilStatus(id, 'COMPLETED', 'FAILED')
  const { run } = await server.data<{ run: Stopped }>(query, { id })
  expect(run).toMatchObject({ finalEpoch: 4, summary: { bestEpoch: null } })
  const launch = 'mutation ($config: RunConfigInput!) { launchRun(input: { config: $config }) { id } }'
  const { errors } = await server.query(launch, { config: { ...restlessConfig, data } })
  expect(errors?.[0]).toMatchObject({
    message: 'Patience must be empty where no validation examples are held out, got 12.',
    extensions: { code: 'INVALID_CONFIG' },
  })
})
