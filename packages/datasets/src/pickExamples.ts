import type { Split } from './Split.js'

/** Takes the examples of a split at some places, in their order. A copy, so that the memory of the others can be given back, unless that is the split as it is. */
export function pickExamples(split: Split, places: Uint32Array): Split {
  if (places.length === split.count && places.every((place, index) => place === index)) return split
  const size = split.values.length / split.count
  const values = split.values instanceof Uint8Array ? new Uint8Array(places.length * size) : new Float32Array(places.length * size)
  for (const [row, place] of places.entries()) values.set(split.values.subarray(place * size, (place + 1) * size), row * size)
  return { count: places.length, values, labels: Uint8Array.from(places, (place) => split.labels[place] as number) }
}
