import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunGroupKey } from '../src/runs/groups/groupKeys.js'
import type { RunGroupOrder } from '../src/runs/groups/groupOrder.js'
import { readRunGroups } from '../src/runs/groups/readRunGroups.js'
import { keepTexts, nameColumns } from '../src/runs/RunTexts.js'
import { configValues, metricValues, setRunValues } from '../src/runs/runValues.js'
import { type OpenStore, openStore } from './openStore.js'
import { makeDataFolder, TestServer } from './startServer.js'

interface Spread {
  name: string
  count: number
  mean: number | null
  standardDeviation: number | null
  minimum: number | null
  maximum: number | null
  better: string | null
  bestRun: { name: string } | null
}

interface Group {
  keys: { field: string | null; value: string | null; number: number | null; text: string | null; experiment: { name: string } | null }[]
  count: number
  spreads: Spread[]
  filter: Record<string, unknown>
}

interface Groups {
  totalCount: number
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  nodes: Group[]
}

const GROUPS = `query ($by: [RunGroupBy!]!, $aggregate: [String!], $filter: RunFilter, $first: Int, $after: String) {
  runGroups(by: $by, aggregate: $aggregate, filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes {
      keys { field value number text experiment { name } } count
      spreads { name count mean standardDeviation minimum maximum better bestRun { name } }
      filter { status dataset experiment search values { name minimum maximum oneOf contains number text missing } }
    }
  }
}`
const ORDERED = `query ($by: [RunGroupBy!]!, $aggregate: [String!], $orderBy: [RunGroupOrder!], $first: Int, $after: String) {
  runGroups(by: $by, aggregate: $aggregate, orderBy: $orderBy, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    ranking { isComparable }
    nodes { keys { number text } count spreads { count mean standardDeviation minimum maximum bestRun { name } } }
  }
}`
const RUNS = 'query ($filter: RunFilter) { runs(first: 100, filter: $filter) { totalCount nodes { name } } }'

/** Runs by name: configuration and metrics of each. Losses lie far from 0, where sums of squares would lose their digits. */
const elsewhere = {
  a: { config: { width: 16, amp: true, author: 'Zoë' }, metrics: { validationLoss: 1e9 + 0.1, peakSignalToNoiseRatio: 20, loss: 1 } },
  b: { config: { width: 16, amp: true, author: '佐藤' }, metrics: { validationLoss: 1e9 + 0.4, peakSignalToNoiseRatio: 30, loss: 2 } },
  c: { config: { width: 16, amp: false, author: 'Zoë' }, metrics: { validationLoss: 1e9 + 0.2 } },
  d: { config: { width: '16', amp: false, author: 'zoë' }, metrics: { validationLoss: 0.5 } },
  e: { config: { width: 2.5, amp: true }, metrics: { peakSignalToNoiseRatio: 30 } },
  f: { config: { note: '' }, metrics: {} },
} as const

