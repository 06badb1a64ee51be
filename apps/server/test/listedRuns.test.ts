import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { updateRun } from '../src/runs/changeRuns.js'
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
  const deleted = { filter: { text: 'is deleted' } }
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
    await using table = server.follow<Told>(CHANGED, { after: page.lab.lastSeq, lists: [{}, tagged, byName, deleted] })
    const next = async (isIt: (told: Told) => boolean) => (await table.until((items) => items.some(isIt))).findLast(isIt)?.cursors
    await tag(id, 'other')
    const other = await next(({ run }) => run?.tags.includes('other') ?? false)
    expect(other).toEqual([namesIn(await server.data<Page>(PAGE)).Middle, null, namesIn(page).Middle, null])

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
    expect(await next(({ run }) => run?.name === 'A')).toEqual([null, null, null, null])
    table.items.length = 0
    await archive(id, false)
    expect(await next(({ run }) => run?.name === 'A')).toEqual(renamed)
    await server.data('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [id] })
    const inTrash = await next(({ change }) => change === 'DELETED')
    expect(inTrash).toEqual([null, null, null, namesIn(await server.data<Page>(PAGE, deleted)).A])
    expect(inTrash?.[3]).toBeDefined()
    await server.data('mutation ($id: ID!) { purgeRuns(runs: { ids: [$id] }) { count } }', { id })
    await table.until((items) => items.filter(({ change }) => change === 'DELETED').length > 1)
    expect(table.items.at(-1)?.cursors).toEqual([null, null, null, null])
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
})
const order: fc.Arbitrary<RunOrder> = fc.record({
  key: fc.constantFrom('name', 'validationLoss', 'created', 'started', 'tag', 'experiment', 'status'),
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

async function record(
  store: OpenStore,
  { name, validationLoss, isArchived }: typeof values extends fc.Arbitrary<infer Value> ? Value : never,
) {
  const { run, attempt } = await store.start(name)
  await store.recorder.report(attempt, epochReport(1, { validationLoss }))
  await updateRun(store, run.id, { tags: run.number % 2 === 0 ? ['all'] : [], archived: isArchived })
  return run.number
}
