import { readExample } from '../../files/readExample'
import type { DecodedStrips } from '../../files/useExamples'

/** Puts the places of images in the order of how much the runs' reconstructions of them differ, most first: by the mean over pixels of the variance between runs. */
export function orderByDifference(runs: readonly DecodedStrips[], exampleShape: readonly number[]): readonly number[] {
  const count = Math.min(...runs.map(({ labels }) => labels.length))
  const differences = Array.from({ length: count }, (_, index) =>
    meanVariance(runs.map(({ reconstructions, labels }) => readExample(reconstructions, { index, count: labels.length, exampleShape }))),
  )
  return differences.map((_, index) => index).sort((a, b) => (differences[b] ?? 0) - (differences[a] ?? 0))
}

/** Averages over places the variance between vectors of one length. */
export function meanVariance(vectors: readonly Float32Array[]): number {
  const [first] = vectors
  if (!first || first.length === 0) return 0
  let sum = 0
  for (let place = 0; place < first.length; place++) {
    const values = vectors.map((vector) => vector[place] ?? 0)
    const mean = values.reduce((total, value) => total + value, 0) / values.length
    sum += values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length
  }
  return sum / first.length
}
