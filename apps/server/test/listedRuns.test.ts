import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Run } from '../src/generated/prisma/client.js'
import { updateRun } from '../src/runs/changeRuns.js'
import { SORTED_LENGTH } from '../src/runs/query/sortPlaces.js'
import { MAXIMUM_NOTES_LENGTH } from '../src/runs/RunTexts.js'
import { readCursors } from '../src/runs/readCursors.js'
import { readRunPage } from '../src/runs/readRunPage.js'
import type { RunList, RunOrder } from '../src/runs/runList.js'
import { epochReport, type OpenStore, openStore } from './openStore.js'
import { endlessConfig } from './startServer.js'
import { server, useServer } from './useServer.js'

interface Told {
  change: string
  run: { name: string; status: string; tags: string[] } | null
  cursors: (string | null)[]
}

const CHANGED = `subscription ($after: Int!, $lists: [RunList!]) {
  runsChanged(after: $after, lists: $lists) { change run { name status tags } cursors }
}`
const PAGE = `query ($filter: RunFilter, $orderBy: [RunOrder!]) {
  lab { lastSeq }
  runs(filter: $filter, orderBy: $orderBy) { edges { cursor node { name } } }
}`

interface Page {
  lab: { lastSeq: number }
  runs: { edges: { cursor: string; node: { name: string } }[] }
}

describe('whoever follows runs with lists', () => {
  useServer()

  const tagged = { filter: { text: 'tag = chosen' } }
  const byName = { orderBy: [{ field: 'NAME', direction: 'ASC' }] }
  const namesIn = ({ runs }: Page) => Object.fromEntries(runs.edges.map(({ cursor, node }) => [node.name, cursor]))
  const tag = (id: string, ...tags: string[]) =>
    server.data('mutation ($id: ID!, $tags: [String!]) { updateRun(id: $id, input: { tags: $tags }) { id } }', { id, tags })
  const archive = (id: string, archived: boolean) =>
    server.data('mutation ($id: ID!, $archived: Boolean) { updateRun(id: $id, input: { archived: $archived }) { id } }', { id, archived })

  it('is told with each change where the run stands, as a page of the list says, and when it is not in it', async () => {
    await server.data('mutation { pauseQueue { queued } }')
    const id = await server.launch(endlessConfig, 'Middle')
    await server.launch(endlessConfig, 'Before')
    const page = await server.data<Page>(PAGE, byName)
    await using table = server.follow<Told>(CHANGED, { after: page.lab.lastSeq, lists: [{}, tagged, byName] })
    const next = async (isIt: (told: Told) => boolean) => (await table.until((items) => items.some(isIt))).findLast(isIt)?.cursors
    await tag(id, 'other')
    const other = await next(({ run }) => run?.tags.includes('other') ?? false)
    expect(other).toEqual([namesIn(await server.data<Page>(PAGE)).Middle, null, namesIn(page).Middle])

    await tag(id, 'chosen')
    const chosen = await next(({ run }) => run?.tags.includes('chosen') ?? false)
    expect(chosen?.[1]).toBe(namesIn(await server.data<Page>(PAGE, tagged)).Middle)
    // Neither of the others has another place by that.
    expect([chosen?.[0], chosen?.[2]]).toEqual([other?.[0], other?.[2]])

    await server.data('mutation ($id: ID!) { updateRun(id: $id, input: { name: "A" }) { id } }', { id })
    const renamed = await next(({ run }) => run?.name === 'A')
    expect(renamed?.[2]).toBe(namesIn(await server.data<Page>(PAGE, byName)).A)
    expect(renamed?.[2]).not.toBe(other?.[2])
    expect((renamed?.[2] ?? '') < (namesIn(page).Before ?? '')).toBe(true)

    table.items.length = 0
    await archive(id, true)
    expect(await next(({ run }) => run?.name === 'A')).toEqual([null, null, null])
    table.items.length = 0
    await archive(id, false)
    expect(await next(({ run }) => run?.name === 'A')).toEqual(renamed)
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [id] })
    expect(await next(({ change }) => change === 'DELETED')).toEqual([null, null, null])
  })

  it('is refused where they are too many, too much, or none', async () => {
    const refusalOf = async (lists: object[]) => {
      await using table = server.follow<Told>(CHANGED, { after: 0, lists })
      // Awaited here: it is left once this returns.
      return await table.finished.then(String, (error: unknown) => `${error} ${JSON.stringify(error)}`)
    }
    expect(await refusalOf(Array.from({ length: 9 }, () => ({})))).toContain('lists: expected at most 8, got 9.')
    expect(await refusalOf([{ filter: { text: 'no such key = 1' } }])).toContain('BAD_USER_INPUT')
    const ids = Array.from({ length: 5_000 }, () => 'x'.repeat(60))
    expect(await refusalOf(Array.from({ length: 8 }, () => ({ filter: { ids } })))).toContain('complexity')
  })

  it('hears of the lab whenever other runs wait', async () => {
    await using lab = server.follow<{ queued: number; queuePaused: boolean }>('subscription { labChanged { queued queuePaused } }')
    const { queued } = (await lab.until((items) => items.length > 0))[0] ?? { queued: Number.NaN }
    const id = await server.launch(endlessConfig, 'Waits')
    await lab.until((items) => items.at(-1)?.queued === queued + 1)
    // What moves nobody tells nothing.
    await new Promise((resolve) => setTimeout(resolve, 300))
    const told = lab.items.length
    await tag(id, 'moves nobody')
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [id] })
    await lab.until((items) => items.length > told)
    expect(lab.items.slice(told)).toEqual([{ queued, queuePaused: true }])
  })
})

