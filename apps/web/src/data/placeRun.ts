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
  /** Whether it was in no list before. */
  readonly isNew: boolean
}

/**
 * Puts a run where it stands by now, or tells that the list is to be read again: where others are in order by what changes of runs, since somebody may look
 * at them, and where it is not known whether the run was among those that were not read yet.
 */
export function placeRun(stored: StoredList, shown: ShownList, { id, cursor, isNew }: PlacedRun): StoredList | 'stale' {
  const known = shown.cursorOf(id)
  if (cursor === known) return stored
  const { hasNextPage, endCursor } = stored.pageInfo
  const isUnread = (place: string | null | undefined) => hasNextPage && !!place && !!endCursor && place > endCursor
  const isListed = stored.nodes.some((node) => idOf(node) === id)
  const isSeen = cursor !== null && !isUnread(cursor)
  const wasOutside = !isListed && (!hasNextPage || (isNew && cursor === null) || (shown.isNewestFirst && isSeen))
  const before = known === undefined && wasOutside ? null : known
  if (before === cursor) return stored
  // Of all runs, one that is neither new nor known was behind those that were read before, too.
  if (isUnread(cursor) && (before === undefined ? shown.hasAll && !isNew : isUnread(before))) return stored
  if (before === undefined || !shown.isNewestFirst) return 'stale'
  const others = stored.nodes.filter((node) => idOf(node) !== id)
  const behind = others.findIndex((node) => (shown.cursorOf(idOf(node)) ?? '') > (cursor ?? ''))
  const place = behind < 0 ? others.length : behind
  const nodes = isSeen ? [...others.slice(0, place), { __ref: `Run:${id}` }, ...others.slice(place)] : others
  return { ...stored, nodes, totalCount: stored.totalCount + (cursor === null ? 0 : 1) - (before === null ? 0 : 1) }
}

const idOf = ({ __ref }: Reference) => __ref.slice('Run:'.length)