describe('groups of runs', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>
  let server: TestServer
  let experiment: string

  const groups = async (variables: Record<string, unknown>) => (await server.data<{ runGroups: Groups }>(GROUPS, variables)).runGroups
  const namesIn = async (filter: unknown) =>
    (await server.data<{ runs: { nodes: { name: string }[] } }>(RUNS, { filter })).runs.nodes.map(({ name }) => name).sort()
  const refusal = async (variables: Record<string, unknown>) => (await server.query(GROUPS, variables)).errors?.[0]
  const keysOf = ({ nodes }: Groups) => nodes.map(({ keys }) => keys.map(({ number, text }) => number ?? text))

  beforeAll(async () => {
    folder = await makeDataFolder()
    {
      await using store = await openStore(folder.path)
      for (const [name, { config, metrics }] of Object.entries(elsewhere)) await addRun(store, name, config, metrics)
      const { config } = await store.launch('template')
      const run = {
        name: 'member',
        label: 'first',
        config: config as never,
        trainCount: 1,
        validationCount: 1,
        testCount: 1,
        selection: 'random',
      }
      const created = await store.experimentRecorder.create({ name: 'Sweep', presetId: null, quick: false, runs: [run, run] })
      experiment = created.experiment.id
      // What waits would be trained by the server.
      for (const { id } of (await store.runs.withStatus('QUEUED')).values()) {
        await store.recorder.changeStatus(id, { from: ['QUEUED'], to: 'STOPPED' })
      }
    }
    server = await TestServer.start(folder.path)
  })

  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

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

  it('by several keys come page by page, none missing and none twice', async () => {
    const by = [{ value: 'config.width' }, { value: 'config.author' }, { field: 'STATUS' }]
    const { nodes: all, totalCount } = await groups({ by })
    expect(totalCount).toBe(all.length)
    expect(all.length).toBeGreaterThan(5)
    const pages: Group[] = []
    for (let after: string | null = null; ; ) {
      const page: Groups = await groups({ by, first: 2, after })
      expect(page.totalCount).toBe(totalCount)
      pages.push(...page.nodes)
      after = page.pageInfo.endCursor
      if (!page.pageInfo.hasNextPage) break
    }
    expect(pages).toEqual(all)
  })

  it('are ordered by a key, their number of runs, and what sums up a value, those without it last, page by page', async () => {
    const loss = 'metric.validationLoss'
    const by = [{ value: 'config.width' }, { value: 'config.amp' }]
    const aggregate = [loss, 'metric.peakSignalToNoiseRatio', 'metric.loss']
    const ordered = async (orderBy: object, first = 50, after: string | null = null) => {
      const { runGroups } = await server.data<{ runGroups: Groups }>(ORDERED, { by, aggregate, orderBy, first, after })
      return runGroups
    }
    const labelsOf = ({ nodes }: Groups) => nodes.map(({ keys }) => keys.map(({ number, text }) => number ?? text ?? '-').join(' '))
    const asc = { direction: 'ASC' }
    const desc = { direction: 'DESC' }
    expect(labelsOf(await ordered({ count: true, ...desc }))).toEqual(['- -', '16 true', '2.5 true', '16 false', '16 false'])
    expect(labelsOf(await ordered({ key: 1, ...asc }))).toEqual(['16 false', '16 false', '2.5 true', '16 true', '- -'])
    const byLoss = (figure: string, direction: object) => ordered({ name: loss, figure, ...direction })
    const means = (await byLoss('MEAN', asc)).nodes.map(({ spreads }) => spreads[0]?.mean ?? null)
    expect(means).toEqual([0.5, 1e9 + 0.2, 1e9 + 0.25, null, null])
    expect((await byLoss('MEAN', desc)).nodes.map(({ spreads }) => spreads[0]?.mean ?? null)).toEqual([
      1e9 + 0.25,
      1e9 + 0.2,
      0.5,
      null,
      null,
    ])
    expect((await byLoss('BEST', asc)).nodes.map(({ spreads }) => spreads[0]?.bestRun?.name ?? null)).toEqual(['d', 'a', 'c', null, null])
    const psnr = { name: aggregate[1], figure: 'STANDARD_DEVIATION', ...desc }
    expect((await ordered(psnr)).nodes[0]?.spreads[1]?.standardDeviation).toBeCloseTo(deviationOf([20, 30]), 12)

    for (const orderBy of [
      psnr,
      { name: loss, figure: 'MINIMUM', ...desc },
      { count: true, ...asc },
      [
        { count: true, ...desc },
        { key: 0, ...desc },
      ],
    ]) {
      const all = labelsOf(await ordered(orderBy))
      const paged: string[] = []
      for (let after: string | null = null; ; ) {
        const page: Groups = await ordered(orderBy, 2, after)
        paged.push(...labelsOf(page))
        after = page.pageInfo.endCursor
        if (!page.pageInfo.hasNextPage) break
      }
      expect(paged, JSON.stringify(orderBy)).toEqual(all)
      expect(all).toHaveLength(5)
    }
  })

  it('are not ordered by what is neither, and not by the best of what neither way is better', async () => {
    const refused = async (orderBy: object) => {
      const answer = await server.query(ORDERED, { by: [{ value: 'config.width' }], aggregate: ['metric.loss'], orderBy })
      return answer.errors?.[0]
    }
    const orders = [
      [{ direction: 'ASC' }, /expected one of key, count and name/],
      [{ key: 0, count: true, direction: 'ASC' }, /expected one of key, count and name/],
      [{ key: 1, direction: 'ASC' }, /expected a key from 0 to 0, got 1/],
      [{ name: 'metric.trainLoss', direction: 'ASC' }, /expected a name of aggregate, got "metric.trainLoss"/],
      [{ name: 'metric.loss', figure: 'BEST', direction: 'ASC' }, /lower or higher is better, got metric.loss/],
      [Array(5).fill({ count: true, direction: 'ASC' }), /at most 4, got 5/],
    ] as const
    for (const [orderBy, message] of orders) {
      expect(await refused(orderBy)).toMatchObject({ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } })
    }
  })

  it('are in the order of their texts in any case, and of the names of experiments, page by page', async () => {
    await using folder = await makeDataFolder()
    await using store = await openStore(folder.path)
    const names = ['Zebra', 'apple', 'cherry', 'Banana']
    for (const name of names) {
      await addRun(store, name, { author: name, width: 1 }, {})
      const { number } = await store.launch(`of ${name}`)
      await store.experimentRecorder.group({ name, numbers: [number] })
    }
    const read = async (key: RunGroupKey, orderBy: RunGroupOrder[] = []) => {
      const request = { by: [key], filter: {}, aggregate: [], orderBy, first: 2 }
      const texts: (string | null)[] = []
      for (let after: string | undefined; ; ) {
        const page = await readRunGroups(store.database.read, { ...request, after })
        texts.push(...page.edges.map(({ node }) => node.shared[0]?.text ?? null))
        if (!page.hasNextPage || page.endCursor === null) return texts
        after = page.endCursor
      }
    }
    const sorted = ['apple', 'Banana', 'cherry', 'Zebra']
    expect(await read({ value: 'config.author' })).toEqual([...sorted, null])
    expect(await read({ value: 'config.author' }, [{ key: 0, direction: 'DESC' }])).toEqual([...sorted.toReversed(), null])
    const experiments = new Map((await store.database.read.experiment.findMany()).map(({ id, name }) => [id, name]))
    const ids = await read({ field: 'EXPERIMENT' })
    expect(ids.map((id) => experiments.get(id ?? '') ?? null)).toEqual([...sorted, null])
  })

  it('by experiment name it, and keep the runs of none', async () => {
    const { nodes } = await groups({ by: [{ field: 'EXPERIMENT' }, { field: 'STATUS' }] })
    expect(nodes.map(({ keys: [first, second], count }) => [first?.text, first?.experiment?.name, second?.text, count])).toEqual([
      [experiment, 'Sweep', 'STOPPED', 2],
      [null, undefined, 'COMPLETED', 6],
      [null, undefined, 'STOPPED', 1],
    ])
    const { nodes: ofOne } = await groups({ by: [{ field: 'STATUS' }], filter: { experiment: [experiment] } })
    expect(ofOne).toMatchObject([{ count: 2, filter: { experiment: [experiment], status: ['STOPPED'] } }])
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

async function addRun(store: OpenStore, name: string, config: object, metrics: Readonly<Record<string, number>>): Promise<void> {
  await store.database.write(async (transaction) => {
    const run = await transaction.run.create({
      data: { id: `run-${name}`, ...nameColumns(name), kind: 'elsewhere', config: { ...config }, latest: {}, status: 'COMPLETED' },
    })
    await keepTexts(transaction, run.number, run)
    await setRunValues(transaction, run.number, new Map([...configValues(config), ...metricValues(metrics)]))
  })
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