const values = fc.record({
  name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((name) => name.trim() !== ''),
  validationLoss: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  isArchived: fc.boolean(),
  notes: fc
    .tuple(
      fc.constantFrom('', 'a', '試', '😀', 'é'),
      fc.constantFrom(0, SORTED_LENGTH - 1, SORTED_LENGTH, 5_000),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    )
    .map(([character, times, end]) => `${character.repeat(times)}${end}`.replace(/[\p{Cc}\p{Cs}]/gu, '')),
})
const order: fc.Arbitrary<RunOrder> = fc.record({
  key: fc.constantFrom('name', 'notes', 'validationLoss', 'created', 'started', 'tag', 'experiment', 'status'),
  direction: fc.constantFrom('ASC', 'DESC'),
})
const filters: readonly RunList['filter'][] = [
  {},
  { text: 'validationLoss > 0' },
  { text: 'not tag = all' },
  { text: 'is archived' },
  { search: 'a' },
]

it('cursors are in the order of their list, the same for few runs as on a page, and pages go on behind each', async () => {
  await using store = await openStore()
  const numbers: number[] = []
  for (const planned of fc.sample(values, { numRuns: 20, seed: 7 })) numbers.push(await record(store, planned))
  const { read } = store.database
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 4 }), fc.constantFrom(...filters), async (orderBy, filter) => {
      const list = { filter, orderBy }
      const { edges } = await readRunPage(read, { ...list, first: 100, after: undefined })
      const cursors = edges.map(({ cursor }) => cursor)
      expect(cursors).toEqual([...cursors].sort())
      expect(new Set(cursors).size).toBe(cursors.length)
      const listed = new Map(edges.map(({ cursor, node }) => [node.number, cursor]))
      const few = numbers.filter((number) => number % 3 === 0)
      const expected = few.flatMap((number) => (listed.has(number) ? [[number, listed.get(number)]] : []))
      expect([...(await readCursors(read, list, few))].sort(([one], [other]) => one - other)).toEqual(expected)
      const middle = cursors[Math.floor(cursors.length / 2)]
      if (middle === undefined) return
      const rest = await readRunPage(read, { ...list, first: 100, after: middle })
      expect(rest.edges.map(({ cursor }) => cursor)).toEqual(cursors.slice(cursors.indexOf(middle) + 1))
    }),
    { numRuns: 25 },
  )
})

