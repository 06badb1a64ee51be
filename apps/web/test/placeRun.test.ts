import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type PlacedRun, placeRun, type StoredList } from '../src/data/placeRun'
import { ShownList } from '../src/data/ShownList'

const newest = {}
const byName = { orderBy: [{ field: 'NAME' as const, direction: 'ASC' as const }] }
const some = { filter: { search: 'x' } }
const trash = { filter: { text: 'is deleted' } }

/** A list of ten runs of which those at 10, 20 and 30 were read; of `behind` it is known that it stands at 50, of `gone` that it is not in it. */
function readThree(list: ConstructorParameters<typeof ShownList>[0]) {
  const shown = new ShownList(list)
  const edges = ['10', '20', '30'].map((cursor) => ({ cursor, node: { id: cursor } }))
  const pageInfo = { hasNextPage: true, endCursor: '30' }
  shown.replace({ edges, pageInfo }, { isOlder: false })
  shown.tell('behind', '50')
  shown.tell('gone', null)
  return { shown, stored: { nodes: edges.map(({ node }) => ({ __ref: `Run:${node.id}` })), totalCount: 10, pageInfo } }
}

/** Ids of the runs that were read, and how many there are in all. */
const said = (list: StoredList | 'stale') => (list === 'stale' ? list : [...idsOf(list), list.totalCount].join(' '))
const idsOf = ({ nodes }: StoredList) => nodes.map(({ __ref }) => __ref.slice(4))

type Case = readonly [was: string, is: string | null, list: string]
const run = (told: Partial<PlacedRun>) => ({ id: 'new', cursor: null, isNew: false, ...told })
const place = (list: ConstructorParameters<typeof ShownList>[0], told: Partial<PlacedRun>) => {
  const { shown, stored } = readThree(list)
  return said(placeRun(stored, shown, run(told)))
}

describe('a run that was told of', () => {
  test.each<Case>([
    ['20', '20', '10 20 30 10'],
    ['20', null, '10 30 9'],
    ['30', null, '10 20 9'],
    ['behind', '50', '10 20 30 10'],
    ['behind', null, '10 20 30 9'],
    ['gone', null, '10 20 30 10'],
    ['gone', '15', '10 gone 20 30 11'],
    ['gone', '50', '10 20 30 11'],
    ['unknown', '05', 'unknown 10 20 30 11'],
    ['unknown', '50', 'stale'],
    ['unknown', null, 'stale'],
  ])('where runs do not move, and it was %s and is at %s now, makes of the list: %s', (id, cursor, list) => {
    for (const asked of [newest, some]) expect(place(asked, { id, cursor })).toBe(list)
  })

  test.each<Case>([
    ['20', '20', '10 20 30 10'],
    ['20', '25', 'stale'],
    ['20', '50', 'stale'],
    ['20', null, 'stale'],
    ['behind', '60', '10 20 30 10'],
    ['behind', '15', 'stale'],
    ['behind', null, 'stale'],
    ['gone', null, '10 20 30 10'],
    ['gone', '15', 'stale'],
    ['gone', '50', 'stale'],
    ['unknown', '05', 'stale'],
    ['unknown', '50', 'stale'],
    ['unknown', null, 'stale'],
  ])('where runs are in order by name, and it was %s and is at %s now, makes of the list: %s', (id, cursor, list) => {
    expect(place(byName, { id, cursor })).toBe(list)
  })

  test('that is new was in no list, unless it comes back from the trash to a list that has deleted ones', () => {
    expect(place(some, { isNew: true })).toBe('10 20 30 10')
    expect(place(trash, { isNew: true })).toBe('stale')
  })

  test('without its row has the list read again where it belongs among those that were read', () => {
    expect(place(trash, { id: 'gone', cursor: '15', hasRow: false })).toBe('stale')
    expect(place(trash, { id: 'gone', cursor: '50', hasRow: false })).toBe('10 20 30 11')
  })

  test('is taken out once it is deleted, whatever the list is in order by', () => {
    expect(place(byName, { id: '20', hasRow: false })).toBe('10 30 9')
    expect(place(byName, { id: 'behind', hasRow: false })).toBe('10 20 30 9')
    expect(place(byName, { id: 'unknown', hasRow: false })).toBe('stale')
  })

  test('is known to be outside where all runs of the list were read', () => {
    const { shown, stored } = readThree(newest)
    const whole = { ...stored, pageInfo: { hasNextPage: false, endCursor: '30' } }
    expect(said(placeRun(whole, shown, run({})))).toBe('10 20 30 10')
    expect(said(placeRun(whole, shown, run({ cursor: '40' })))).toBe('10 20 30 new 11')
  })

  test('before the list was read again counts as long as it is in it, or is not, as before, and for nothing where the reading is older', () => {
    const { shown, stored } = readThree(newest)
    const page = {
      edges: stored.nodes.map(({ __ref }) => ({ cursor: __ref.slice(4), node: { id: __ref.slice(4) } })),
      pageInfo: stored.pageInfo,
    }
    shown.replace(page, { isOlder: false })
    expect(said(placeRun(stored, shown, run({ id: 'behind', cursor: '50' })))).toBe('10 20 30 10')
    expect(said(placeRun(stored, shown, run({ id: 'behind' })))).toBe('stale')
    expect(said(placeRun(stored, shown, run({ id: 'gone' })))).toBe('10 20 30 10')
    expect(said(placeRun(stored, shown, run({ id: 'gone', cursor: '50' })))).toBe('stale')
    shown.replace(page, { isOlder: true })
    expect(said(placeRun(stored, shown, run({ id: 'gone' })))).toBe('stale')
  })
})

