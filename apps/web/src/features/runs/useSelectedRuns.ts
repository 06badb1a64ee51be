import { useQuery, useReactiveVar } from '@apollo/client/react'
import { useEffect, useMemo } from 'react'
import { type RunFilter, RunIdsDocument, type RunOrder } from '../../data/generated/graphql'
import { runChanges } from '../../data/useRunsChanged'
import { type ComparedRun, useComparedRuns } from '../../entities/run/useComparedRuns'
import { useChartPoints } from '../../ui/useChartPoints'
import type { RowSelection } from './RowSelection'
import { useSelected } from './useRowSelection'

/** Runs that are set side by side at once. */
export const MOST_COMPARED = 50
/** Runs that an experiment has. */
const MOST_SAVED = 200
/** What the API lists at once. */
const MOST_LISTED = 500

interface Selecting {
  readonly selection: RowSelection
  /** Runs that are ticked. */
  readonly count: number
  readonly filter: RunFilter | null
  readonly orderBy: RunOrder[] | null
}

interface SelectedRunsRead {
  /** Null where they are more than an experiment has, or not known yet. */
  readonly ids: readonly string[] | null
  /** Those with their curves; none where they are too many to be set side by side. */
  readonly runs: readonly ComparedRun[]
}

const none: readonly string[] = []

/** Reads which runs are ticked, and these with their curves as far as they are few. Ids that name no run are ticked no more. */
export function useSelectedRuns({ selection, count, filter, orderBy }: Selecting): SelectedRunsRead {
  const { isAll, ids: ticked } = useSelected(selection)
  const isListed = isAll && count <= MOST_SAVED && count + ticked.length <= MOST_LISTED
  const { data, refetch } = useQuery(RunIdsDocument, {
    variables: { first: MOST_LISTED, filter, orderBy },
    skip: !isListed,
    fetchPolicy: 'no-cache',
  })
  const changes = useReactiveVar(runChanges)
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every change others may match
  useEffect(() => {
    // Where it fails, what was read stays.
    if (isListed) refetch().catch(() => undefined)
  }, [changes])
  const ids = useMemo(() => {
    if (count > MOST_SAVED) return null
    if (!isAll) return ticked
    return isListed && data ? data.runs.nodes.map(({ id }) => id).filter((id) => !ticked.includes(id)) : null
  }, [count, isAll, isListed, ticked, data])
  const few = ids && ids.length <= MOST_COMPARED ? ids : none
  const { runs, missing } = useComparedRuns(few, { maxPoints: useChartPoints() })
  useEffect(() => {
    if (!isAll && missing.length > 0) selection.set(missing, false)
  }, [selection, isAll, missing])
  return { ids, runs }
}
