import { gatherExamples, type Split } from '@hourglass/datasets'

/** Takes the first examples of a split: their values [count, values of one example], and the class of each. */
export function takeSamples(split: Split, count: number): { readonly originals: Float32Array; readonly labels: readonly number[] } {
  const indices = Uint32Array.from({ length: count }, (_, index) => index)
  const originals = new Float32Array((count * split.values.length) / split.count)
  gatherExamples(split, indices, 0, count, originals)
  return { originals, labels: [...split.labels.subarray(0, count)] }
}
