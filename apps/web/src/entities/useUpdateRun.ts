import { useMutation } from '@apollo/client/react'
import { useCallback } from 'react'
import { toApiError } from '../data/apiError'
import { UpdateRunDocument, type UpdateRunInput } from '../data/generated/graphql'

/** Renames a run. Rejects with an Error whose message can stand beside the field. */
export function useUpdateRun() {
  const [mutate, { loading }] = useMutation(UpdateRunDocument)
  const updateRun = useCallback(
    async (id: string, input: UpdateRunInput) => {
      try {
        await mutate({ variables: { id, input } })
      } catch (error) {
        throw new Error(toApiError(error).message, { cause: error })
      }
    },
    [mutate],
  )
  return { updateRun, loading }
}
