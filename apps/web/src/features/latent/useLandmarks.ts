import { useQuery } from '@apollo/client/react'
import { type ApiError, toApiError } from '../../data/apiError'
import { AddLandmarkDocument, type LandmarkFieldsFragment, LandmarksDocument, RemoveLandmarkDocument } from '../../data/generated/graphql'
import { defineAction } from '../../data/useAction'
import { useKept } from '../../files/useKept'

export type Landmark = LandmarkFieldsFragment

/** Gives something in the latent space of a run a name. Why something is refused stands beside its field. */
export const addLandmark = defineAction({ document: AddLandmarkDocument })

/** Takes the name away again. */
export const removeLandmark = defineAction({ document: RemoveLandmarkDocument, failure: 'The name was not removed' })

export interface LandmarksState {
  /** By name; undefined until they are known. */
  readonly landmarks: readonly Landmark[] | undefined
  readonly error: ApiError | null
  readonly retry: () => void
}

/** Reads what has a name in the latent space of a run, and follows it. */
export function useLandmarks(runId: string): LandmarksState {
  const { data, error, refetch } = useQuery(LandmarksDocument, { variables: { id: runId } })
  // While they are read again, those before stay.
  const landmarks = useKept(data?.run?.landmarks ?? null)
  return { landmarks: landmarks ?? undefined, error: error ? toApiError(error) : null, retry: () => void refetch() }
}
