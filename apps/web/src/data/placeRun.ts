import type { Reference } from '@apollo/client'
import type { ShownList } from './ShownList'

/** A list as the cache has it, from its first run to the last that was read. */
export interface StoredList {
  readonly nodes: readonly Reference[]
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean }
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
  // It is being read.
  if (!shown.isRead || cursor === known) return stored
  const { hasNextPage } = stored.pageInfo
  const last = stored.nodes.at(-1)
  const end = hasNextPage && last ? shown.cursorOf(idOf(last)) : null
  // Others of it are still to be read.
  if (end === undefined) return 'stale'
  const isUnread = (place: string | null | undefined) => typeof place === 'string' && typeof end === 'string' && place > end
  const isSeen = cursor !== null && !isUnread(cursor)
  const wasOutside = !hasNextPage || (isNew && cursor === null) || (shown.isNewestFirst && isSeen)
  const before = known === undefined && wasOutside ? null : known
  if (before === cursor) return stored
  if (isUnread(cursor) && (before === undefined ? shown.hasAll : isUnread(before))) return stored
  if (before === undefined || !shown.isNewestFirst) return 'stale'
  const others = stored.nodes.filter((node) => idOf(node) !== id)
  const behind = others.findIndex((node) => (shown.cursorOf(idOf(node)) ?? '') > (cursor ?? ''))
  const place = behind < 0 ? others.length : behind
  const nodes = isSeen ? [...others.slice(0, place), { __ref: `Run:${id}` }, ...others.slice(place)] : others
  return { ...stored, nodes, totalCount: stored.totalCount + (cursor === null ? 0 : 1) - (before === null ? 0 : 1) }
}

const idOf = ({ __ref }: Reference) => __ref.slice('Run:'.length)
