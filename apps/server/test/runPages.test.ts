import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { createContext } from '../src/api/graphql/Context.js'
import { schema } from '../src/api/graphql/schema.js'
import { SqliteAdapter } from '../src/database/SqliteAdapter.js'
import { DatasetShelf } from '../src/datasets/DatasetShelf.js'
import { ExperimentRecorder } from '../src/experiments/ExperimentRecorder.js'
import { PrismaClient } from '../src/generated/prisma/client.js'
import type { Lab } from '../src/Lab.js'
import { CurveCache } from '../src/runs/series/CurveCache.js'
import { epochReport, openStore } from './openStore.js'

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

it('a page of runs, with their curves, takes as many statements for 40 runs as for 10', async () => {
  await using store = await openStore()
  for (let run = 0; run < 45; run++) {
    const { attempt } = await store.start(`Run ${run}`)
    await store.recorder.report(attempt, epochReport(1, { trainLoss: run, validationLoss: run }))
  }
  const read = new PrismaClient({
    adapter: new SqliteAdapter(store.folder.databasePath, 'read'),
    log: [{ emit: 'event', level: 'query' }],
  })
  const statements: string[] = []
  read.$on('query', ({ query }) => statements.push(query))
  /** Asks for a page with nothing remembered from another one; gives the statements that it took. */
  const ask = async (first: number, variables: Record<string, unknown> = {}) => {
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
    const { data, errors } = await graphql({ schema, source: page, variableValues: { first, ...variables }, contextValue })
    expect(errors).toBeUndefined()
    const { runs } = data as { runs: { nodes: { curve: { epochs: number[] } }[] } }
    expect(runs.nodes).toHaveLength(first)
    for (const { curve } of runs.nodes) expect(curve.epochs).toEqual([1])
    return [...statements]
  }
  try {
    const orders = [
      {},
      { orderBy: { value: 'metric.validationLoss', direction: 'ASC' } },
      { filter: { values: [{ name: 'config.architecture.latentDimension', minimum: 1 }] } },
    ]
    for (const variables of orders) {
      const few = await ask(10, variables)
      expect(few.length).toBeGreaterThan(0)
      expect(few.length).toBeLessThanOrEqual(6)
      expect(await ask(40, variables)).toHaveLength(few.length)
    }
  } finally {
    await read.$disconnect()
  }
})
