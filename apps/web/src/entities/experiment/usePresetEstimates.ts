import { useQuery } from '@apollo/client/react'
import { useMemo, useState } from 'react'
import { PresetEstimatesDocument, type PresetEstimatesQuery } from '../../data/generated/graphql'

export type PresetEstimate = PresetEstimatesQuery['presetEstimates'][number]

/** How often estimates are asked for again until all are known, in milliseconds. */
const POLL_INTERVAL = 5_000

/** Reads how long each preset takes on the server's machine, by its id; undefined until the server has answered. */
export function usePresetEstimates() {
  const [isKnown, setIsKnown] = useState(false)
  const { data } = useQuery(PresetEstimatesDocument, {
    fetchPolicy: 'cache-and-network',
    pollInterval: isKnown ? 0 : POLL_INTERVAL,
  })
  const areAllKnown = data?.presetEstimates.every(({ seconds, quickSeconds }) => seconds !== null && quickSeconds !== null) ?? false
  if (areAllKnown !== isKnown) setIsKnown(areAllKnown)
  const estimates = useMemo(() => data && new Map(data.presetEstimates.map((estimate) => [estimate.id, estimate])), [data])
  return { estimates }
}
