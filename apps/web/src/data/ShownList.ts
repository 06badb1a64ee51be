import { BehaviorSubject } from 'rxjs'
import type { RunList } from './generated/graphql'

/** A run of a page, and where it stands. */
export interface ListedRun {
  readonly cursor: string
  readonly node: { readonly id: string }
}

/** A page of a list. */
export interface ListedPage {
  readonly edges: readonly ListedRun[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
}

/** A list of runs that a page shows, and where runs stand in it as far as the API has said. */
export class ShownList {
  readonly list: RunList
  readonly #cursors = new Map<string, string | null>()
  /** What was told before the list was read last. Something may have happened in between that was not told yet. */
  #earlier: ReadonlyMap<string, string | null> = new Map()

  constructor({ filter, orderBy }: RunList) {
    this.list = { filter: filter ?? null, orderBy: orderBy ?? null }
  }

  /** Whether runs stay where they are: new ones come first, and none moves. */
  get isNewestFirst(): boolean {
    return this.list.orderBy === null
  }

  /** Whether deleted runs may be in it: conditions that find them name what they are. */
  get mayHaveDeleted(): boolean {
    return /deleted/i.test(JSON.stringify(this.list.filter))
  }

  /** Takes the list as it was read from its first run on. Where the reading is older than what was told, that comes again, and counts for nothing until then. */
  replace(page: ListedPage, { isOlder }: { readonly isOlder: boolean }): void {
    const told = [...this.#earlier, ...this.#cursors]
    this.#cursors.clear()
    this.#earlier = new Map(isOlder ? [] : told)
    this.append(page)
  }

  /** Takes a page behind those that were read. */
  append({ edges, pageInfo: { hasNextPage, endCursor } }: ListedPage): void {
    for (const { cursor, node } of edges) this.#cursors.set(node.id, cursor)
    const isUnread = (cursor: string | null) => cursor === null || (hasNextPage && !!endCursor && cursor > endCursor)
    // What would be among the runs that were read, and is not, has moved since.
    this.#earlier = new Map([...this.#earlier].filter(([id, cursor]) => !this.#cursors.has(id) && isUnread(cursor)))
  }

  /** Takes what was told of a run: where it stands, or that it is not in the list. */
  tell(id: string, cursor: string | null): void {
    this.#cursors.set(id, cursor)
  }

  /**
   * Where a run stood before it was told where it stands now: the lesser text comes first. Null where it was not in the list, undefined where that is not known:
   * of what was told before the list was read, it is known only of a run that is still in the list, or still is not.
   */
  cursorBefore(id: string, now: string | null): string | null | undefined {
    const known = this.#cursors.get(id)
    if (known !== undefined) return known
    const earlier = this.#earlier.get(id)
    return earlier !== undefined && (earlier === null) === (now === null) ? earlier : undefined
  }

  /** Where a run stands that was read or told of since the list was read. */
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
