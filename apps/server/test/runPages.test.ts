import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createContext } from '../src/api/graphql/Context.js'
import { schema } from '../src/api/graphql/schema.js'
import { SqliteAdapter } from '../src/database/SqliteAdapter.js'
import { DatasetShelf } from '../src/datasets/DatasetShelf.js'
import { ExperimentRecorder } from '../src/experiments/ExperimentRecorder.js'
import { PrismaClient } from '../src/generated/prisma/client.js'
import type { Lab } from '../src/Lab.js'
import { updateRun } from '../src/runs/changeRuns.js'
import { CurveCache } from '../src/runs/series/CurveCache.js'
import { epochReport, type OpenStore, openStore } from './openStore.js'

// The build of graphql that Node gives the schema: an import here would be given the other one, which refuses it.
const { graphql } = createRequire(import.meta.url)('graphql') as typeof import('graphql')

const page = `query ($first: Int!, $filter: RunFilter, $orderBy: [RunOrder!]) {
  runs(first: $first, filter: $filter, orderBy: $orderBy) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id number name status createdAt startedAt error { code message } dataset { id title } outline progress { stage epoch }
      summary { epochs epochsCompleted trainLoss validationLoss seconds imagesPerSecond }
      curve(maxPoints: 32) { epochs trainLoss validationLoss }
    }
  }
}`

describe('statements', () => {
  let store: OpenStore
  let read: PrismaClient
  const statements: string[] = []

  beforeAll(async () => {
    store = await openStore()
    for (let run = 0; run < 45; run++) {
      const { attempt } = await store.start(`Run ${run}`)
      await store.recorder.report(attempt, epochReport(1, { trainLoss: run, validationLoss: run }))
      await updateRun(store, attempt.runId, { tags: ['all', `tag ${run}`] })
    }
    const client = new PrismaClient({
      adapter: new SqliteAdapter(store.folder.databasePath, 'read'),
      log: [{ emit: 'event', level: 'query' }],
    })
    client.$on('query', ({ query }) => statements.push(query))
    read = client
  })
  afterAll(async () => {
    await read.$disconnect()
    await store[Symbol.asyncDispose]()
  })

  /** Asks with nothing remembered from before; gives what was answered and the statements that it took. */
  const ask = async (source: string, variableValues: Record<string, unknown>) => {
    // What a page of runs asks a lab for.
    const lab = {
      database: { read },
      curves: new CurveCache(read),
      datasets: new DatasetShelf(),
      queue: { progressOf: () => undefined },
      recorder: store.recorder,
      experimentRecorder: new ExperimentRecorder(store.recorder, store.signals),
    }
    statements.length = 0
    const contextValue = createContext(lab as unknown as Lab)
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue })
    expect(errors).toBeUndefined()
    return { data, taken: [...statements] }
  }

  it('of a page of runs, with their curves, are as many for 40 runs as for 10', async () => {
    const askPage = async (first: number, variables: Record<string, unknown>) => {
      const { data, taken } = await ask(page, { first, ...variables })
      const { runs } = data as { runs: { nodes: { curve: { epochs: number[] } }[] } }
      expect(runs.nodes).toHaveLength(first)
      for (const { curve } of runs.nodes) expect(curve.epochs).toEqual([1])
      return taken
    }
    const orders = [
      {},
      { orderBy: { value: 'metric.validationLoss', direction: 'ASC' } },
      { filter: { values: [{ name: 'config.architecture.latentDimension', minimum: 1 }] } },
      {
        filter: { text: 'z >= 1 and tag = all and not (optimizer = sgd or psnr > 20) and run', timeZone: 'Europe/Zurich' },
        orderBy: ['objective', 'tag', 'validationLoss', 'name'].map((key) => ({ key, direction: 'ASC' })),
      },
    ]
    for (const variables of orders) {
      const few = await askPage(10, variables)
      expect(few.length).toBeGreaterThan(0)
      expect(few.length).toBeLessThanOrEqual(6)
      expect(await askPage(40, variables)).toHaveLength(few.length)
    }
  })

  const others: Readonly<Record<string, readonly [source: string, most: number]>> = {
    'tags, places in the queue and whether runs can be ranked': [
      `query ($first: Int!) { runs(first: $first, orderBy: { key: "validationLoss", direction: ASC }) {
        ranking { isComparable } nodes { tags notes starred objective queuePosition deletedAt } } }`,
      6,
    ],
    groups: [
      `query ($first: Int!) { runGroups(first: $first, by: [{ key: "validationLoss" }, { key: "optimizer" }], filter: { text: "has z" }, aggregate: ["metric.trainLoss"]) {
        totalCount nodes { count filter { text } spreads { mean isComparable bestRun { id name } } } } }`,
      5,
    ],
    'groups in an order': [
      `query ($first: Int!) { runGroups(first: $first, by: { key: "validationLoss" }, aggregate: ["metric.trainLoss"], orderBy: { name: "metric.trainLoss", figure: BEST, direction: ASC }) {
        totalCount ranking { isComparable } nodes { count spreads { mean bestRun { id } } } } }`,
      6,
    ],
    'groups by tags': ['query ($first: Int!) { runGroups(first: $first, by: { key: "tag" }) { nodes { count keys { text } } } }', 3],
    'values of a key': [
      'query ($first: Int!) { runFacet(key: "tag", first: $first, filter: { text: "z > 0" }) { count distinct values { text runs } } }',
      3,
    ],
    'columns, fields and values': [
      `query ($first: Int!) { runs(first: $first) { nodes { values(names: ["z", "config.optimizer.kind", "metric.validationLoss", "tag", "created", "experiment"]) { name number text } } } }`,
      7,
    ],
    keys: ['query ($first: Int!) { runKeys { name runs } runs(first: $first) { totalCount } }', 8],
  }

  it.each(Object.entries(others))('of %s are as many for 40 as for 10', async (_, [source, most]) => {
    const few = await ask(source, { first: 10 })
    expect(few.taken.length).toBeGreaterThan(0)
    expect(few.taken.length, few.taken.join('\n')).toBeLessThanOrEqual(most)
    expect((await ask(source, { first: 40 })).taken).toHaveLength(few.taken.length)
  })
})
