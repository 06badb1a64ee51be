import { describe, expect, it } from 'vitest'
import { endlessConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

interface Verdict {
  claim: string
  expectation: string
  kind: string
  sentence: string
  cases: number
  judged: number
  held: number
  runIds: string[]
  awaitedRunIds: string[]
}

interface Judged {
  experiment: {
    statusCounts: { completed: number; total: number }
    runs: {
      id: string
      status: string
      analysis: { subjects: { subject: string; metrics: { meanSquaredError: number | null } }[] } | null
    }[]
    verdicts: Verdict[]
  }
}

const READ = `query ($id: ID!) { experiment(id: $id) {
  statusCounts { completed total }
  runs { id status analysis { subjects { subject metrics { meanSquaredError } } } }
  verdicts { claim expectation kind sentence cases judged held runIds awaitedRunIds }
} }`

describe('verdicts on the claims of an experiment', () => {
  useServer({ HOURGLASS_ANALYSIS: '1' })
  const read = async (id: string) => (await server.data<Judged>(READ, { id })).experiment
  const launch = async (preset: string, overrides: string) => {
    const launched = await server.data<{ launchPreset: { experiment: { id: string } } }>(
      `mutation { launchPreset(id: "${preset}", overrides: { ${overrides} }) { experiment { id } } }`,
    )
    return launched.launchPreset.experiment.id
  }

  it('wait for its runs, and are then worked out of what was measured', async () => {
    const id = await launch('two-moons', 'epochs: 2000, quick: true, seed: 1')
    const waiting = await read(id)
    const [run] = waiting.runs
    expect(waiting.verdicts.map(({ claim, kind, awaitedRunIds }) => [claim, kind, awaitedRunIds])).toEqual([
      ['curve', 'NOT_JUDGED', [run?.id]],
      ['one-after-the-other', 'NOT_JUDGED', [run?.id]],
    ])
    expect(waiting.verdicts[0]?.sentence).toBe('Cannot be judged yet: 1 of 1 is awaited (z = 1, seed 1).')

    await server.data('mutation ($id: ID!) { stopExperiment(id: $id) { id } }', { id })
    await server.untilStatus(run?.id ?? '', 'STOPPED')
    const stopped = await read(id)
    expect(stopped.verdicts[0]).toMatchObject({ kind: 'NOT_JUDGED', awaitedRunIds: [], judged: 0 })
    expect(stopped.verdicts[0]?.sentence).toBe('Cannot be judged: z = 1, seed 1: was stopped before its last epoch.')

    const short = await launch('two-moons', 'epochs: 1, seed: 1')
    await expect.poll(async () => (await read(short)).statusCounts.completed).toBe(1)
    const { runs, verdicts } = await read(short)
    const errors = Object.fromEntries(
      (runs[0]?.analysis?.subjects ?? []).map(({ subject, metrics }) => [subject, metrics.meanSquaredError ?? Number.NaN]),
    )
    const ratio = (errors.MODEL ?? Number.NaN) / (errors.PCA ?? Number.NaN)
    const [curve] = verdicts
    expect(curve).toMatchObject({ cases: 1, judged: 1, held: ratio < 0.3 ? 1 : 0, runIds: [runs[0]?.id], awaitedRunIds: [] })
    expect(curve?.kind).toBe(ratio < 0.3 ? 'HOLDS' : 'DOES_NOT_HOLD')
    expect(curve?.sentence).toContain(`against ${errors.PCA?.toPrecision(3)} (PCA)`)
    expect(curve?.sentence).toContain('(expected below 0.3)')
  })

  it('are none where it repeats no preset', async () => {
    const { launchExperiment } = await server.data<{ launchExperiment: { id: string; verdicts: unknown[] } }>(
      'mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id verdicts { claim } } }',
      { input: { name: 'Own', runs: [{ label: 'one', config: endlessConfig }] } },
    )
    expect(launchExperiment.verdicts).toEqual([])
    await server.data('mutation ($ids: [ID!]!) { deleteExperiments(ids: $ids) }', { ids: [launchExperiment.id] })
  })

  it('have nothing to say of runs that were deleted', async () => {
    const id = await launch('two-moons', 'epochs: 2000, seed: 1')
    const [run] = (await read(id)).runs
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [run?.id] })
    expect((await read(id)).verdicts.map(({ sentence }) => sentence)).toEqual([
      'Cannot be judged: this takes a run.',
      'Cannot be judged: this takes a run.',
    ])
  })
})
