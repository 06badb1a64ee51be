import { gatherExamples, type Split } from '@hourglass/datasets'
import type { LabelledFeatures } from '../metrics/linearProbe.js'

/** Copies the first examples of a split: their values [count, values of one example] as floats, and their classes. */
export function takeExamples(split: Split, count: number): LabelledFeatures {
  const indices = Uint32Array.from({ length: count }, (_, index) => index)
  const features = new Float32Array((count * split.values.length) / split.count)
  gatherExamples(split, indices, 0, count, features)
  return { features, labels: split.labels.slice(0, count) }
}

/** Takes the first rows of examples that are floats already, without copying; all where there are fewer. */
export function firstRows({ features, labels }: LabelledFeatures, count: number): LabelledFeatures {
  const width = features.length / labels.length
  return { features: features.subarray(0, count * width), labels: labels.subarray(0, count) }
}
