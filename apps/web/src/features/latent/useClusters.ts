'use client'
import type { CodeCloud } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'
import { modelClient } from '../../entities/model/ModelClient'

/** Finds as many clusters of codes as there are classes, off the thread that draws: of each code its cluster. Nothing for null. */
export function useClusters(cloud: CodeCloud | null, { size, seed }: { size: number; seed: number }): AnswerState<Float32Array> {
  const ask = useMemo(
    () =>
      cloud &&
      (async (signal: AbortSignal) => {
        const labels = Float32Array.from(cloud.labels)
        const classCount = 1 + labels.reduce((most, label) => Math.max(most, label), 0)
        const { places } = await modelClient.call('clusters', { codes: cloud.codes, labels, size, classCount, seed }, { signal })
        // Of each code its place across and up, its cluster and its class.
        return labels.map((_, row) => places[4 * row + 2] ?? 0)
      }),
    [cloud, size, seed],
  )
  return useAnswer(ask)
}
