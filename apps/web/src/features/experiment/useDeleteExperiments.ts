import { useMutation } from '@apollo/client/react'
import { applyExperimentsChanged } from '../../data/applyExperimentsChanged'
import { DeleteExperimentsDocument } from '../../data/generated/graphql'
import { useReportedAction } from '../../data/useReportedAction'

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
