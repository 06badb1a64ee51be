import { useMutation } from '@apollo/client/react'
import { useCallback } from 'react'
import { toApiError } from '../../data/apiError'
import { UpdateExperimentDocument, type UpdateExperimentInput } from '../../data/generated/graphql'

/** Renames an experiment. Rejects with an Error whose message can stand beside the field. */
export function useUpdateExperiment() {
  const [mutate] = useMutation(UpdateExperimentDocument)
  return useCallback(
    async (id: string, input: UpdateExperimentInput) => {
      try {
        await mutate({ variables: { id, input } })
      } catch (error) {
        throw new Error(toApiError(error).message, { cause: error })
      }
    },
    [mutate],
  )
}
