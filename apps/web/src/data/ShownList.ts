import { BehaviorSubject } from 'rxjs'
import type { RunList } from './generated/graphql'

/** A list of runs that a page shows, and where runs stand in it as far as the API has said. */
export class ShownList {
  readonly list: RunList
  readonly #cursors = new Map<string, string | null>()

  constructor({ filter, orderBy }: RunList) {
    this.list = { filter: filter ?? null, orderBy: orderBy ?? null }
  }

  /** Whether runs stay where they are: new ones come first, and none moves. */
  get isNewestFirst(): boolean {
    return this.list.orderBy === null
  }

  /** Whether it has every run that is neither archived nor deleted. */
  get hasAll(): boolean {
    return this.list.filter === null
  }

  /** Takes a page of it: its runs, and where each stands. */
  read(runs: readonly { readonly id: string }[], edges: readonly { readonly cursor: string }[]): void {
    for (const [index, { id }] of runs.entries()) this.#cursors.set(id, edges[index]?.cursor ?? null)
  }

  /** Takes what was told of a run: where it stands, or that it is not in the list. */
  tell(id: string, cursor: string | null): void {
    this.#cursors.set(id, cursor)
  }

  /** Where a run stands: the lesser text comes first. Null where it is not in the list, undefined where that is not known. */
  cursorOf(id: string): string | null | undefined {
    return this.#cursors.get(id)
  }
}

/** The lists that are told of: what changes of runs says where each stands there. The last that was shown stays, for whoever comes back to it. */
export const shownLists = new BehaviorSubject<readonly ShownList[]>([])

/** Has a list told of that was read, from that reading on. */
export function followList(list: ShownList): void {
  if (!shownLists.value.includes(list)) shownLists.next([list])
}
