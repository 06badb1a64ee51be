import { useMutation } from '@apollo/client/react'
import { applyRunsChanged } from '../data/applyRunsChanged'
import { DeleteRunsDocument } from '../data/generated/graphql'
import { useReportedAction } from '../data/useReportedAction'

/** Deletes runs and everything they stored. Tells the user where that fails. */
export function useDeleteRuns() {
  const [mutate, { loading }] = useMutation(DeleteRunsDocument, {
    update: (cache, { data }) => {
      for (const id of data?.deleteRuns ?? []) applyRunsChanged(cache, { __typename: 'RunsChanged', change: 'DELETED', id, run: null })
    },
  })
  const deleteRuns = useReportedAction('Nothing was deleted', (ids: readonly string[]) => mutate({ variables: { ids: [...ids] } }))
  return { deleteRuns, loading }
}
