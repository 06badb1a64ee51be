'use client'
import { useMemo } from 'react'
import { type DecodedStrips, useDecodedStrips } from './useDecodedStrips'
import { useKept } from './useKept'
import { useTensors } from './useTensors'

interface ReconstructionsSource {
  readonly epoch: number
  /** `[28, 28, 1]` for images, `[2]` for points. */
  readonly exampleShape: readonly number[]
  readonly labels: readonly number[]
  readonly originalsUrl: string
  readonly corruptedUrl: string | null
  readonly reconstructionsUrl: string
}

export interface DecodedPoints {
  readonly epoch: number
  /** Interleaved x and y. */
  readonly originals: Float32Array
  readonly reconstructions: Float32Array
}

export interface ExamplesState {
  /** Test examples and their reconstructions at the latest epoch that has arrived whole: images or points, as the data is. */
  readonly images: DecodedStrips | null
  readonly points: DecodedPoints | null
  readonly error: Error | null
  /** Asks again for what did not arrive. */
  readonly retry: () => void
}

/** Loads the fixed test examples and their reconstructions at an epoch; those shown before stay until new ones can be drawn. */
export function useExamples(source: ReconstructionsSource | null): ExamplesState {
  const isPoints = source?.exampleShape.length === 1
  const strips = useDecodedStrips(isPoints ? null : source)
  const originals = useTensors(isPoints ? source.originalsUrl : null)
  const reconstructions = useTensors(isPoints ? source.reconstructionsUrl : null)
  const from = originals.tensors?.points?.values
  const to = reconstructions.url === source?.reconstructionsUrl ? reconstructions.tensors?.points?.values : undefined
  const epoch = source?.epoch
  const arrived = useMemo(
    () => (from && to && epoch !== undefined ? { epoch, originals: from, reconstructions: to } : null),
    [from, to, epoch],
  )
  const points = useKept(arrived)
  const parts = [strips, originals, reconstructions]
  return {
    images: strips.strips,
    points,
    error: parts.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const part of parts) if (part.error) part.retry()
    },
  }
}
