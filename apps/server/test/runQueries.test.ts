import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRunGroups } from '../src/runs/groups/readRunGroups.js'
import { readRunPage } from '../src/runs/readRunPage.js'
import type { RunFilter } from '../src/runs/runFilter.js'
import type { RunOrder } from '../src/runs/runList.js'
import type { OpenStore } from './openStore.js'
import { openPlannedRuns } from './plannedRuns.js'

describe('runs', () => {
  let store: OpenStore

  beforeAll(async () => {
    store = await openPlannedRuns()
  })
  afterAll(() => store[Symbol.asyncDispose]())

  const page = (filter: RunFilter, orderBy: readonly RunOrder[] = [{ key: 'number', direction: 'ASC' }]) =>
    readRunPage(store.database.read, { first: 100, after: undefined, filter, orderBy })
  const namesOf = async (filter: RunFilter, orderBy?: readonly RunOrder[]) =>
    (await page(filter, orderBy)).edges.map(({ node }) => node.name)
  const refusal = async (filter: RunFilter) =>
    page(filter).then(
      () => 'accepted',
      (error: Error) => error.message,
    )

  it.each<[text: string, names: readonly string[]]>([
    ['', ['Übergröße', 'übergröße 2', 'Москва', 'z = 16', 'z = 4', 'adam']],
    ['name ~ ÜBERGRÖSSE', ['Übergröße', 'übergröße 2']],
    ['name = übergröße', ['Übergröße']],
    ['name ~ u\u0308bergr', ['Übergröße', 'übergröße 2']],
    ['москва', ['Москва']],
    ['strange', ['z = 4']],
    ['lecture', ['Москва', 'z = 16']],
    ['tag = LECTURE', ['Москва', 'z = 16']],
    ['tag = "slow run"', ['z = 16']],
    ['has tag and not has psnr', ['Москва']],
    ['has notes', ['z = 4']],
    ['width >= 16', ['Übergröße', 'übergröße 2']],
    ['width = "16"', ['Москва']],
    ['width in (8, 32)', ['übergröße 2', 'z = 16']],
    ['width != 8', ['Übergröße', 'übergröße 2', 'Москва', 'z = 4', 'adam']],
    ['author = ZOË', ['Übergröße', 'übergröße 2']],
    ['author ~ oë', ['Übergröße', 'übergröße 2']],
    ['amp = true', ['z = 16']],
    ['validationLoss < 0.3 and psnr > 20', ['übergröße 2']],
    ['validationLoss < 0.15 or psnr = 20', ['Übergröße', 'Москва']],
    ['not (validationLoss < 10)', ['z = 16', 'z = 4', 'adam']],
    ['status in (failed, stopped)', ['z = 4', 'adam']],
    ['dataset = MNIST', ['Übergröße', 'übergröße 2', 'Москва']],
    ['dataset ~ fashion', ['z = 16']],
    ['number <= 2', ['Übergröße', 'übergröße 2']],
    ['created = 2026-11-01', ['z = 4']],
    ['created > 2026-11-01 and created < 2026-11-03', []],
    ['created >= 2026-11-03 and created < 2026-11-04', ['adam']],
    ['created <= 2026-11-01T22:30', ['z = 4']],
    ['created < 1 week ago', ['z = 4', 'adam']],
    ['is starred', []],
    ['not is starred and adam', ['adam']],
  ])('that match %j are found', async (text, names) => {
    expect(await namesOf({ text })).toEqual(names)
  })

  it('are found by days that begin where somebody is', async () => {
    expect(await namesOf({ text: 'created = 2026-11-01', timeZone: 'Europe/Zurich' })).toEqual(['z = 4'])
    expect(await namesOf({ text: 'created = 2026-11-02', timeZone: 'Asia/Tokyo' })).toEqual(['z = 4'])
    expect(await refusal({ text: 'adam', timeZone: 'Mars' })).toMatch(/^timeZone: expected the name of a time zone/)
  })

  it('are found by a tree, together with a text and ids', async () => {
    const query = { compare: { key: 'psnr', operator: 'AT_LEAST', value: { number: 25 } } } as const
    expect(await namesOf({ query })).toEqual(['übergröße 2', 'z = 16'])
    expect(await namesOf({ query, text: 'has author' })).toEqual(['übergröße 2'])
    expect(await namesOf({ ids: ['run-5', 'run-1'], query: { or: [] } })).toEqual([])
    expect(await namesOf({ ids: ['run-5', 'run-1'] })).toEqual(['übergröße 2', 'adam'])
    expect(await namesOf({ query: { search: '' } })).toHaveLength(6)
  })

  it('say where a text is wrong, and what of a tree is', async () => {
    await expect(page({ text: 'psnr > high' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'filter.text: expected a number after >, got "high" (character 8).',
      details: { from: 7, to: 11 },
    })
    const compare = (key: string, value: { number: number } | { text: string } | { moment: string }) =>
      refusal({ query: { compare: { key, operator: 'LESS', value } } })
    expect(await compare('psnr', { text: 'x' })).toMatch(/^query: expected a number for metric\.peakSignalToNoiseRatio/)
    expect(await compare('widht', { number: 1 })).toBe('query: expected a key that runs have, got "widht". Did you mean weight or width?')
    expect(await compare('name', { text: 'x' })).toMatch(/^query: expected a text/)
    expect(await compare('created', { moment: '2026-13-01' })).toMatch(/^query: expected a day/)
    expect(await refusal({ query: { and: Array.from({ length: 301 }, () => ({ search: 'a' })) } })).toMatch(
      /^query: expected at most 300 conditions/,
    )
  })

  it('sort by names as a dictionary does, and by several keys, those without a value last in both directions', async () => {
    expect(await namesOf({}, [{ key: 'name', direction: 'ASC' }])).toEqual([
      'adam',
      'Übergröße',
      'übergröße 2',
      'z = 4',
      'z = 16',
      'Москва',
    ])
    const psnr = (direction: 'ASC' | 'DESC', second: 'ASC' | 'DESC') =>
      namesOf({}, [
        { key: 'psnr', direction },
        { key: 'name', direction: second },
      ])
    expect(await psnr('ASC', 'ASC')).toEqual(['Übergröße', 'übergröße 2', 'z = 16', 'adam', 'z = 4', 'Москва'])
    expect(await psnr('DESC', 'DESC')).toEqual(['z = 16', 'übergröße 2', 'Übergröße', 'Москва', 'z = 4', 'adam'])
    expect(await namesOf({}, [{ key: 'width', direction: 'DESC' }])).toEqual([
      'übergröße 2',
      'Übergröße',
      'z = 16',
      'Москва',
      'adam',
      'z = 4',
    ])
  })

  it('come page by page in any order, none missing and none twice', async () => {
    const orders: readonly (readonly RunOrder[])[] = [
      [{ key: 'number', direction: 'DESC' }],
      [{ key: 'width', direction: 'ASC' }],
      [
        { key: 'psnr', direction: 'DESC' },
        { key: 'dataset', direction: 'ASC' },
        { key: 'tag', direction: 'DESC' },
      ],
      [
        { key: 'created', direction: 'ASC' },
        { key: 'experiment', direction: 'ASC' },
      ],
    ]
    for (const orderBy of orders) {
      const all = await namesOf({}, orderBy)
      const paged: string[] = []
      for (let after: string | undefined, hasNext = true; hasNext; ) {
        const part = await readRunPage(store.database.read, { first: 2, after, filter: {}, orderBy })
        paged.push(...part.edges.map(({ node }) => node.name))
        after = part.endCursor ?? undefined
        hasNext = part.hasNextPage
      }
      expect(paged, JSON.stringify(orderBy)).toEqual(all)
      expect(new Set(all).size).toBe(6)
    }
  })

  it('are not ranked by a loss across objectives, nor by a measurement across data sets', async () => {
    const ranking = async (key: string, text: string) => (await page({ text }, [{ key, direction: 'ASC' }])).ranking()
    const one = { objective: 1, data: 1, examples: 1, corruption: 1, bound: 1 }
    expect(await ranking('validationLoss', '')).toEqual({
      key: 'metric.validationLoss',
      isComparable: false,
      kinds: { ...one, objective: 2 },
    })
    expect(await ranking('validationLoss', 'name ~ über')).toMatchObject({ isComparable: true })
    expect(await ranking('psnr', '')).toEqual({
      key: 'metric.peakSignalToNoiseRatio',
      isComparable: false,
      kinds: { ...one, data: 2 },
    })
    expect(await ranking('name', '')).toBeNull()
    const groups = async (by: string) => {
      const { edges } = await readRunGroups(store.database.read, {
        by: [{ key: by }],
        filter: {},
        aggregate: ['metric.validationLoss'],
        first: 9,
        after: undefined,
      })
      return edges.map(({ node }) => [
        node.shared[0]?.number ?? node.shared[0]?.text,
        node.spreads[0]?.isComparable,
        node.spreads[0]?.bestRunNumber,
      ])
    }
    expect(await groups('dataset')).toEqual([
      ['fashion-mnist', true, null],
      ['mnist', false, null],
      [null, true, null],
    ])
    expect(await groups('width')).toEqual([
      [8, true, null],
      [16, true, 1],
      [32, true, 2],
      ['16', true, 3],
      [null, true, null],
    ])
  })
})
