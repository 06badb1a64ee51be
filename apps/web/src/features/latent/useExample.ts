'use client'
import { EXAMPLES_A_PAGE } from '@hourglass/autoencoders'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { imageFile, tensorsFile } from '../../files/fileSources'
import { readExample } from '../../files/readExample'
import { sizeOfStrip } from '../../files/Strip'
import { useFile } from '../../files/useFiles'
import { type SplitCounts, splitOf } from './mapExamples'

/** Examples of a run, as they are: images or points. */
export interface ExampleSource {
  readonly runId: string
  readonly exampleShape: readonly number[]
  readonly counts: SplitCounts
}

/** Reads one example of a run, by its row among all; null before it is there, and for null. */
export function useExample({ runId, exampleShape, counts }: ExampleSource, row: number | null): Float32Array | null {
  const isPoints = exampleShape.length === 1
  const place = row === null ? null : placeOf({ runId, exampleShape, counts }, row)
  const image = useFile(place && !isPoints ? imageFile(place.url) : null)
  const tensors = useFile(place && isPoints ? tensorsFile(place.url) : null)
  const at = place?.at ?? 0
  return useMemo(() => {
    if (image.arrived) return readOne(image.arrived, at, exampleShape)
    return tensors.arrived && cut(tensors.arrived.points?.values ?? new Float32Array(), at, exampleShape)
  }, [image.arrived, tensors.arrived, at, exampleShape])
}

/** Loads an example when it is asked for; rejects where it does not arrive. */
export function useLoadExample({ runId, exampleShape, counts }: ExampleSource): (row: number) => Promise<Float32Array> {
  const files = useQueryClient()
  return useCallback(
    async (row) => {
      const { url, at } = placeOf({ runId, exampleShape, counts }, row)
      if (exampleShape.length > 1) return readOne(await files.fetchQuery(imageFile(url)), at, exampleShape)
      const { points } = await files.fetchQuery(tensorsFile(url))
      return cut(points?.values ?? new Float32Array(), at, exampleShape)
    },
    [files, runId, exampleShape, counts],
  )
}

function placeOf({ runId, exampleShape, counts }: ExampleSource, row: number): { readonly url: string; readonly at: number } {
  const [split, index] = splitOf(row, counts)
  const extension = exampleShape.length > 1 ? 'png' : 'safetensors'
  return {
    url: `/artifacts/runs/${runId}/examples/${split}/${Math.floor(index / EXAMPLES_A_PAGE)}.${extension}`,
    at: index % EXAMPLES_A_PAGE,
  }
}

function readOne(strip: HTMLImageElement, index: number, exampleShape: readonly number[]): Float32Array {
  return readExample(strip, { index, count: Math.round(sizeOfStrip(strip).width / (exampleShape[1] ?? 1)), exampleShape })
}

function cut(values: Float32Array, at: number, exampleShape: readonly number[]): Float32Array {
  const size = exampleShape.reduce((product, length) => product * length, 1)
  return values.slice(at * size, (at + 1) * size)
}
