import { describe, expect, it } from 'vitest'
import type { Run } from '../src/generated/prisma/client.js'
import { updateRun } from '../src/runs/changeRuns.js'
import { SORTED_LENGTH } from '../src/runs/query/sortPlaces.js'
import { MAXIMUM_NOTES_LENGTH } from '../src/runs/RunTexts.js'
import { readCursors } from '../src/runs/readCursors.js'
import { readRunPage } from '../src/runs/readRunPage.js'
import type { RunList, RunOrder } from '../src/runs/runList.js'
import { type OpenStore, openStore } from './openStore.js'

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
