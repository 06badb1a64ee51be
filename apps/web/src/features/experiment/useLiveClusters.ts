'use client'
import { type ClusterMap, readCodes } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { type AnswerState, useAnswer } from '../../data/useAnswer'
import { modelClient } from '../../entities/model/ModelClient'
import { tensorsFile } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'

/** As many codes as an analysis clusters. */
const MOST_CLUSTERED = 1000

interface LiveClustersOptions {
  /** Of the file of an epoch’s codes; null asks for nothing. */
  readonly url: string | null
  /** Units of one code. */
  readonly size: number
  readonly seed: number
}

/** Clusters the first codes of an epoch’s file, off the thread that draws. */
export function useLiveClusters({ url, size, seed }: LiveClustersOptions): AnswerState<ClusterMap> {
  const { shown, error, retry } = useFile(url === null ? null : tensorsFile(url))
  const ask = useMemo(() => {
    const stored = readCodes(shown)
    if (!stored) return null
    const labels = Float32Array.from(stored.labels).slice(0, MOST_CLUSTERED)
    const codes = stored.codes.slice(0, labels.length * size)
    const classCount = 1 + labels.reduce((most, label) => Math.max(most, label), 0)
    return (signal: AbortSignal) => modelClient.call('clusters', { codes, labels, size, classCount, seed }, { signal })
  }, [shown, size, seed])
  const found = useAnswer(ask)
  return error ? { ...found, error, retry } : found
}
