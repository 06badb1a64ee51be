import type { Extent } from '../../ui/plotExtent'

/** Share of codes that is left out at each end of an axis: a few codes far out would leave most of a grid empty. */
const TAIL = 0.02

/** Finds the range that the middle 96 % of values `[n, 2]` keep within along one axis. */
export function middleExtent(values: Float32Array, axis: 0 | 1): Extent {
  const rising = values.filter((value, index) => index % 2 === axis && Number.isFinite(value)).sort()
  if (rising.length === 0) return { minimum: -1, maximum: 1 }
  const at = (share: number) => rising[Math.round(share * (rising.length - 1))] ?? 0
  const [minimum, maximum] = [at(TAIL), at(1 - TAIL)]
  return maximum > minimum ? { minimum, maximum } : { minimum: minimum - 0.5, maximum: maximum + 0.5 }
}

/** Decodes codes `[n, 2]` by an affine decoder `[3, size]`, an offset and two directions: offset + c₁ d₁ + c₂ d₂. */
export function decodeAffine(decoder: Float32Array, codes: Float32Array): Float32Array {
  const size = decoder.length / 3
  const count = codes.length / 2
  const examples = new Float32Array(count * size)
  for (let row = 0; row < count; row++) {
    const [first = 0, second = 0] = codes.subarray(2 * row, 2 * row + 2)
    for (let index = 0; index < size; index++) {
      examples[row * size + index] =
        (decoder[index] ?? 0) + first * (decoder[size + index] ?? 0) + second * (decoder[2 * size + index] ?? 0)
    }
  }
  return examples
}

/** Draws the outline of a range of the plane, as a line through its corners. */
export function outline(x: Extent, y: Extent): Float32Array {
  return Float32Array.of(x.minimum, y.minimum, x.maximum, y.minimum, x.maximum, y.maximum, x.minimum, y.maximum, x.minimum, y.minimum)
}
