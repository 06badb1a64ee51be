import type { QueueTarget } from '../../data/generated/graphql'

/** Where a run is moved to. */
export type Move = 'first' | 'up' | 'down' | 'last' | { readonly before: string } | { readonly after: string }

export interface QueueOrder {
  /** The first that wait. */
  readonly ids: readonly string[]
  /** All that wait. */
  readonly count: number
}

/** Says to the API where a run of a queue is to wait; null where it waits there already. */
export function targetOf({ ids, count }: QueueOrder, id: string, move: Move): QueueTarget | null {
  const place = ids.indexOf(id)
  if (place < 0) return null
  if (typeof move === 'object') {
    const [other, isBehind] = 'before' in move ? [move.before, false] : [move.after, true]
    const beside = ids.indexOf(other)
    if (beside < 0 || other === id || beside === (isBehind ? place - 1 : place + 1)) return null
    return isBehind ? { after: other } : { before: other }
  }
  const [before, after] = [ids[place - 1], ids[place + 1]]
  if (move === 'first') return before === undefined ? null : { first: true }
  if (move === 'up') return before === undefined ? null : { before }
  if (move === 'down') return after === undefined ? null : { after }
  return place >= count - 1 ? null : { last: true }
}

/** Gives the order that a queue has once a run was moved. */
export function reordered(ids: readonly string[], id: string, target: QueueTarget): readonly string[] {
  const others = ids.filter((other) => other !== id)
  if (target.last) return [...others, id]
  const beside = target.before ?? target.after
  const place = beside ? others.indexOf(beside) + (target.after ? 1 : 0) : 0
  return [...others.slice(0, place), id, ...others.slice(place)]
}
