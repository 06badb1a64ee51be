'use client'
import { useApolloClient } from '@apollo/client/react'
import { useMemo } from 'react'
import { ExampleSelectionDocument } from '../../data/generated/graphql'
import { readUncached } from '../../data/readUncached'
import { useAnswer } from '../../data/useAnswer'
import type { NamedDirection } from './namedDirections'
import type { EpochCloud } from './useMapFit'

interface SelectionMeansOptions {
  readonly runId: string
  readonly cloud: EpochCloud
  readonly named: readonly NamedDirection[]
}

/** Directions whose examples' codes the page does not hold, with the mean of these at the epoch that is shown: null while the lab computes it. */
export type SelectionMeans = ReadonlyMap<NamedDirection, Float32Array | null>

/** Has the lab compute the mean codes of selections whose codes the page does not hold. */
export function useSelectionMeans({ runId, cloud, named }: SelectionMeansOptions): {
  readonly means: SelectionMeans
  readonly error: Error | null
} {
  const client = useApolloClient()
  const { epoch, labels } = cloud
  const asked = useMemo(
    () => named.filter((one) => one.kind === 'selection' && one.rows.some((row) => row >= labels.length)),
    [named, labels],
  )
  const ask = useMemo(
    () =>
      asked.length === 0
        ? null
        : async (signal: AbortSignal) => {
            const found = new Map<NamedDirection, Float32Array>()
            for (const one of asked) {
              const rows = one.kind === 'selection' ? [...one.rows] : []
              const variables = { runId, epoch, rows }
              const { exampleSelection } = await readUncached(client, { query: ExampleSelectionDocument, variables, signal })
              found.set(one, Float32Array.from(exampleSelection.code))
            }
            return { asked, epoch, found }
          },
    [client, runId, epoch, asked],
  )
  const { answer, error } = useAnswer(ask)
  const means = useMemo(() => {
    const found = answer?.asked === asked && answer.epoch === epoch ? answer.found : null
    return new Map(asked.map((one) => [one, found?.get(one) ?? null]))
  }, [asked, answer, epoch])
  return { means, error: asked.length > 0 ? error : null }
}
