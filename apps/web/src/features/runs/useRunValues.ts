import { useFragment } from '@apollo/client/react'
import { useMemo } from 'react'
import { type ReconstructionsFieldsFragment, RunColumnFieldsFragmentDoc } from '../../data/generated/graphql'
import { columnVariables } from '../../data/shownColumns'
import type { ColumnValue, RowValues } from './RunColumn'

/** Reads from the cache what a run has in the columns that were asked for, and follows it. */
export function useRunValues(id: string, columns: readonly string[]): RowValues {
  const { data, complete } = useFragment({
    fragment: RunColumnFieldsFragmentDoc,
    fragmentName: 'RunColumnFields',
    from: columns.length > 0 ? { __typename: 'Run', id } : null,
    variables: columnVariables(columns),
  })
  const values = complete ? data.values : undefined
  const reconstructions: ReconstructionsFieldsFragment | null = (complete ? data.reconstructions : undefined) ?? null
  return useMemo(() => {
    const byName = new Map<string, ColumnValue>(values?.map((value) => [value.name, value]))
    return { read: (name) => byName.get(name), reconstructions }
  }, [values, reconstructions])
}