interface StoredRun {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly isArchived: boolean
  readonly isDeleted: boolean
}

type Deed = {
  readonly deed: 'launch' | 'rename' | 'archive' | 'unarchive' | 'delete' | 'restore'
  readonly which: number
  readonly name: string
}
type Step = Deed | 'read more' | 'read again'

const lists = [
  { title: 'of all, the newest first', list: newest, has: (row: StoredRun) => !row.isArchived && !row.isDeleted },
  { title: 'of some, the newest first', list: some, has: (row: StoredRun) => !row.isArchived && !row.isDeleted && row.name < 'm' },
  { title: 'of what is deleted', list: trash, has: (row: StoredRun) => row.isDeleted },
  { title: 'of all by name', list: byName, has: (row: StoredRun) => !row.isArchived && !row.isDeleted },
  { title: 'of some by name', list: { ...some, ...byName }, has: (row: StoredRun) => !row.isArchived && !row.isDeleted && row.name < 'm' },
] as const

/** A lab, and the list of a page that is told what happens there. */
class Told {
  readonly #rows: StoredRun[] = []
  readonly #asked: (typeof lists)[number]
  readonly #shown: ShownList
  list: StoredList = { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false } }
  isStale = false

  constructor(asked: (typeof lists)[number], names: readonly string[]) {
    this.#asked = asked
    this.#shown = new ShownList(asked.list)
    for (const name of names) this.#launch(name)
    for (const row of this.#rows) if (row.number % 5 === 0) this.#change(row, { isArchived: true })
    for (const row of this.#rows) if (row.number % 4 === 0) this.#change(row, { isDeleted: true })
  }

  #launch(name: string): StoredRun {
    const row = { id: `r${this.#rows.length}`, number: this.#rows.length, name, isArchived: false, isDeleted: false }
    this.#rows.push(row)
    return row
  }

  #change(row: StoredRun, changes: Partial<StoredRun>): StoredRun {
    const changed = { ...row, ...changes }
    this.#rows[row.number] = changed
    return changed
  }

  /** As the API writes them: the newest run of one name comes first. */
  #cursorOf(row: StoredRun): string | null {
    const number = String(999 - row.number).padStart(3, '0')
    if (!this.#asked.has(row)) return null
    return this.#shown.isNewestFirst ? number : `${row.name}.${number}`
  }

  page(first: number, after = '') {
    const all = this.#rows
      .flatMap((row) => ({ cursor: this.#cursorOf(row) ?? '', node: { id: row.id } }))
      .filter(({ cursor }) => cursor !== '')
    const sorted = all.sort((one, other) => (one.cursor < other.cursor ? -1 : 1)).filter(({ cursor }) => cursor > after)
    const edges = sorted.slice(0, first)
    return { edges, totalCount: all.length, pageInfo: { hasNextPage: sorted.length > first, endCursor: edges.at(-1)?.cursor ?? null } }
  }

  readAgain(first: number): void {
    const page = this.page(first)
    this.#shown.replace(page, { isOlder: false })
    this.list = { ...page, nodes: page.edges.map(({ node }) => ({ __ref: `Run:${node.id}` })) }
    this.isStale = false
  }

  readMore(): void {
    const { hasNextPage, endCursor } = this.list.pageInfo
    if (!hasNextPage || !endCursor || this.isStale) return
    const page = this.page(4, endCursor)
    this.#shown.append(page)
    this.list = { ...page, nodes: [...this.list.nodes, ...page.edges.map(({ node }) => ({ __ref: `Run:${node.id}` }))] }
  }

  happens({ deed, which, name }: Deed): void {
    const row = this.#rows[which % this.#rows.length]
    if (!row) return
    const changed = {
      launch: () => this.#launch(name),
      rename: () => this.#change(row, { name }),
      archive: () => this.#change(row, { isArchived: true }),
      unarchive: () => this.#change(row, { isArchived: false }),
      delete: () => this.#change(row, { isDeleted: true }),
      restore: () => this.#change(row, { isDeleted: false }),
    }[deed]()
    const isNew = deed === 'launch' || (deed === 'restore' && row.isDeleted)
    const cursor = this.#cursorOf(changed)
    const placed = placeRun(this.list, this.#shown, { id: changed.id, cursor, isNew, hasRow: !changed.isDeleted })
    this.#shown.tell(changed.id, cursor)
    if (placed === 'stale') this.isStale = true
    else this.list = placed
  }
}

const name = fc.string({ unit: fc.constantFrom('a', 'k', 'p', 'z'), minLength: 1, maxLength: 3 })
const deed = fc.record<Deed>({
  deed: fc.constantFrom('launch', 'rename', 'archive', 'unarchive', 'delete', 'restore'),
  which: fc.nat(40),
  name,
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: deed },
  { weight: 1, arbitrary: fc.constantFrom('read more' as const, 'read again' as const) },
)

describe('a list that is told what happens', () => {
  it.each(lists)('$title is as the API has it, or is read again', (asked) => {
    let kept = 0
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 24 }), fc.array(step, { maxLength: 30 }), (names, steps) => {
        const told = new Told(asked, names)
        told.readAgain(4)
        for (const each of steps) {
          if (each === 'read more') told.readMore()
          else if (each === 'read again') told.readAgain(4)
          else told.happens(each)
          if (told.isStale) told.readAgain(Math.max(4, told.list.nodes.length))
          else kept++
          const { totalCount, edges } = told.page(told.list.nodes.length)
          expect(idsOf(told.list)).toEqual(edges.map(({ node }) => node.id))
          expect(told.list.totalCount).toBe(totalCount)
        }
      }),
      { numRuns: 300 },
    )
    expect(kept).toBeGreaterThan(0)
  })
})
