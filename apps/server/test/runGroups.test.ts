import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviationOf, GROUPS, type Groups, startGroupedRuns } from './groupedRuns.js'
import { makeDataFolder, TestServer } from './startServer.js'

const RUNS = 'query ($filter: RunFilter) { runs(first: 100, filter: $filter) { totalCount nodes { name } } }'

describe('groups of runs', () => {
  let lab: Awaited<ReturnType<typeof startGroupedRuns>>
  let server: TestServer
  const groups = (variables: Record<string, unknown>) => lab.groups(variables)
  const namesIn = async (filter: unknown) =>
    (await server.data<{ runs: { nodes: { name: string }[] } }>(RUNS, { filter })).runs.nodes.map(({ name }) => name).sort()
  const refusal = async (variables: Record<string, unknown>) => (await server.query(GROUPS, variables)).errors?.[0]
  const keysOf = ({ nodes }: Groups) => nodes.map(({ keys }) => keys.map(({ number, text }) => number ?? text))

  beforeAll(async () => {
    lab = await startGroupedRuns()
    server = lab.server
  })
  afterAll(() => lab[Symbol.asyncDispose]())

  it('tell numbers, texts and runs without the value apart, in this order', async () => {
    const { nodes, totalCount } = await groups({ by: [{ value: 'config.width' }] })
    expect(nodes.map(({ keys, count }) => [keys[0]?.number, keys[0]?.text, count])).toEqual([
      [2.5, null, 1],
      [16, null, 3],
      [null, '16', 1],
      [null, null, 4],
    ])
    expect(totalCount).toBe(4)
  })

  it('have truth values and texts in any script and case', async () => {
    expect(keysOf(await groups({ by: [{ value: 'config.amp' }] }))).toEqual([['false'], ['true'], [null]])
    expect(keysOf(await groups({ by: [{ value: 'config.author' }] }))).toEqual([['Zoë'], ['zoë'], ['佐藤'], [null]])
    expect(keysOf(await groups({ by: [{ value: 'config.note' }] }))).toEqual([[''], [null]])
  })

  it('are told apart by conditions that mean exactly a number, a text or none', async () => {
    const conditions = [
      [{ number: 16 }, ['a', 'b', 'c']],
      [{ text: '16' }, ['d']],
      [{ oneOf: ['16', '2.5'] }, ['a', 'b', 'c', 'd', 'e']],
      [{ oneOf: [''] }, []],
      [{ missing: false }, ['a', 'b', 'c', 'd', 'e']],
      [{ missing: true, number: 16 }, []],
    ] as const
    for (const [condition, names] of conditions) {
      expect(await namesIn({ values: [{ name: 'config.width', ...condition }] }), JSON.stringify(condition)).toEqual(names)
    }
    expect(await namesIn({ experiment: [], values: [{ name: 'config.width', missing: true }] })).toEqual([])
    expect(await namesIn({ experiment: [null], dataset: [null], values: [{ name: 'config.width', missing: true }] })).toEqual(['f'])
  })

  it('have filters that find their runs and no others, whatever they have in common', async () => {
    const choices = [
      [{ value: 'config.width' }],
      [{ value: 'config.width' }, { value: 'config.amp' }, { value: 'config.author' }],
      [{ value: 'config.note' }, { field: 'STATUS' }],
      [{ field: 'DATASET' }, { field: 'EXPERIMENT' }],
      [{ value: 'metric.validationLoss' }],
    ]
    for (const by of choices) {
      for (const filter of [{}, { search: 'e' }, { values: [{ name: 'config.amp', oneOf: ['true'] }], status: ['STOPPED', 'COMPLETED'] }]) {
        const { nodes } = await groups({ by, filter })
        const inside = await Promise.all(nodes.map((group) => namesIn(group.filter)))
        expect(inside.map((names) => names.length)).toEqual(nodes.map(({ count }) => count))
        expect(inside.flat().sort()).toEqual(await namesIn(filter))
      }
    }
  })

  it('have the spread of numbers, and the best run by what is better', async () => {
    const aggregate = ['metric.validationLoss', 'metric.peakSignalToNoiseRatio', 'metric.loss']
    const { nodes } = await groups({ by: [{ value: 'config.width' }], aggregate })
    const [single, sixteen, text, none] = nodes
    const losses = [1e9 + 0.1, 1e9 + 0.4, 1e9 + 0.2]
    expect(sixteen?.spreads[0]).toMatchObject({
      name: aggregate[0],
      count: 3,
      minimum: losses[0],
      maximum: losses[1],
      better: 'LOWER',
      bestRun: { name: 'a' },
    })
    expect(sixteen?.spreads[0]?.mean).toBeCloseTo(1e9 + 0.7 / 3, 6)
    expect(sixteen?.spreads[0]?.standardDeviation).toBeCloseTo(deviationOf([0.1, 0.4, 0.2]), 6)
    expect(sixteen?.spreads[1]).toMatchObject({ count: 2, mean: 25, minimum: 20, maximum: 30, better: 'HIGHER', bestRun: { name: 'b' } })
    expect(sixteen?.spreads[1]?.standardDeviation).toBeCloseTo(deviationOf([20, 30]), 12)
    expect(sixteen?.spreads[2]).toMatchObject({ count: 2, mean: 1.5, better: null, bestRun: null })
    expect(single?.spreads[1]).toMatchObject({ count: 1, mean: 30, standardDeviation: null, bestRun: { name: 'e' } })
    const nothing = { count: 0, mean: null, standardDeviation: null, minimum: null, maximum: null, bestRun: null }
    expect(text?.spreads[1]).toMatchObject(nothing)
    expect(none?.spreads[0]).toMatchObject(nothing)
  })

  it('by experiment name it, and keep the runs of none', async () => {
    const { nodes } = await groups({ by: [{ field: 'EXPERIMENT' }, { field: 'STATUS' }] })
    expect(nodes.map(({ keys: [first, second], count }) => [first?.text, first?.experiment?.name, second?.text, count])).toEqual([
      [lab.experiment, 'Sweep', 'STOPPED', 2],
      [null, undefined, 'COMPLETED', 6],
      [null, undefined, 'STOPPED', 1],
    ])
    const { nodes: ofOne } = await groups({ by: [{ field: 'STATUS' }], filter: { experiment: [lab.experiment] } })
    expect(ofOne).toMatchObject([{ count: 2, filter: { experiment: [lab.experiment], status: ['STOPPED'] } }])
  })

  it('are none where no run matches', async () => {
    expect(await groups({ by: [{ value: 'config.width' }], filter: { search: 'nobody' }, aggregate: ['metric.loss'] })).toEqual({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    })
  })

  it('say which names there are like one that there is not', async () => {
    expect(await refusal({ by: [{ value: 'config.widht' }] })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
      message: 'by: expected the name of a value that runs have, got "config.widht". Did you mean config.width?',
    })
    expect((await refusal({ by: [{ field: 'STATUS' }], aggregate: ['validationLoss'] }))?.message).toMatch(
      /^aggregate: .*Did you mean metric\.validationLoss/,
    )
  })

  it('and pages of runs say it of every name that they are given, and take those of measurements that no run has come to', async () => {
    const slip = { name: 'config.widht', minimum: 1 }
    const filter = 'filter.values: expected the name of a value that runs have, got "config.widht". Did you mean config.width?'
    expect((await refusal({ by: [{ field: 'STATUS' }], filter: { values: [slip] } }))?.message).toBe(filter)
    const pageOf = (variables: Record<string, unknown>) =>
      server.query(
        'query ($filter: RunFilter, $orderBy: [RunOrder!]) { runs(filter: $filter, orderBy: $orderBy) { totalCount } }',
        variables,
      )
    const orderBy = (value: string) => ({ orderBy: { value, direction: 'ASC' } })
    expect((await pageOf({ filter: { values: [slip] } })).errors).toMatchObject([
      { message: filter, extensions: { code: 'BAD_USER_INPUT' } },
    ])
    expect((await pageOf(orderBy('metric.validatonLoss'))).errors).toMatchObject([
      { message: expect.stringMatching(/^orderBy\.value: .*Did you mean metric\.validationLoss/), extensions: { code: 'BAD_USER_INPUT' } },
    ])
    expect((await pageOf(orderBy('metric.test.structuralSimilarity'))).errors).toBeUndefined()
  })

  it('are bounded in keys, values and length, and want a cursor of their own', async () => {
    const { pageInfo } = await groups({ by: [{ field: 'STATUS' }], first: 1 })
    const many = Array.from({ length: 13 }, (_, index) => `metric.${index}`)
    const refused = [
      { by: [] },
      { by: [{ field: 'STATUS' }, { field: 'STATUS' }] },
      { by: ['a', 'b', 'c', 'd', 'e'].map((value) => ({ value })) },
      { by: [{ field: 'STATUS' }], aggregate: many },
      { by: [{ field: 'STATUS' }], first: 501 },
      { by: [{ field: 'DATASET' }], after: pageInfo.endCursor },
      { by: [{ field: 'STATUS' }], after: 'nothing' },
      { by: [{ field: 'STATUS', value: 'config.width' }] },
    ]
    for (const variables of refused) expect((await refusal(variables))?.extensions.code, JSON.stringify(variables)).toBe('BAD_USER_INPUT')
    const everything = `{ runGroups(by: { field: STATUS }, first: 500) { nodes { spreads { bestRun { metrics { epoch } } } } } }`
    expect((await server.query(everything)).errors?.[0]?.extensions.code).toBe('QUERY_TOO_COMPLEX')
  })
})

describe('groups of a lab without runs', () => {
  it('are none, by whatever name', async () => {
    await using folder = await makeDataFolder()
    await using server = await TestServer.start(folder.path)
    const { runGroups } = await server.data<{ runGroups: Groups }>(GROUPS, { by: [{ value: 'config.training.epochs' }] })
    expect(runGroups).toMatchObject({ totalCount: 0, nodes: [] })
  })
})
