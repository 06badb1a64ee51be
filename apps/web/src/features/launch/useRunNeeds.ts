import { skipToken, useQuery } from '@apollo/client/react'
import type { RunConfig } from '@hourglass/autoencoders'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo } from 'react'
import { ExperimentNeedsDocument, type ExperimentNeedsQuery, RunEstimateDocument } from '../../data/generated/graphql'
import { writeRunConfig } from '../../data/readRunConfig'

export interface RunNeeds {
  readonly needs: ExperimentNeedsQuery['experimentNeeds']
  /** Seconds of one run; null while nothing is known that tells, and for several. */
  readonly seconds: number | null
}

/** How long typing must pause before the server is asked, in milliseconds. */
const PAUSE = 400

/** Asks what runs will need on the server's machine; undefined until it has answered. */
export function useRunNeeds(configs: readonly RunConfig[]): RunNeeds | undefined {
  const [settled] = useDebouncedValue(configs, PAUSE)
  const inputs = useMemo(() => settled.map(writeRunConfig), [settled])
  const [first] = inputs
  const { data, previousData } = useQuery(ExperimentNeedsDocument, { variables: { configs: inputs }, skip: inputs.length === 0 })
  const isOne = first !== undefined && inputs.length === 1
  const estimate = useQuery(RunEstimateDocument, isOne ? { variables: { config: first } } : skipToken)
  const known = data ?? previousData
  return known && { needs: known.experimentNeeds, seconds: (isOne && estimate.data?.runEstimate) || null }
}
