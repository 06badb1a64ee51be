import { ApolloClient, ApolloLink, Observable } from '@apollo/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { extendCurves } from '../src/data/extendCurves'
import { ComparedRunDocument } from '../src/data/generated/graphql'
import { makeCache } from '../src/data/makeCache'
import { epochMetrics, makeRow } from './runFixtures'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Has `trained` epochs of each run answered, or as many requests fail as `failures` says. */
function makeLab({ trained = {}, failures = 0 }: { trained?: Readonly<Record<string, number>>; failures?: number }) {
  const asked: Record<string, unknown>[] = []
  const link = new ApolloLink(({ variables }) => {
    asked.push(variables)
    if (asked.length <= failures) return new Observable((observer) => observer.error(new Error('The server is away.')))
    const runs = Object.keys(variables).filter((name) => name.startsWith('id'))
    const answers = runs.map((name, index) => {
      const [id, after] = [String(variables[name]), Number(variables[`after${index}`])]
      const metrics = Array.from({ length: (trained[id] ?? 0) - after }, (_, each) => epochMetrics(after + each + 1, 0.5))
      return [`run${index}`, { __typename: 'Run', id, metrics }]
    })
    return new Observable((observer) => {
      observer.next({ data: Object.fromEntries(answers) })
      observer.complete()
    })
  })
  return { client: new ApolloClient({ link, cache: makeCache() }), asked }
}

const growing = (id: string, last: number, epochsCompleted: number) => ({
  id,
  summary: { epochsCompleted },
  metrics: Array.from({ length: last }, (_, index) => ({ epoch: index + 1 })),
})

describe('curves of runs that train', () => {
  test('get every epoch after their last one, all runs in one request', async () => {
    const { client, asked } = makeLab({ trained: { a: 9, b: 4 } })
    for (const id of ['a', 'b']) {
      const run = { ...makeRow({ id }), metrics: [epochMetrics(1, 0.5), epochMetrics(2, 0.5)] }
      client.cache.writeQuery({ query: ComparedRunDocument, variables: { id }, data: { run } })
    }
    const curves = extendCurves(client, { maxPoints: null, withMetrics: false })
    // The row tells of its newest state alone; epochs 3 to 8 were never told of.
    curves.look([growing('a', 2, 9), growing('b', 2, 4), growing('c', 3, 3)])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual([{ maxPoints: null, id0: 'a', after0: 2, id1: 'b', after1: 2 }])
    const epochsOf = (id: string) =>
      client.cache.readQuery({ query: ComparedRunDocument, variables: { id } })?.run.metrics.map(({ epoch }) => epoch)
    expect(epochsOf('a')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(epochsOf('b')).toEqual([1, 2, 3, 4])
    curves.stop()
  })

  test('are read on a few times a second however often rows change', async () => {
    const { client, asked } = makeLab({ trained: { a: 100 } })
    const curves = extendCurves(client, { maxPoints: null, withMetrics: false })
    for (let epoch = 1; epoch <= 100; epoch += 1) {
      curves.look([growing('a', epoch - 1, epoch)])
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.length).toBeLessThan(5)
    curves.stop()
  })

  test('are asked for again where that failed, and not where the API has no more than was there', async () => {
    const { client, asked } = makeLab({ trained: { a: 2 }, failures: 1 })
    const curves = extendCurves(client, { maxPoints: null, withMetrics: false })
    curves.look([growing('a', 2, 3)])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(2)
    curves.stop()
  })

  test('that are downsampled grow too, and are read whole again once they have grown to twice as many points', async () => {
    const { client, asked } = makeLab({ trained: { a: 9 } })
    const write = (metrics: readonly ReturnType<typeof epochMetrics>[]) =>
      client.cache.writeQuery({
        query: ComparedRunDocument,
        variables: { id: 'a', maxPoints: 4 },
        data: { run: { ...makeRow({ id: 'a' }), metrics } },
      })
    const epochs = () =>
      client.cache.readQuery({ query: ComparedRunDocument, variables: { id: 'a', maxPoints: 4 } })?.run.metrics.map(({ epoch }) => epoch)
    write([1, 3, 5, 6].map((epoch) => epochMetrics(epoch, 0.5)))
    const curves = extendCurves(client, { maxPoints: 4, withMetrics: false })
    curves.look([growing('a', 6, 9)])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual([{ maxPoints: 4, id0: 'a', after0: 6 }])
    expect(epochs()).toEqual([1, 3, 5, 6, 7, 8, 9])
    curves.look([growing('a', 8, 20)])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked.at(-1)).toEqual({ maxPoints: 4, id0: 'a', after0: 0 })
    expect(epochs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    write([1, 9].map((epoch) => epochMetrics(epoch, 0.5)))
    expect(epochs()).toEqual([1, 9])
    curves.stop()
  })

  test('are not read on when nobody looks any more', async () => {
    const { client, asked } = makeLab({ trained: { a: 9 } })
    const curves = extendCurves(client, { maxPoints: null, withMetrics: false })
    curves.look([growing('a', 2, 9)])
    curves.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toEqual([])
  })
})
