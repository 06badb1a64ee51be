import type { DimensionSpread } from './orderDimensions.js'
import type { PrincipalDirections } from './principalDirections.js'

/** Computes how far a code `[size]` lies from the mean along each direction, `[count]`, in the code's own units. */
export function coordinatesOf(code: ArrayLike<number>, { mean, directions, count }: PrincipalDirections): Float32Array {
  const size = mean.length
  return Float32Array.from({ length: count }, (_, index) => {
    let sum = 0
    for (let at = 0; at < size; at++) sum += ((code[at] as number) - (mean[at] as number)) * (directions[index * size + at] as number)
    return sum
  })
}

/** Describes how codes `[n, size]` spread along each direction, around their mean: standard deviations are those of a population. */
export function directionSpreads(codes: Float32Array, found: PrincipalDirections): readonly DimensionSpread[] {
  const size = found.mean.length
  const rows = Array.from({ length: Math.floor(codes.length / size) }, (_, row) =>
    coordinatesOf(codes.subarray(row * size, (row + 1) * size), found),
  )
  return Array.from({ length: found.count }, (_, index) => {
    const along = rows.map((row) => row[index] as number)
    const mean = along.reduce((sum, value) => sum + value, 0) / along.length
    const variance = along.reduce((sum, value) => sum + (value - mean) ** 2, 0) / along.length
    const [minimum, maximum] = along.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
      Infinity,
      -Infinity,
    ] as readonly [number, number])
    return { index, minimum, maximum, mean, standardDeviation: Math.sqrt(variance) }
  })
}
