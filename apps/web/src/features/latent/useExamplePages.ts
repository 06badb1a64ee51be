'use client'
import { EXAMPLES_A_PAGE } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { imageFile, tensorsFile } from '../../files/fileSources'
import { readStrip } from '../../files/readStrip'
import { useFiles } from '../../files/useFiles'

/** Examples that a file of them holds. */

interface ExamplePagesOptions {
  readonly runId: string
  /** Test examples that are wanted, from the first; none for 0. */
  readonly count: number
  readonly exampleShape: readonly number[]
}

export interface ExamplePages {
  /** `[count, values of one example]`; null before they are there. */
  readonly values: Float32Array | null
  readonly error: Error | null
  readonly retry: () => void
}

/** Loads test examples of a run, as they are: images or points. */
export function useExamplePages({ runId, count, exampleShape }: ExamplePagesOptions): ExamplePages {
  const isPoints = exampleShape.length === 1
  const pages = Array.from(
    { length: Math.ceil(count / EXAMPLES_A_PAGE) },
    (_, page) => `/artifacts/runs/${runId}/examples/test/${page}.${isPoints ? 'safetensors' : 'png'}`,
  )
  const images = useFiles(isPoints ? [] : pages.map(imageFile))
  const tensors = useFiles(isPoints ? pages.map(tensorsFile) : [])
  const values = useMemo(() => {
    const size = exampleShape.reduce((product, length) => product * length, 1)
    const all = new Float32Array(count * size)
    if (isPoints) {
      if (!tensors.arrived) return null
      for (const [page, { points }] of tensors.arrived.entries()) all.set(points?.values ?? [], page * EXAMPLES_A_PAGE * size)
    } else {
      if (!images.arrived) return null
      for (const [page, strip] of images.arrived.entries()) {
        const held = Math.min(EXAMPLES_A_PAGE, count - page * EXAMPLES_A_PAGE)
        all.set(readStrip(strip, { exampleShape }).subarray(0, held * size), page * EXAMPLES_A_PAGE * size)
      }
    }
    return all
  }, [count, exampleShape, isPoints, tensors.arrived, images.arrived])
  const { error, retry } = isPoints ? tensors : images
  return { values, error, retry }
}
