import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Run } from '../src/generated/prisma/client.js'
import { updateRun } from '../src/runs/changeRuns.js'
import { runsFeed } from '../src/runs/feeds/runsFeed.js'
import type { ChangedRow } from '../src/runs/feeds/tableFeed.js'
import { newestSeq } from '../src/runs/newestSeq.js'
import { SORTED_LENGTH } from '../src/runs/query/sortPlaces.js'
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

  it('is told where the runs of an experiment stand once it is renamed, and a page says the same', async () => {
    await server.data('mutation { pauseQueue { queued } }')
    const launched = async (name: string) => {
      const runs = ['one', 'two'].map((label) => ({ label, config: endlessConfig }))
      const { launchExperiment } = await server.data<{ launchExperiment: { id: string } }>(
        'mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }',
        { input: { name, runs } },
      )
      return launchExperiment.id
    }
    const id = await launched('First of all')
    await launched('Middle of all')
    const byExperiment = { orderBy: [{ key: 'experiment', direction: 'ASC' }], filter: { search: 'of all' } }
    const ofName = { filter: { text: 'experiment = "First of all"' } }
    const before = await server.data<Page>(PAGE, byExperiment)
    expect(Object.keys(namesIn(await server.data<Page>(PAGE, ofName)))).toHaveLength(2)
    await using table = server.follow<Told>(CHANGED, { after: before.lab.lastSeq, lists: [byExperiment, ofName] })
    const rename = (name: string) =>
      server.data('mutation ($id: ID!, $name: String!) { updateExperiment(id: $id, input: { name: $name }) { id } }', { id, name })
    const untilBothAreTold = () =>
      table.until((items) => new Set(items.flatMap(({ run }) => (run?.name.endsWith('First of all') ? run.name : []))).size === 2)
    await rename('Very last of all')
    await untilBothAreTold()
    const after = await server.data<Page>(PAGE, byExperiment)
    expect(Object.keys(namesIn(after))).toEqual([2, 3, 0, 1].map((index) => Object.keys(namesIn(before))[index]))
    for (const { change, run, cursors } of table.items) {
      expect(change).toBe('UPDATED')
      // Those of the other have not moved.
      expect(run?.name).toMatch(/ · First of all$/)
      expect(cursors).toEqual([namesIn(after)[run?.name ?? ''], null])
      expect(cursors[0]).not.toBe(namesIn(before)[run?.name ?? ''])
    }
    expect((await server.data<Page>(PAGE, ofName)).runs.edges).toEqual([])

    table.items.length = 0
    await rename('First of all')
    await untilBothAreTold()
    const again = await server.data<Page>(PAGE, ofName)
    for (const { run, cursors } of table.items) {
      expect(cursors).toEqual([before, again].map((page) => namesIn(page)[run?.name ?? '']))
    }
    await server.data('mutation ($ids: [ID!]!) { deleteExperiments(ids: $ids) }', { ids: [id] })
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

it('runs of experiments that were renamed come in pages, and again to whoever drops before they have all of one', async () => {
  await using store = await openStore()
  const experiments: { readonly id: string; readonly numbers: readonly number[] }[] = []
  for (const name of ['A', 'B', 'C']) {
    const numbers: number[] = []
    for (let run = 0; run < 60; run++) numbers.push((await store.launch(`${name}${run}`)).number)
    experiments.push({ id: (await store.experimentRecorder.group({ name, numbers })).id, numbers })
  }
  const { read } = store.database
  const begun = await newestSeq(read)
  for (const { id } of experiments) {
    await store.experimentRecorder.rename(id, 'In between')
    await store.experimentRecorder.rename(id, `Renamed ${id}`)
  }
  // One that has changed itself is told of once, by that.
  const [changed = 0] = experiments[0]?.numbers ?? []
  const { id } = await read.run.findUniqueOrThrow({ where: { number: changed } })
  await store.recorder.rename(id, 'Itself')
  const source = runsFeed(read, store.signals)
  const changesAfter = async (after: number) => {
    const pages: (readonly ChangedRow<Run>[])[] = []
    for (let place = after, isLast = false; !isLast; ) {
      const page = await source.read({ since: after, after: place })
      pages.push(page.items)
      place = page.upTo
      isLast = page.isLast
    }
    return pages
  }
  const pages = await changesAfter(begun)
  expect(pages.map(({ length }) => length)).toEqual([119, 61])
  const all = pages.flat()
  const numbersOf = (changes: readonly ChangedRow<Run>[]) => changes.flatMap(({ row }) => row?.number ?? [])
  const members = experiments.flatMap(({ numbers }) => numbers)
  expect(numbersOf(all).toSorted((one, other) => one - other)).toEqual(members)
  const seqs = all.map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.toSorted((one, other) => one - other))
  for (const had of [1, 30, 59, 60, 118, 119, 140, 178, 179]) {
    const rest = (await changesAfter(seqs[had - 1] ?? 0)).flat()
    expect(new Set([...numbersOf(all.slice(0, had)), ...numbersOf(rest)]).size, `after ${had}`).toBe(members.length)
  }
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
