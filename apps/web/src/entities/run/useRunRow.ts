import { useFragment } from '@apollo/client/react'
import { type RunRowFieldsFragment, RunRowFieldsFragmentDoc } from '../../data/generated/graphql'

export type RunRow = RunRowFieldsFragment

/** Reads one row of the table from the cache and follows it; undefined once the run is deleted. */
export function useRunRow(id: string): RunRow | undefined {
  const { data, complete } = useFragment({
    fragment: RunRowFieldsFragmentDoc,
    fragmentName: 'RunRowFields',
    from: { __typename: 'Run', id },
  })
  return complete ? data : undefined
}
