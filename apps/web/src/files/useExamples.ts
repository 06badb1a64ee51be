'use client'
import { useMemo } from 'react'
import { imageFile, tensorsFile } from './fileSources'
import { useFiles } from './useFiles'
import { useKept } from './useKept'

interface ReconstructionsSource {
  readonly epoch: number
  /** `[28, 28, 1]` for images, `[2]` or `[3]` for points. */
  readonly exampleShape: readonly number[]
  readonly labels: readonly number[]
  readonly originalsUrl: string
  readonly corruptedUrl: string | null
  readonly reconstructionsUrl: string
}

export interface DecodedStrips {
  readonly epoch: number
  readonly labels: readonly number[]
  readonly originals: HTMLImageElement
  /** What the encoder saw of them, where that is not themselves. */
  readonly corrupted: HTMLImageElement | null
  readonly reconstructions: HTMLImageElement
}

export interface DecodedPoints {
  readonly epoch: number
  /** Coordinates of one point. */
  readonly size: number
  /** `[count, size]` */
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

/**
 * Loads the fixed test examples and their reconstructions at an epoch; those shown before stay until new ones can be drawn. Images are decoded before
 * they are handed out, so that a figure swaps them without flicker.
 */
export function useExamples(source: ReconstructionsSource | null): ExamplesState {
  const isPoints = source?.exampleShape.length === 1
  const strips = useFiles(source && !isPoints ? imagesOf(source).map(imageFile) : [])
  const tensors = useFiles(source && isPoints ? [source.originalsUrl, source.reconstructionsUrl].map(tensorsFile) : [])
  const images = useMemo((): DecodedStrips | null => {
    const [originals, reconstructions, corrupted = null] = strips.arrived ?? []
    return source && originals && reconstructions
      ? { epoch: source.epoch, labels: source.labels, originals, corrupted, reconstructions }
      : null
  }, [source, strips.arrived])
  const points = useMemo((): DecodedPoints | null => {
    const [originals, reconstructions] = tensors.arrived?.map(({ points: each }) => each?.values) ?? []
    const [size = 0] = source?.exampleShape ?? []
    return source && originals && reconstructions ? { epoch: source.epoch, size, originals, reconstructions } : null
  }, [source, tensors.arrived])
  return {
    images: useKept(images),
    points: useKept(points),
    error: strips.error ?? tensors.error,
    retry: () => {
      strips.retry()
      tensors.retry()
    },
  }
}

const imagesOf = ({ originalsUrl, reconstructionsUrl, corruptedUrl }: ReconstructionsSource) => [
  originalsUrl,
  reconstructionsUrl,
  ...(corruptedUrl === null ? [] : [corruptedUrl]),
]
