import { createLoader, debounce, parseAsArrayOf, parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
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

const readAddress = createLoader(parsers)

/** What the address says now, which the router tells a moment later. */
function inAddress(): SelectedRuns {
  const { all, select } = readAddress(location.search)
  return { isAll: all, ids: select }
}

/** Keeps which runs are ticked, in the address too. Whoever only ticks is not drawn again by it. All that match a filter are those of that filter alone. */
export function useRowSelection(filter: RunFilter | null): RowSelection {
  const [{ select, all }, setAddress] = useQueryStates(parsers, { history: 'replace', limitUrlUpdates: debounce(250) })
  const [selection] = useState(() => new RowSelection())
  const [written] = useState<{ current: SelectedRuns | null; waiting: number }>({ current: null, waiting: 0 })
  useEffect(() => {
    // What was written by this page comes back to it, and what the address said a moment ago may come after a tick that is to be written.
    if (written.waiting > 0 || (written.current && isSame(written.current, { isAll: all, ids: select }))) return
    if (!isSame(inAddress(), { isAll: all, ids: select })) return
    written.current = { isAll: all, ids: select }
    selection.replace(written.current)
  }, [selection, written, select, all])
  useEffect(() => {
    const { pathname } = location
    const write = (kept: SelectedRuns): void => {
      written.current = kept
      written.waiting++
      const isWritten = () => {
        written.waiting--
        // nuqs forgets what waits to be written as the router begins to draw another page.
        const isLost = written.current === kept && location.pathname === pathname && !isSame(inAddress(), kept)
        if (isLost) write(kept)
      }
      setAddress({ select: kept.ids.length > 0 ? [...kept.ids] : null, all: kept.isAll || null }).then(isWritten, isWritten)
    }
    return selection.subscribe(() => {
      const { isAll, ids } = selection.get()
      write(ids.length > MOST_IN_ADDRESS ? { isAll: false, ids: [] } : { isAll, ids })
    })
  }, [selection, written, setAddress])
  const matched = JSON.stringify(filter)
  const before = useRef(matched)
  useEffect(() => {
    if (before.current === matched) return
    before.current = matched
    if (selection.get().isAll) selection.clear()
  }, [selection, matched])
  return selection
}

const isSame = (a: SelectedRuns, b: SelectedRuns) => a.isAll === b.isAll && a.ids.join() === b.ids.join()

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
