import { debounce, parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import type { RunFilter, RunOrder } from '../../data/generated/graphql'

export const statusNames = ['QUEUED', 'RUNNING', 'STOPPED', 'COMPLETED', 'FAILED'] as const
export const orderFields = ['CREATED_AT', 'NAME', 'STATUS', 'VALIDATION_LOSS'] as const

const view = {
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(250) }),
  status: parseAsArrayOf(parseAsStringLiteral(statusNames)).withDefault([]),
  dataset: parseAsArrayOf(parseAsString).withDefault([]),
  sort: parseAsStringLiteral(orderFields).withDefault('CREATED_AT'),
  direction: parseAsStringLiteral(['DESC', 'ASC']).withDefault('DESC'),
  select: parseAsArrayOf(parseAsString).withDefault([]),
  scale: parseAsStringLiteral(['linear', 'log']).withDefault('linear'),
  curves: parseAsBoolean.withDefault(true),
}

/** Reads and writes what the address says about the table of runs: filter, order, selection and the axis of its curves. */
export function useRunsView() {
  const [state, setState] = useQueryStates(view, { history: 'replace' })
  const { q, status, dataset, sort, direction } = state
  const filter = useMemo<RunFilter | null>(() => {
    const text = q.trim()
    if (text === '' && status.length === 0 && dataset.length === 0) return null
    return {
      ...(text ? { text, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } : {}),
      ...(status.length > 0 ? { status } : {}),
      ...(dataset.length > 0 ? { dataset } : {}),
    }
  }, [q, status, dataset])
  const orderBy = useMemo<RunOrder | null>(
    () => (sort === 'CREATED_AT' && direction === 'DESC' ? null : { field: sort, direction }),
    [sort, direction],
  )
  return { state, setState, filter, orderBy }
}

export type RunsView = ReturnType<typeof useRunsView>['state']
