'use client'
import { EXAMPLES_A_PAGE } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { imageFile, tensorsFile } from '../../files/fileSources'
import { readStrip } from '../../files/readStrip'
import { useFiles } from '../../files/useFiles'

/** Examples that a file of them holds. */

interface TestExamplesOptions {
  /** Null asks for nothing. */
  readonly runId: string | null
  /** Which test examples, counted from 0. */
  readonly indices: readonly number[]
  readonly exampleShape: readonly number[]
}

export interface TestExamples {
  /** `[indices, values of one example]`; null before they are there. */
  readonly values: Float32Array | null
  readonly error: Error | null
  readonly retry: () => void
}

/** Loads some test examples of a run, with those that lie in the same files. */
export function useTestExamples({ runId, indices, exampleShape }: TestExamplesOptions): TestExamples {
  const isPoints = exampleShape.length === 1
  const key = indices.join('_')
  const pages = [...new Set(indices.map((index) => Math.floor(index / EXAMPLES_A_PAGE)))]
  const urls =
    runId === null ? [] : pages.map((page) => `/artifacts/runs/${runId}/examples/test/${page}.${isPoints ? 'safetensors' : 'png'}`)
  const images = useFiles(isPoints ? [] : urls.map(imageFile))
  const tensors = useFiles(isPoints ? urls.map(tensorsFile) : [])
  const values = useMemo(() => {
    const wanted = key === '' ? [] : key.split('_').map(Number)
    const size = exampleShape.reduce((product, length) => product * length, 1)
    const files = isPoints
      ? tensors.arrived?.map(({ points }) => points?.values ?? new Float32Array())
      : images.arrived?.map((strip) => readStrip(strip, { exampleShape }))
    if (!files) return null
    const of = [...new Set(wanted.map((index) => Math.floor(index / EXAMPLES_A_PAGE)))]
    const all = new Float32Array(wanted.length * size)
    for (const [row, index] of wanted.entries()) {
      const file = files[of.indexOf(Math.floor(index / EXAMPLES_A_PAGE))]
      const at = (index % EXAMPLES_A_PAGE) * size
      if (!file || at + size > file.length) return null
      all.set(file.subarray(at, at + size), row * size)
    }
    return all
  }, [key, exampleShape, isPoints, tensors.arrived, images.arrived])
  const { error, retry } = isPoints ? tensors : images
  return { values, error, retry }
}