describe('lists that are ordered by long notes', () => {
  const directions = ['ASC', 'DESC'] as const
  /** Follows a list from page to page. */
  async function readAll({ database }: OpenStore, list: RunList, first: number): Promise<readonly { cursor: string; node: Run }[]> {
    const edges: { cursor: string; node: Run }[] = []
    for (let after: string | undefined, hasNext = true; hasNext; ) {
      const page = await readRunPage(database.read, { ...list, first, after })
      edges.push(...page.edges)
      hasNext = page.hasNextPage
      after = page.endCursor ?? undefined
    }
    return edges
  }
  const fill = async (store: OpenStore, notes: readonly string[]) => {
    for (const text of notes) await updateRun(store, (await store.launch()).id, { notes: text })
  }

  it.each(['a', '試', '😀'])('give every run once, in bounded cursors, where notes of %s differ late or not at all', async (character) => {
    await using store = await openStore()
    const long = character.repeat(MAXIMUM_NOTES_LENGTH / character.length - 1)
    const early = character.repeat(SORTED_LENGTH - 1)
    await fill(store, [`${long}b`, `${long}a`, long, long, `${early}z`, `${early}b`, early, ''])
    for (const direction of directions) {
      for (const first of [1, 3]) {
        const edges = await readAll(store, { filter: {}, orderBy: [{ key: 'notes', direction }] }, first)
        const numbers = edges.map(({ node }) => node.number)
        expect([...numbers].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
        const cursors = edges.map(({ cursor }) => cursor)
        expect(cursors).toEqual([...cursors].sort())
        expect(new Set(cursors).size).toBe(8)
        expect(Math.max(...cursors.map(({ length }) => length))).toBeLessThan(1_000)
        // Without notes, last; those that are the same as far as they count, by their numbers.
        expect(numbers.at(-1)).toBe(8)
        expect(numbers.filter((number) => number <= 4)).toEqual(direction === 'ASC' ? [1, 2, 3, 4] : [4, 3, 2, 1])
        expect(numbers.indexOf(7) < numbers.indexOf(6)).toBe(direction === 'ASC')
      }
    }
  })

  it('have cursors of some kilobytes for a page of 40', async () => {
    await using store = await openStore()
    const notes = Array.from({ length: 40 }, (_, index) => `${index % 2 === 0 ? 'n'.repeat(19_000) : '試'.repeat(19_000)}${index}`)
    await fill(store, notes)
    const orderBy: RunOrder[] = [{ key: 'notes', direction: 'DESC' }]
    const { edges } = await readRunPage(store.database.read, { filter: {}, orderBy, first: 40, after: undefined })
    expect(edges).toHaveLength(40)
    expect(JSON.stringify(edges.map(({ cursor }) => cursor)).length).toBeLessThan(30_000)
  })

  it('go on behind a run whose notes were changed, or that is gone, since its cursor was given', async () => {
    await using store = await openStore()
    const long = '試'.repeat(15_000)
    await fill(store, [`${long}a`, `${long}b`, `${long}c`, `${long}d`])
    for (const direction of directions) {
      const list: RunList = { filter: {}, orderBy: [{ key: 'notes', direction }] }
      const { edges } = await readRunPage(store.database.read, { ...list, first: 2, after: undefined })
      const [, second] = edges
      const rest = async () => (await readRunPage(store.database.read, { ...list, first: 10, after: second?.cursor })).edges
      const before = await rest()
      const behind = before.map(({ node }) => node.number)
      expect(behind).toHaveLength(2)
      // Behind what counts of them, notes move nobody.
      if (second) await updateRun(store, second.node.id, { notes: `${long}z` })
      expect((await rest()).map(({ cursor }) => cursor)).toEqual(before.map(({ cursor }) => cursor))
      const numbers = second ? [second.node.number] : []
      expect([...(await readCursors(store.database.read, list, numbers)).values()]).toEqual([second?.cursor])
      if (second) await updateRun(store, second.node.id, { archived: true })
      expect((await rest()).map(({ node }) => node.number)).toEqual(behind)
      if (second) await updateRun(store, second.node.id, { archived: false })
    }
  })

  it('are those that name a key once, whatever they name again', async () => {
    await using store = await openStore()
    await fill(store, ['b', 'a', 'b'])
    const cursorsOf = async (...orderBy: RunOrder[]) => (await readAll(store, { filter: {}, orderBy }, 2)).map(({ cursor }) => cursor)
    const once = await cursorsOf({ key: 'notes', direction: 'DESC' })
    expect(
      await cursorsOf({ key: 'notes', direction: 'DESC' }, { key: 'Notes', direction: 'ASC' }, { key: 'notes', direction: 'DESC' }),
    ).toEqual(once)
  })
})

async function record(
  store: OpenStore,
  { name, validationLoss, isArchived, notes }: typeof values extends fc.Arbitrary<infer Value> ? Value : never,
) {
  const { run, attempt } = await store.start(name)
  await store.recorder.report(attempt, epochReport(1, { validationLoss }))
  await updateRun(store, run.id, { tags: run.number % 2 === 0 ? ['all'] : [], archived: isArchived, notes })
  return run.number
}
