import type { Reference } from '@apollo/client'
import type { ShownList } from './ShownList'

/** A list as the cache has it, from its first run to the last that was read. */
export interface StoredList {
  readonly nodes: readonly Reference[]
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
}

export interface PlacedRun {
  readonly id: string
  /** Where it stands now; null where it is not in the list. */
  readonly cursor: string | null
  /** Whether it was launched, or is back from the trash. */
  readonly isNew: boolean
  /** Whether its row was told too. @default true */
  readonly hasRow?: boolean
}

/** Where a run is: among those that were read, behind them, or not in the list. */
type Place = 'read' | 'behind' | 'outside'

/** What becomes of the list; `again` where it is to be read again. */
type Change = 'none' | 'insert' | 'remove' | 'countOneMore' | 'countOneLess' | 'again'

/** By where the run was and where it is now, where runs do not move. */
const changes = {
  read: { read: 'none', behind: 'again', outside: 'remove' },
  behind: { read: 'again', behind: 'none', outside: 'countOneLess' },
  outside: { read: 'insert', behind: 'countOneMore', outside: 'none' },
  unknown: { read: 'again', behind: 'again', outside: 'again' },
} as const satisfies Record<Place | 'unknown', Record<Place, Change>>

/**
 * Puts a run where it stands by now, or tells that the list is to be read again: where it is not known whether the run was in the list before, and where others
 * are in order by what changes of runs, since somebody may look at them. One that is deleted goes at once, as its row does.
 */
export function placeRun(stored: StoredList, shown: ShownList, told: PlacedRun): StoredList | 'stale' {
  const { id, cursor, hasRow = true } = told
  if (shown.cursorOf(id) === cursor) return stored
  const change = changes[placeBefore(stored, shown, told)][placeOf(stored, cursor)]
  const isStaying = change === 'none' && (shown.isNewestFirst || placeOf(stored, cursor) !== 'read')
  if (isStaying) return stored
  const isGone = !hasRow && cursor === null
  if (change === 'again' || !(shown.isNewestFirst || isGone) || (change === 'insert' && !hasRow)) return 'stale'
  const { nodes, totalCount } = stored
  const others = nodes.filter((node) => idOf(node) !== id)
  switch (change) {
    case 'insert':
      return { ...stored, nodes: inserted(others, shown, told), totalCount: totalCount + 1 }
    case 'remove':
      return { ...stored, nodes: others, totalCount: totalCount - 1 }
    case 'countOneMore':
      return { ...stored, totalCount: totalCount + 1 }
    case 'countOneLess':
      return { ...stored, totalCount: totalCount - 1 }
    case 'none':
      return stored
  }
}

function placeOf({ pageInfo: { hasNextPage, endCursor } }: StoredList, cursor: string | null): Place {
  if (cursor === null) return 'outside'
  return hasNextPage && endCursor && cursor > endCursor ? 'behind' : 'read'
}

function placeBefore(stored: StoredList, shown: ShownList, { id, cursor, isNew }: PlacedRun): Place | 'unknown' {
  if (stored.nodes.some((node) => idOf(node) === id)) return 'read'
  // Where runs do not move, one that belongs among those that were read would have been there.
  if (shown.isNewestFirst && placeOf(stored, cursor) === 'read') return 'outside'
  const known = shown.cursorBefore(id, cursor)
  if (known === null) return 'outside'
  if (known !== undefined) return placeOf(stored, known) === 'behind' ? 'behind' : 'unknown'
  if (!stored.pageInfo.hasNextPage) return 'outside'
  // One that was launched was in no list, and one that comes back from the trash only in lists of what is deleted.
  return isNew && cursor === null && !shown.mayHaveDeleted ? 'outside' : 'unknown'
}

function inserted(others: readonly Reference[], shown: ShownList, { id, cursor }: PlacedRun): readonly Reference[] {
  const next = others.findIndex((node) => (shown.cursorOf(idOf(node)) ?? '') > (cursor ?? ''))
  const place = next < 0 ? others.length : next
  return [...others.slice(0, place), { __ref: `Run:${id}` }, ...others.slice(place)]
}

const idOf = ({ __ref }: Reference) => __ref.slice('Run:'.length)
