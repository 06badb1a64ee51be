'use client'
import { useApolloClient } from '@apollo/client/react'
import { useMemo } from 'react'
import { ExampleClustersDocument } from '../../data/generated/graphql'
import { readUncached } from '../../data/readUncached'
import { type AnswerState, useAnswer } from '../../data/useAnswer'

/** What k-means is given: examples by their rows, at an epoch. */
export interface ClusterRequest {
  readonly rows: readonly number[]
  readonly count: number
}

/** Clusters that k-means has found of the codes of some examples. */
export interface FoundClusters {
  readonly request: ClusterRequest
  /** Examples of each, the largest first. */
  readonly clusters: readonly { readonly rows: readonly number[]; readonly centre: Float32Array }[]
  readonly distortion: number
  /** Cluster of an example; -1 for one that was not among them. */
  readonly clusterOf: (row: number) => number
}

interface FoundClustersOptions {
  readonly runId: string
  readonly epoch: number
  readonly seed: number
  /** Null finds none. */
  readonly request: ClusterRequest | null
}

/** Has the lab find clusters of the codes of examples. */
export function useFoundClusters({ runId, epoch, seed, request }: FoundClustersOptions): AnswerState<FoundClusters> {
  const client = useApolloClient()
  const ask = useMemo(
    () =>
      request &&
      (async (signal: AbortSignal): Promise<FoundClusters> => {
        const variables = { runId, epoch, rows: [...request.rows], count: request.count, seed }
        const { exampleClusters } = await readUncached(client, { query: ExampleClustersDocument, variables, signal })
        const { rows, members, centres, distortion } = exampleClusters
        const of = new Map(rows.map((row, at) => [row, members[at] ?? 0]))
        return {
          request,
          distortion,
          clusters: centres.map((centre, cluster) => ({
            centre: Float32Array.from(centre),
            rows: rows.filter((_, at) => members[at] === cluster),
          })),
          clusterOf: (row) => of.get(row) ?? -1,
        }
      }),
    [client, runId, epoch, seed, request],
  )
  const { answer, ...state } = useAnswer(ask)
  return { ...state, answer: answer?.request === request ? answer : null }
}
