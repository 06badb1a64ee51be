/** Runs that are ticked: some by their ids, or all that match but some. */
export interface SelectedRuns {
  readonly isAll: boolean
  /** Ids of those that are ticked, or, of all, of those that are not. */
  readonly ids: readonly string[]
}

const none: SelectedRuns = { isAll: false, ids: [] }

/** Holds which runs are ticked, outside of React: a row is told of itself alone, so that to tick one draws no other. */
export class RowSelection {
  #selected: SelectedRuns = none
  #ids: ReadonlySet<string> = new Set()
  /** Where a range begins. */
  #anchor: string | null = null
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly get = (): SelectedRuns => this.#selected

  has(id: string): boolean {
    return this.#ids.has(id) !== this.#selected.isAll
  }

  /** Ticks a run, or no longer; with a list, all from the one that was ticked last to this one in its order. */
  toggle(id: string, range: readonly string[] | null): void {
    const isTicked = !this.has(id)
    const [from, to] = [range?.indexOf(this.#anchor ?? '') ?? -1, range?.indexOf(id) ?? -1]
    const meant = range && from >= 0 && to >= 0 ? range.slice(Math.min(from, to), Math.max(from, to) + 1) : [id]
    this.#anchor = id
    this.set(meant, isTicked)
  }

  set(ids: readonly string[], isTicked: boolean): void {
    const { isAll } = this.#selected
    const next = new Set(this.#ids)
    for (const id of ids) {
      if (isTicked === isAll) next.delete(id)
      else next.add(id)
    }
    this.replace({ isAll, ids: [...next] })
  }

  all(): void {
    this.replace({ isAll: true, ids: [] })
  }

  clear(): void {
    this.#anchor = null
    this.replace(none)
  }

  replace(selected: SelectedRuns): void {
    if (selected.isAll === this.#selected.isAll && selected.ids.join() === this.#selected.ids.join()) return
    this.#selected = selected
    this.#ids = new Set(selected.ids)
    for (const listener of this.#listeners) listener()
  }
}

/** Counts the runs that are ticked, of so many that match. */
export function countSelected({ isAll, ids }: SelectedRuns, matching: number): number {
  return isAll ? Math.max(0, matching - ids.length) : ids.length
}
