import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunGroupKey } from '../src/runs/groups/groupKeys.js'
import type { RunGroupOrder } from '../src/runs/groups/groupOrder.js'
import { readRunGroups } from '../src/runs/groups/readRunGroups.js'
import { addRun, deviationOf, type Group, type Groups, startGroupedRuns } from './groupedRuns.js'
import { openStore } from './openStore.js'
import { makeDataFolder } from './startServer.js'

const ORDERED = `query ($by: [RunGroupBy!]!, $aggregate: [String!], $orderBy: [RunGroupOrder!], $first: Int, $after: String) {
  runGroups(by: $by, aggregate: $aggregate, orderBy: $orderBy, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    ranking { isComparable }
    nodes { keys { number text } count spreads { count mean standardDeviation minimum maximum bestRun { name } } }
  }
}`

describe('groups of runs', () => {
  let lab: Awaited<ReturnType<typeof startGroupedRuns>>
  beforeAll(async () => {
    lab = await startGroupedRuns()
  })
  afterAll(() => lab[Symbol.asyncDispose]())

  it('by several keys come page by page, none missing and none twice', async () => {
    const by = [{ value: 'config.width' }, { value: 'config.author' }, { field: 'STATUS' }]
    const { nodes: all, totalCount } = await lab.groups({ by })
    expect(totalCount).toBe(all.length)
    expect(all.length).toBeGreaterThan(5)
    const pages: Group[] = []
    for (let after: string | null = null; ; ) {
      const page: Groups = await lab.groups({ by, first: 2, after })
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
      const { runGroups } = await lab.server.data<{ runGroups: Groups }>(ORDERED, { by, aggregate, orderBy, first, after })
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
      const answer = await lab.server.query(ORDERED, { by: [{ value: 'config.width' }], aggregate: ['metric.loss'], orderBy })
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
})
