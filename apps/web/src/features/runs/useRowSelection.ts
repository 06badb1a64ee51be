import { debounce, parseAsArrayOf, parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { RunFilter } from '../../data/generated/graphql'
import { RowSelection, type SelectedRuns } from './RowSelection'

/** An address holds so many ids; of more it says nothing. */
const MOST_IN_ADDRESS = 500

const parsers = {
  select: parseAsArrayOf(parseAsString).withDefault([]),
  /** All that match, but those of `select`. */
  all: parseAsBoolean.withDefault(false),
}

/** Keeps which runs are ticked, in the address too. Whoever only ticks is not drawn again by it. All that match a filter are those of that filter alone. */
export function useRowSelection(filter: RunFilter | null): RowSelection {
  const [{ select, all }, setAddress] = useQueryStates(parsers, { history: 'replace', limitUrlUpdates: debounce(250) })
  const [selection] = useState(() => new RowSelection())
  const [written] = useState<{ current: SelectedRuns | null }>({ current: null })
  useEffect(() => {
    // What was written by this page comes back to it.
    if (written.current && written.current.isAll === all && written.current.ids.join() === select.join()) return
    written.current = { isAll: all, ids: select }
    selection.replace(written.current)
  }, [selection, written, select, all])
  useEffect(
    () =>
      selection.subscribe(() => {
        const { isAll, ids } = selection.get()
        const kept = ids.length > MOST_IN_ADDRESS ? { isAll: false, ids: [] } : { isAll, ids }
        written.current = kept
        void setAddress({ select: kept.ids.length > 0 ? [...kept.ids] : null, all: kept.isAll || null })
      }),
    [selection, written, setAddress],
  )
  const matched = JSON.stringify(filter)
  const before = useRef(matched)
  useEffect(() => {
    if (before.current === matched) return
    before.current = matched
    if (selection.get().isAll) selection.clear()
  }, [selection, matched])
  return selection
}

/** Follows all that is ticked. */
export function useSelected(selection: RowSelection): SelectedRuns {
  return useSyncExternalStore(selection.subscribe, selection.get, selection.get)
}

/** Follows whether any run is ticked. */
export function useHasSelection(selection: RowSelection): boolean {
  return useSyncExternalStore(
    selection.subscribe,
    () => selection.get().isAll || selection.get().ids.length > 0,
    () => false,
  )
}

/** Follows whether one run is ticked. */
export function useIsSelected(selection: RowSelection, id: string): boolean {
  return useSyncExternalStore(
    selection.subscribe,
    () => selection.has(id),
    () => false,
  )
}
