import { useMutation } from '@apollo/client/react'
import { applyExperimentsChanged } from '../graphql/applyExperimentsChanged'
import { DeleteExperimentsDocument } from '../graphql/generated/graphql'
import { useReportedAction } from './useReportedAction'

/** Deletes experiments with their runs and everything these stored. Tells the user where that fails. */
export function useDeleteExperiments() {
  const [mutate] = useMutation(DeleteExperimentsDocument, {
    update: (cache, { data }) => {
      for (const id of data?.deleteExperiments ?? [])
        applyExperimentsChanged(cache, { __typename: 'ExperimentsChanged', change: 'DELETED', id, experiment: null })
    },
  })
  return useReportedAction('Nothing was deleted', (ids: readonly string[]) => mutate({ variables: { ids: [...ids] } }))
}
