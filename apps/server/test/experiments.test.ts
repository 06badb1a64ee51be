import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { endlessConfig, smallConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

interface ExperimentRow {
  id: string
  number: number
  name: string
  quick: boolean
  preset: { id: string } | null
  runs: { id: string; number: number; name: string; label: string; status: string; config: unknown }[]
  statusCounts: { total: number; queued: number; running: number; stopped: number; completed: number; failed: number }
  progress: { epochs: number; epochsCompleted: number; fraction: number; secondsLeft: number | null }
}

const row = `id number name quick preset { id }
  runs { id number name label status config { architecture { dense { latentDimension } } data { trainCount } training { epochs seed } } }
  statusCounts { total queued running stopped completed failed }
  progress { epochs epochsCompleted fraction secondsLeft }`
const LAUNCH = `mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { ${row} } }`
const READ = `query ($id: ID!) { experiment(id: $id) { ${row} } }`
const STOP = 'mutation ($id: ID!) { stopExperiment(id: $id) { id } }'
const RESUME = 'mutation ($id: ID!) { resumeExperiment(id: $id) { id } }'
const DELETE = 'mutation ($ids: [ID!]!) { deleteExperiments(ids: $ids) }'

const sizes = (...codeSizes: number[]) =>
  codeSizes.map((latentDimension) => ({
    label: `z = ${latentDimension}`,
    config: { ...smallConfig, architecture: { dense: { latentDimension } } },
  }))
const endless = (count: number) => Array.from({ length: count }, (_, index) => ({ label: `Run ${index}`, config: endlessConfig }))

describe('an experiment', () => {
  const launch = async (name: string, runs: unknown[]) =>
    (await server.data<{ launchExperiment: ExperimentRow }>(LAUNCH, { input: { name, runs } })).launchExperiment
  const read = async (id: string) => (await server.data<{ experiment: ExperimentRow }>(READ, { id })).experiment
  const codeOf = async (query: string, variables: Record<string, unknown>) =>
    (await server.query(query, variables)).errors?.[0]?.extensions.code
  const untilEnded = async (id: string) => {
    await expect.poll(async () => (await read(id)).statusCounts).toMatchObject({ queued: 0, running: 0 })
    return read(id)
  }

  useServer()

  it('runs each of its configurations, in its order, and adds up how far they are', async () => {
    const launched = await launch(' Code sizes ', sizes(8, 4, 2))
    expect(launched).toMatchObject({
      name: 'Code sizes',
      quick: false,
      preset: null,
      progress: { epochs: 9, epochsCompleted: 0, fraction: 0 },
      statusCounts: { total: 3, failed: 0, stopped: 0, completed: 0 },
    })
    expect(launched.runs.map(({ label, name }) => [label, name])).toEqual([
      ['z = 8', 'z = 8 · Code sizes'],
      ['z = 4', 'z = 4 · Code sizes'],
      ['z = 2', 'z = 2 · Code sizes'],
    ])
    const ended = await untilEnded(launched.id)
    expect(ended.statusCounts).toEqual({ total: 3, queued: 0, running: 0, stopped: 0, completed: 3, failed: 0 })
    expect(ended.progress).toEqual({ epochs: 9, epochsCompleted: 9, fraction: 1, secondsLeft: 0 })
    const { runs } = await server.data<{ runs: { nodes: { id: string; label: string; experiment: { id: string } }[] } }>(
      '{ runs { nodes { id label experiment { id } } } }',
    )
    expect(runs.nodes.map(({ label, experiment }) => [label, experiment.id])).toEqual(
      ['z = 2', 'z = 4', 'z = 8'].map((label) => [label, launched.id]),
    )
    await server.data(DELETE, { ids: [launched.id] })
  })

  it('tells all of its changes over WebSocket, until it is deleted', async () => {
    await using changes = server.follow<{ change: string; id: string; experiment: ExperimentRow | null }>(
      `subscription { experimentsChanged { change id experiment { name statusCounts { total completed } progress { epochs epochsCompleted fraction secondsLeft } } } }`,
    )
    // Whatever is launched before the subscription listens would be missed.
    const probe = await launch('Probe', sizes(1))
    await server.data(DELETE, { ids: [probe.id] })
    const { id, runs } = await launch('Watched', sizes(4, 2))
    const ofIt = (items: typeof changes.items) => items.filter((item) => item.id === id)
    await changes.until((items) => ofIt(items).some(({ experiment }) => experiment?.statusCounts.completed === 2))
    const fractions = ofIt(changes.items).map(({ experiment }) => experiment?.progress.fraction ?? -1)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    await server.data('mutation ($id: ID!) { updateExperiment(id: $id, input: { name: "Renamed" }) { name } }', { id })
    await changes.until((items) => ofIt(items).some(({ experiment }) => experiment?.name === 'Renamed'))
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [runs[0]?.id] })
    await changes.until((items) => ofIt(items).some(({ experiment }) => experiment?.statusCounts.total === 1))
    await server.data(DELETE, { ids: [id] })
    await changes.until((items) => ofIt(items).some(({ change, experiment }) => change === 'DELETED' && experiment === null))
  })

  it('that changes while nobody listens comes once to whoever follows from the page that it had read', async () => {
    const [renamed, deleted, kept] = [
      await launch('Renamed later', sizes(1)),
      await launch('Deleted later', sizes(1)),
      await launch('Kept', sizes(1)),
    ]
    for (const { id } of [renamed, deleted, kept]) await untilEnded(id)
    const { experiments } = await server.data<{ experiments: { lastSeq: number; nodes: { id: string }[] } }>(
      '{ experiments(first: 3) { lastSeq nodes { id } } }',
    )
    expect(experiments.nodes.map(({ id }) => id)).toEqual([kept.id, deleted.id, renamed.id])
    const rename = (name: string) =>
      server.data('mutation ($id: ID!, $name: String!) { updateExperiment(id: $id, input: { name: $name }) { id } }', {
        id: renamed.id,
        name,
      })
    await rename('Once')
    await rename('Twice')
    await server.data(DELETE, { ids: [deleted.id] })
    const follow = (after: number) =>
      server.follow<{ seq: number; change: string; id: string; experiment: { name: string } | null }>(
        'subscription ($after: Int) { experimentsChanged(after: $after) { seq change id experiment { name } } }',
        { after },
      )
    await using missed = follow(experiments.lastSeq)
    await missed.until((items) => items.some(({ change }) => change === 'DELETED'))
    expect(missed.items.map(({ change, id, experiment }) => [change, id, experiment?.name])).toEqual([
      ['UPDATED', renamed.id, 'Twice'],
      ['DELETED', deleted.id, undefined],
    ])
    // One who resumes from there hears of nothing again.
    await using rest = follow(missed.items.at(-1)?.seq ?? 0)
    await rename('Thrice')
    expect((await rest.until((items) => items.length > 0)).map(({ experiment }) => experiment?.name)).toEqual(['Thrice'])
    await server.data(DELETE, { ids: [renamed.id, kept.id] })
  })

  it('is stopped as a whole and resumed as a whole', async () => {
    const { id, runs } = await launch('Endless', endless(3))
    await server.untilEpoch(runs[0]?.id ?? '', 1)
    expect((await read(id)).statusCounts).toMatchObject({ running: 1, queued: 2 })
    await server.data(STOP, { id })
    const stopped = await untilEnded(id)
    expect(stopped.statusCounts).toMatchObject({ stopped: 3, total: 3 })
    expect(stopped.progress.epochsCompleted).toBeGreaterThan(0)
    expect(await codeOf(STOP, { id })).toBe('EXPERIMENT_NOT_ACTIVE')

    await server.data(RESUME, { id })
    await expect.poll(async () => (await read(id)).statusCounts).toMatchObject({ running: 1, queued: 2, stopped: 0 })
    await server.untilEpoch(runs[0]?.id ?? '', stopped.progress.epochsCompleted + 1)
    expect(await codeOf(RESUME, { id })).toBe('EXPERIMENT_NOT_RESUMABLE')
    await server.data(DELETE, { ids: [id] })
  })

  it('resumes what failed and leaves what is complete', async () => {
    const { id, runs } = await launch('Mixed', [...sizes(2), { label: 'Endless', config: endlessConfig }])
    const [short, long] = runs.map((run) => run.id)
    await server.untilStatus(short ?? '', 'COMPLETED')
    await server.untilEpoch(long ?? '', 1)
    await server.endWorkersOf(long ?? '')
    expect((await read(id)).statusCounts).toMatchObject({ completed: 1, failed: 1 })
    await server.data(RESUME, { id })
    await server.untilStatus(long ?? '', 'RUNNING')
    expect((await read(id)).statusCounts).toMatchObject({ completed: 1, failed: 0 })
    await server.data(DELETE, { ids: [id] })
  })

  it('is given more seeds and more runs, which are trained, or none where one is wrong', async () => {
    const ADD = `mutation ($id: ID!, $added: ExperimentAddition!) { addToExperiment(id: $id, added: $added) { ${row} } }`
    const { id } = await launch('Grows', sizes(4, 2))
    const { addToExperiment } = await server.data<{ addToExperiment: ExperimentRow }>(ADD, { id, added: { seeds: 2 } })
    expect(addToExperiment.runs.map(({ label, name }) => [label, name]).slice(2)).toEqual(
      ['z = 4, seed 2', 'z = 4, seed 3', 'z = 2, seed 2', 'z = 2, seed 3'].map((label) => [label, `${label} · Grows`]),
    )
    const wrong = await server.query(ADD, { id, added: { runs: [...sizes(3), ...sizes(0)] } })
    expect(wrong.errors?.[0]?.extensions).toMatchObject({
      code: 'INVALID_CONFIG',
      issues: [{ path: ['runs', '1', 'config', 'architecture', 'latentDimension'] }],
    })
    expect(await codeOf(ADD, { id, added: { seeds: 0 } })).toBe('BAD_USER_INPUT')
    expect(await codeOf(ADD, { id: 'aaaaaaaaaaaa', added: { seeds: 1 } })).toBe('EXPERIMENT_NOT_FOUND')
    await server.data(ADD, { id, added: { runs: sizes(3) } })
    expect((await untilEnded(id)).statusCounts).toMatchObject({ total: 7, completed: 7 })
    await server.data(DELETE, { ids: [id] })
  })

  it('is made of any runs that belong to none', async () => {
    const GROUP = `mutation ($runs: RunSelection!, $name: String!) { groupRuns(runs: $runs, name: $name) { ${row} } }`
    const LAUNCH_RUN = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id number } }'
    const one = await server.data<{ launchRun: { id: string } }>(LAUNCH_RUN, { input: { name: 'Chosen', config: smallConfig } })
    const runs = { ids: [one.launchRun.id] }
    const { groupRuns } = await server.data<{ groupRuns: ExperimentRow }>(GROUP, { runs, name: ' Saved ' })
    expect(groupRuns).toMatchObject({ name: 'Saved', preset: null, runs: [{ id: one.launchRun.id, label: 'Chosen' }] })
    expect(await codeOf(GROUP, { runs, name: 'Again' })).toBe('RUN_IN_EXPERIMENT')
    await server.data(DELETE, { ids: [groupRuns.id] })
  })

  it('goes with its runs and their files when it is deleted, also while it trains; a deleted run leaves it', async () => {
    const { id, runs } = await launch('Doomed', [...sizes(2), ...endless(2)])
    const [first, second, third] = runs.map((run) => run.id)
    await server.untilEpoch(second ?? '', 1)
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [first] })
    expect((await read(id)).runs.map((run) => run.id)).toEqual([second, third])
    expect(await codeOf(DELETE, { ids: [id, 'aaaaaaaaaaaa'] })).toBe('EXPERIMENT_NOT_FOUND')
    expect((await read(id)).statusCounts.running).toBe(1)

    expect(await server.data(DELETE, { ids: [id, id] })).toEqual({ deleteExperiments: [id] })
    expect(await codeOf(READ, { id })).toBe('EXPERIMENT_NOT_FOUND')
    for (const run of [second, third]) {
      expect(await codeOf('query ($id: ID!) { run(id: $id) { id } }', { id: run })).toBe('RUN_NOT_FOUND')
    }
    expect(await server.data('{ lab { queued running } }')).toEqual({ lab: { queued: 0, running: 0 } })
    const restore = 'mutation ($ids: [ID!]!) { restoreExperiments(ids: $ids) }'
    expect(await server.data(restore, { ids: [id] })).toEqual({ restoreExperiments: [id] })
    expect((await read(id)).runs.map((run) => run.id)).toEqual([second, third])
    expect((await read(id)).statusCounts).toMatchObject({ queued: 0, running: 0 })

    const purge = 'mutation ($ids: [ID!]!) { purgeExperiments(ids: $ids) }'
    expect((await server.data<{ purgeExperiments: number }>(purge, { ids: [id] })).purgeExperiments).toBeGreaterThan(0)
    expect(await codeOf(READ, { id })).toBe('EXPERIMENT_NOT_FOUND')
    expect(await codeOf(purge, { ids: [id] })).toBe('EXPERIMENT_NOT_FOUND')
    for (const run of [first, second, third]) {
      expect(await codeOf('query ($id: ID!) { run(id: $id, inTrash: true) { id } }', { id: run })).toBe('RUN_NOT_FOUND')
      expect(existsSync(join(server.dataFolder, 'runs', run ?? ''))).toBe(false)
    }
  })

  it('over several seeds has each of its runs with each of them, named after both', async () => {
    const seeded = async (overrides: string) => {
      const { launchPreset } = await server.data<{ launchPreset: { experiment: ExperimentRow } }>(
        `mutation { launchPreset(id: "clustering", overrides: { quick: true, trainCount: 64, epochs: 1, ${overrides} }) { experiment { ${row} } } }`,
      )
      const { id, runs } = launchPreset.experiment
      await server.data(DELETE, { ids: [id] })
      return runs.map(({ label, config }) => [label, (config as { training: { seed: number } }).training.seed])
    }
    expect(await seeded('seeds: { count: 2 }')).toEqual([
      ['deep, z = 10, seed 1', 1],
      ['deep, z = 10, seed 2', 2],
      ['variational, z = 10, seed 1', 1],
      ['variational, z = 10, seed 2', 2],
    ])
    expect((await seeded('seeds: { list: [9, 4] }')).map(([label]) => label)).toContain('deep, z = 10, seed 9')

    const own = async (seeds: unknown) => server.query(LAUNCH, { input: { name: 'Own', runs: sizes(2), seeds } })
    const { data } = await own({ count: 3 })
    const { id, runs } = (data as { launchExperiment: ExperimentRow }).launchExperiment
    expect(runs.map(({ label, name }) => [label, name])).toEqual(
      [1, 2, 3].map((seed) => [`z = 2, seed ${seed}`, `z = 2, seed ${seed} · Own`]),
    )
    await server.data(DELETE, { ids: [id] })
    for (const wrong of [{ count: 0 }, { count: -1 }, { count: 201 }, { list: [] }, { list: [3, 3] }]) {
      expect((await own(wrong)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
    expect(await codeOf('mutation { launchPreset(id: "demo", overrides: { seed: 2, seeds: { count: 2 } }) { id } }', {})).toBe(
      'BAD_USER_INPUT',
    )
  })

  it('is listed page by page, the newest first, and found by part of its name', async () => {
    const names = ['First look', 'lr 50%', 'lr 500', 'Width']
    for (const name of names) await launch(name, sizes(1))
    const page = async (variables: Record<string, unknown>) =>
      (
        await server.data<{
          experiments: { totalCount: number; nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
        }>(
          `query ($first: Int, $after: String, $search: String) { experiments(first: $first, after: $after, search: $search) {
            totalCount nodes { name } pageInfo { hasNextPage endCursor }
          } }`,
          variables,
        )
      ).experiments
    const first = await page({ first: 2 })
    expect(first.nodes.map(({ name }) => name)).toEqual(['Width', 'lr 500'])
    expect(first.pageInfo.hasNextPage).toBe(true)
    const second = await page({ first: 2, after: first.pageInfo.endCursor })
    expect(second.nodes.map(({ name }) => name)).toEqual(['lr 50%', 'First look'])
    expect(second).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: false } })
    expect((await page({ search: 'LR 50%' })).nodes).toEqual([{ name: 'lr 50%' }])
  })

  it('keeps its name after a rename, and refuses an empty one', async () => {
    const { id } = await launch('Before', sizes(1))
    const rename = (name: string) =>
      server.query('mutation ($id: ID!, $name: String) { updateExperiment(id: $id, input: { name: $name }) { name } }', { id, name })
    expect((await rename(' After ')).data).toEqual({ updateExperiment: { name: 'After' } })
    expect((await rename(' ')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect((await read(id)).name).toBe('After')
  })
})
