import { useApolloClient } from '@apollo/client/react'
import { useCallback, useState } from 'react'
import type { DoomedRun } from '../../entities/run/DeleteRunsDialog'
import { useTrashRuns } from '../../entities/run/useTrashRuns'
import { countSelected, type RowSelection, type SelectedRuns } from './RowSelection'
import { type Matching, namedRuns, selectionInput } from './selectionInput'

interface Doomed {
  readonly selected: SelectedRuns
  /** Those that are known by name. */
  readonly runs: readonly DoomedRun[]
  readonly count: number
}

const nothing: Doomed = { selected: { isAll: false, ids: [] }, runs: [], count: 0 }

/** Asks once before runs are moved to the trash, one or all that are ticked. */
export function useDeletion(selection: RowSelection, matching: Matching) {
  const client = useApolloClient()
  const { trash, isRunning } = useTrashRuns()
  const [doomed, setDoomed] = useState(nothing)
  const { filter, count: matched } = matching
  const askOne = useCallback((run: DoomedRun) => setDoomed({ selected: { isAll: false, ids: [run.id] }, runs: [run], count: 1 }), [])
  const ask = useCallback(
    (selected: SelectedRuns) =>
      setDoomed({ selected, runs: selected.isAll ? [] : namedRuns(client, selected.ids), count: countSelected(selected, matched) }),
    [client, matched],
  )
  const confirm = async () => {
    const gone = await trash(await selectionInput(client, doomed.selected, { filter, count: matched }))
    if (!gone) return
    setDoomed(nothing)
    if (doomed.selected.isAll) selection.clear()
    else selection.set(gone, false)
  }
  return { doomed, askOne, ask, confirm, isRunning, close: () => setDoomed(nothing) }
}
