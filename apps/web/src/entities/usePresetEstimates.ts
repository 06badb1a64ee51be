import { useQuery } from '@apollo/client/react'
import { useMemo, useState } from 'react'
import { PresetEstimatesDocument, type PresetEstimatesQuery } from '../data/generated/graphql'

export type PresetEstimate = PresetEstimatesQuery['presetEstimates'][number]
export type MachineSpeed = PresetEstimatesQuery['lab']['speed']

/** How often estimates are asked for again until the speed of the machine is known well, in milliseconds. */
const POLL_INTERVAL = 5_000

/**
 * Reads how long each preset takes on the server's machine, by its id, and how well the speed of that is known; the first time that takes up to a minute,
 * while both are undefined.
 */
export function usePresetEstimates() {
  const [isKnown, setIsKnown] = useState(false)
  const { data } = useQuery(PresetEstimatesDocument, {
    fetchPolicy: 'cache-and-network',
    pollInterval: isKnown ? 0 : POLL_INTERVAL,
  })
  const speed = data?.lab.speed
  const isMeasured = speed?.state === 'MEASURED'
  if (isMeasured !== isKnown) setIsKnown(isMeasured)
  const estimates = useMemo(() => data && new Map(data.presetEstimates.map((estimate) => [estimate.id, estimate])), [data])
  return { estimates, speed }
}
