import { useApolloClient } from '@apollo/client/react'
import { notifications } from '@mantine/notifications'
import { useCallback, useState } from 'react'
import { toApiError } from '../../data/apiError'
import type { RunSelection } from '../../data/generated/graphql'
import type { DoomedRun } from '../../entities/run/DeleteRunsDialog'
import { useTrashRuns } from '../../entities/run/useTrashRuns'
import { countSelected, type RowSelection, type SelectedRuns } from './RowSelection'
import { type Matching, namedRuns, selectionInput } from './selectionInput'

interface Doomed {
  /** What is sent: the runs that the dialog spoke of, whatever matches by then. */
  readonly selection: RunSelection
  /** Those that are known by name. */
  readonly runs: readonly DoomedRun[]
  readonly count: number
}

const nothing: Doomed = { selection: { ids: [] }, runs: [], count: 0 }

/** Asks once before runs are moved to the trash, one or all that are ticked. */
export function useDeletion(selection: RowSelection, matching: Matching) {
  const client = useApolloClient()
  const { trash, isRunning } = useTrashRuns()
  const [doomed, setDoomed] = useState(nothing)
  const { filter, count: matched } = matching
  const askOne = useCallback((run: DoomedRun) => setDoomed({ selection: { ids: [run.id] }, runs: [run], count: 1 }), [])
  const ask = useCallback(
    (selected: SelectedRuns) => {
      const runs = selected.isAll ? [] : namedRuns(client, selected.ids)
      const count = countSelected(selected, matched)
      selectionInput(client, selected, { filter, count: matched })
        .then((input) => setDoomed({ selection: input, runs, count }))
        .catch((cause: unknown) => notifications.show({ title: 'Nothing was deleted', message: toApiError(cause).message, color: 'red' }))
    },
    [client, filter, matched],
  )
  const confirm = async () => {
    const gone = await trash(doomed.selection)
    const isAll = doomed.selection.matching !== undefined
    // Where others match by now, what was asked about is asked again.
    if (gone || isAll) setDoomed(nothing)
    if (!gone) return
    if (isAll) selection.clear()
    else selection.set(gone, false)
  }
  return { doomed, askOne, ask, confirm, isRunning, close: () => setDoomed(nothing) }
}
