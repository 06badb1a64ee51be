import { useQuery } from '@apollo/client/react'
import { useMemo } from 'react'
import { PresetEstimatesDocument, type PresetEstimatesQuery } from '../graphql/generated/graphql'

export type PresetEstimate = PresetEstimatesQuery['presetEstimates'][number]

/** Reads how long each preset takes on the server's machine, by its id; the first time that takes up to a minute, while it is undefined. */
export function usePresetEstimates(): ReadonlyMap<string, PresetEstimate> | undefined {
  const { data } = useQuery(PresetEstimatesDocument)
  return useMemo(() => data && new Map(data.presetEstimates.map((estimate) => [estimate.id, estimate])), [data])
}
