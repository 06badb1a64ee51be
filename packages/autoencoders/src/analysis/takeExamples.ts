import { gatherExamples, type Split } from '@hourglass/datasets'
import type { LabelledFeatures } from '../metrics/linearProbe.js'

/** Copies the first examples of a split: their values [count, values of one example] as floats, and their classes. */
export function takeExamples(split: Split, count: number): LabelledFeatures {
  return gatherRows(
    split,
    Uint32Array.from({ length: count }, (_, index) => index),
  )
}

/** Copies the examples of a split at some places. */
export function gatherRows(split: Split, places: Uint32Array): LabelledFeatures {
  const features = new Float32Array((places.length * split.values.length) / split.count)
  gatherExamples(split, { indices: places, start: 0, end: places.length }, features)
  return { features, labels: Uint8Array.from(places, (place) => split.labels[place] ?? 0) }
}

/** Takes the first rows of examples that are floats already, without copying; all where there are fewer. */
export function firstRows({ features, labels }: LabelledFeatures, count: number): LabelledFeatures {
  const width = features.length / labels.length
  return { features: features.subarray(0, count * width), labels: labels.subarray(0, count) }
}
