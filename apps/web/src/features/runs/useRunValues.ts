import { useFragment } from '@apollo/client/react'
import { useMemo } from 'react'
import { RunColumnFieldsFragmentDoc } from '../../data/generated/graphql'
import type { ColumnValue, ReadValue } from './RunColumn'

/** Reads from the cache what a run has in the columns that were asked for, and follows it. */
export function useRunValues(id: string, columns: readonly string[]): ReadValue {
  const { data, complete } = useFragment({
    fragment: RunColumnFieldsFragmentDoc,
    fragmentName: 'RunColumnFields',
    from: columns.length > 0 ? { __typename: 'Run', id } : null,
    variables: { columns: [...columns], withColumns: true },
  })
  const values = complete ? data.values : undefined
  return useMemo(() => {
    const byName = new Map<string, ColumnValue>(values?.map((value) => [value.name, value]))
    return (name) => byName.get(name)
  }, [values])
}
