import { useQuery } from '@apollo/client/react'
import type { RunConfig } from '@hourglass/autoencoders'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { ExperimentNeedsDocument, type ExperimentNeedsQuery } from '../../data/generated/graphql'
import { writeRunConfig } from '../../data/readRunConfig'
import { secondsOfSeeds } from './secondsOfSeeds'

export interface RunNeeds {
  readonly needs: ExperimentNeedsQuery['experimentNeeds']
  /** Seconds of all runs; null while nothing is known that tells. */
  readonly seconds: number | null
}

/** How long typing must pause before the server is asked, in milliseconds. */
const PAUSE = 400
/** How often the time is asked for again until it is known, in milliseconds. */
const AGAIN = 2_000

/** Asks what runs will need on the server's machine, each trained with so many seeds; undefined until it has answered. */
export function useRunNeeds(configs: readonly RunConfig[], seeds: number): RunNeeds | undefined {
  const [settled] = useDebouncedValue(configs, PAUSE)
  const inputs = useMemo(() => settled.map(writeRunConfig), [settled])
  const [isKnown, setKnown] = useState(true)
  const { data, previousData } = useQuery(ExperimentNeedsDocument, {
    variables: { configs: inputs },
    skip: inputs.length === 0,
    pollInterval: isKnown ? 0 : AGAIN,
  })
  const hasTime = data === undefined || data.experimentEstimate !== null
  if (hasTime !== isKnown) setKnown(hasTime)
  const known = data ?? previousData
  return useMemo(() => {
    if (!known) return undefined
    const { experimentNeeds, experimentEstimate, lab } = known
    const launched = { runs: Math.max(1, inputs.length), seeds, maxRuns: lab.maxRuns }
    return {
      needs: { ...experimentNeeds, diskBytes: experimentNeeds.diskBytes * seeds },
      seconds: experimentEstimate === null ? null : secondsOfSeeds({ ...launched, seconds: experimentEstimate }),
    }
  }, [known, seeds, inputs.length])
}
