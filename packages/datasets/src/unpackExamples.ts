import type { Split } from './Dataset.js'
import { gatherExamples } from './gatherExamples.js'

/**
 * Returns the first `count` examples of a split as floats, bytes / 255, where they take at most `maximumBytes`; the split itself otherwise, or where
 * it holds floats already. Gathering floats is a copy of memory, several times as fast as unpacking bytes again in every epoch.
 */
export function unpackExamples(split: Split, { count, maximumBytes }: { count: number; maximumBytes: number }): Split {
  const size = split.values.length / split.count
  if (split.values instanceof Float32Array || 4 * count * size > maximumBytes) return split
  const values = new Float32Array(count * size)
  gatherExamples(
    split,
    Uint32Array.from({ length: count }, (_, index) => index),
    0,
    count,
    values,
  )
  return { count, values, labels: split.labels.subarray(0, count) }
}
