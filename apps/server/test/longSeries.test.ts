import { graphql } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createContext } from '../src/api/graphql/Context.js'
import { schema } from '../src/api/graphql/schema.js'
import type { Lab } from '../src/Lab.js'
import { CurveCache } from '../src/runs/series/CurveCache.js'
import { appendSeries } from '../src/runs/series/SeriesStore.js'
import { type OpenStore, openStore } from './openStore.js'
import { turnsDuring } from './turnsDuring.js'

const NAMES = Array.from({ length: 10 }, (_, index) => `metric/${index}`)

/** Launches a run that has so many points of an axis. */
async function launchLong(store: OpenStore, axis: 'epoch' | 'step', count: number): Promise<{ id: string; number: number }> {
  const { id, number: runNumber } = await store.launch()
  const points = Array.from({ length: count }, (_, index) => ({
    at: index + 1,
    values: Object.fromEntries(NAMES.map((name, column) => [name, Math.sin(index * (column + 1))])),
  }))
  await store.database.write((transaction) => appendSeries(transaction, { runNumber, axis }, points))
  return { id, number: runNumber }
}

describe('long series', () => {
  it('are read once for all curves of a run, and others are heard between two of them', async () => {
    await using store = await openStore()
    const { number: runNumber } = await launchLong(store, 'epoch', 2_000)
    const statements: string[] = []
    const read = store.database.read
    const counting = {
      seriesChunk: {
        findMany: (request: Parameters<typeof read.seriesChunk.findMany>[0]) => {
          statements.push(JSON.stringify(request?.where))
          return read.seriesChunk.findMany(request)
        },
      },
    } as unknown as typeof read
    const curves = new CurveCache(counting)
    const keys = Array.from({ length: 50 }, (_, index) => ({ runNumber, epochsCompleted: 2_000, maxPoints: 4 + index, after: 0 }))
    const turns = await turnsDuring(async () => {
      const loaded = await curves.load(keys)
      expect(loaded.every(({ points }) => points.length >= 4 && points.at(-1)?.at === 2_000)).toBe(true)
    })
    expect(statements).toHaveLength(1)
    expect(statements[0]?.match(/runNumber/g)).toHaveLength(1)
    expect(turns).toBeGreaterThan(5)
  })

  it('are refused where one answer would hold too many of them', async () => {
    await using store = await openStore()
    const { id } = await launchLong(store, 'step', 20_000)
    const lab = { ...store, curves: new CurveCache(store.database.read), queue: { progressOf: () => undefined } } as unknown as Lab
    const ask = (times: number) => {
      const series = Array.from({ length: times }, (_, index) => `s${index}: series(axis: STEP, after: ${index}) { columns { name } }`)
      return graphql({ schema, source: `{ run(id: "${id}") { ${series.join(' ')} } }`, contextValue: createContext(lab) })
    }
    // 20,000 places with ten values each.
    expect((await ask(9)).errors).toBeUndefined()
    const { data, errors = [] } = await ask(20)
    expect(data).toBeNull()
    expect(errors[0]?.message).toMatch(/^series: expected at most 2,000,000 numbers in an answer, got 2,\d{3},\d{3}\./)
    // The next answer has its own.
    expect((await ask(2)).errors).toBeUndefined()
  })
})
