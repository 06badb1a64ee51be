import { useQuery } from '@apollo/client/react'
import { useEffect, useMemo } from 'react'
import { type RunFilter, RunIdsDocument, type RunOrder } from '../../data/generated/graphql'
import { type ComparedRun, useComparedRuns } from '../../entities/run/useComparedRuns'
import { useChartPoints } from '../../ui/useChartPoints'
import type { RowSelection } from './RowSelection'
import { useSelected } from './useRowSelection'

/** Runs that are set side by side at once. */
export const MOST_COMPARED = 50

interface Selecting {
  readonly selection: RowSelection
  /** Runs that are ticked. */
  readonly count: number
  readonly filter: RunFilter | null
  readonly orderBy: RunOrder[] | null
}

const none: readonly string[] = []

/** Reads the runs that are ticked with their curves; `ids` is null where they are too many for that, or not known yet. Ids that name no run are ticked no more. */
export function useSelectedRuns({ selection, count, filter, orderBy }: Selecting): {
  readonly ids: readonly string[] | null
  readonly runs: readonly ComparedRun[]
} {
  const { isAll, ids: ticked } = useSelected(selection)
  const isFew = count <= MOST_COMPARED
  const { data } = useQuery(RunIdsDocument, {
    variables: { first: MOST_COMPARED + ticked.length, filter, orderBy },
    skip: !isAll || !isFew,
    fetchPolicy: 'no-cache',
  })
  const ids = useMemo(() => {
    if (!isFew) return null
    if (!isAll) return ticked
    return data ? data.runs.nodes.map(({ id }) => id).filter((id) => !ticked.includes(id)) : null
  }, [isAll, isFew, ticked, data])
  const { runs, missing } = useComparedRuns(ids ?? none, { maxPoints: useChartPoints() })
  useEffect(() => {
    if (!isAll && missing.length > 0) selection.set(missing, false)
  }, [selection, isAll, missing])
  return { ids, runs }
}
