import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRunGroups } from '../src/runs/groups/readRunGroups.js'
import { readFacet } from '../src/runs/query/readFacet.js'
import { readKeyCounts } from '../src/runs/query/readKeyCounts.js'
import { readRunPage } from '../src/runs/readRunPage.js'
import { type RunFilter, readScope } from '../src/runs/runFilter.js'
import { readRunColumns } from '../src/runs/tables/readRunColumns.js'
import type { OpenStore } from './openStore.js'
import { openPlannedRuns } from './plannedRuns.js'

describe('runs', () => {
  let store: OpenStore

  beforeAll(async () => {
    store = await openPlannedRuns()
  })
  afterAll(() => store[Symbol.asyncDispose]())

  const namesOf = async (filter: RunFilter) => {
    const orderBy = [{ key: 'number', direction: 'ASC' }] as const
    const { edges } = await readRunPage(store.database.read, { first: 100, after: undefined, filter, orderBy })
    return edges.map(({ node }) => node.name)
  }

  it('have values of any keys side by side, each as what it is, and nothing of names that no run has', async () => {
    const names = [
      'config.width',
      'name',
      'tag',
      'created',
      'config.nothing',
      'status',
      'config.amp',
      'metric.peakSignalToNoiseRatio',
      'number',
    ]
    const read = await readRunColumns(store.database.read, [
      { runNumber: 4, names },
      { runNumber: 3, names: ['config.width'] },
      { runNumber: 5, names: ['created', 'config.amp', 'config.width'] },
      { runNumber: 99, names },
    ])
    const told = read.map((rows) => Object.fromEntries(rows.map(({ name, number, text }) => [name, number ?? text])))
    const createdAt = (await store.database.read.run.findUniqueOrThrow({ where: { number: 4 } })).createdAt.toISOString()
    expect(told).toEqual([
      {
        'config.width': 8,
        name: 'z = 16',
        tag: 'lecture, slow run',
        created: createdAt,
        status: 'COMPLETED',
        'config.amp': 'true',
        'metric.peakSignalToNoiseRatio': 25,
        number: 4,
      },
      { 'config.width': '16' },
      { created: '2026-11-01T22:30:00.000Z', 'config.amp': 'false' },
      {},
    ])
    expect(read[0]?.map(({ name }) => name)).toEqual(names.filter((name) => name !== 'config.nothing'))
  })

  it('are grouped by any key, each group with the text that finds its runs', async () => {
    for (const by of [
      [{ key: 'tag' }],
      [{ key: 'created' }, { key: 'status' }],
      [{ key: 'name' }],
      [{ key: 'author' }, { key: 'psnr' }],
      [{ key: 'archived' }],
    ]) {
      const filter = { text: 'number < 6 or adam', timeZone: 'Asia/Tokyo' }
      const { edges, count } = await readRunGroups(store.database.read, { by, filter, aggregate: [], first: 99, after: undefined })
      expect(await count()).toBe(edges.length)
      const inside = await Promise.all(edges.map(({ node }) => namesOf(node.filter)))
      expect(
        inside.map((names) => names.length),
        JSON.stringify(by),
      ).toEqual(edges.map(({ node }) => node.count))
      expect(new Set(inside.flat())).toEqual(new Set(await namesOf(filter)))
    }
  })

  it('tell how many have each key, and which values', async () => {
    const scope = await readScope(store.database.read, { text: 'number <= 5' })
    const counts = new Map((await readKeyCounts(store.database.read, scope)).map(({ key, runs }) => [key.name, { runs, type: key.type }]))
    expect(counts.get('metric.peakSignalToNoiseRatio')).toEqual({ runs: 3, type: 'NUMBER' })
    expect(counts.get('config.width')).toEqual({ runs: 4, type: 'MIXED' })
    expect(counts.get('metric.test.structuralSimilarity')).toEqual({ runs: 0, type: 'NUMBER' })
    expect(counts.get('tag')).toEqual({ runs: 2, type: 'TEXT' })
    expect(counts.get('name')?.runs).toBe(5)
    const few = await readKeyCounts(store.database.read, await readScope(store.database.read, { text: 'number <= 2' }))
    const ofFew = (name: string) => few.find(({ key }) => key.name === name)?.runs
    expect(['config.width', 'metric.validationLoss', 'config.amp', 'tag'].map(ofFew)).toEqual([2, 2, 0, 0])
    const facet = (key: string, search = '') =>
      readFacet(store.database.read, scope, { key: scope.keys.require(key, 'key'), search, first: 10 })
    expect(await facet('width')).toMatchObject({
      count: 4,
      missing: 1,
      distinct: 4,
      minimum: 8,
      maximum: 32,
      values: [
        { number: null, text: '16', runs: 1 },
        { number: 8, text: null },
        { number: 16, text: null },
        { number: 32, text: null },
      ],
    })
    expect((await facet('tag')).values).toEqual([
      { number: null, text: 'Lecture', runs: 2 },
      { number: null, text: 'slow run', runs: 1 },
    ])
    expect((await facet('tag', 'LEC')).values).toHaveLength(1)
    expect((await facet('author', 'ZOË')).values).toHaveLength(2)
    expect((await facet('status')).values).toEqual([
      { number: null, text: 'COMPLETED', runs: 4 },
      { number: null, text: 'FAILED', runs: 1 },
    ])
  })
})
