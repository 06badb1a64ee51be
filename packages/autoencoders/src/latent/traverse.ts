import { directionSpreads } from './directionSpreads.js'
import { type DimensionSpread, orderDimensions } from './orderDimensions.js'
import type { PrincipalDirections } from './principalDirections.js'

export interface Traversal {
  /** What the code moves along: `z3`, or `PC 1`. */
  readonly name: string
  /** `[steps, latent dimension]` */
  readonly codes: Float32Array
}

export interface TraverseOptions {
  /** Codes of test examples, `[n, latent dimension]`, among which the typical one is. */
  readonly codes: Float32Array
  /** Codes of training examples, `[m, latent dimension]`, and the principal directions that were found of them. */
  readonly trainingCodes: Float32Array
  readonly principal: PrincipalDirections
  readonly dimensions: readonly DimensionSpread[]
  /** How many of them, those along which codes vary most; directions come as many as were found. */
  readonly wanted: number
  readonly steps: number
  /** How far the first and last step are from the mean, in standard deviations. */
  readonly reach: number
}

export interface Traversals {
  readonly units: readonly Traversal[]
  readonly directions: readonly Traversal[]
}

/**
 * Moves a typical code, that of the test example nearest to the mean, along single dimensions and along the principal directions of the training codes,
 * from −reach to +reach standard deviations around the mean; everything else of the code stays.
 */
export function traverse({ codes, trainingCodes, principal, dimensions, wanted, steps, reach }: TraverseOptions): Traversals {
  const size = dimensions.length
  const mean = Float32Array.from(dimensions, (dimension) => dimension.mean)
  const start = nearestTo(codes, mean)
  const offsets = Array.from({ length: steps }, (_, step) => reach * ((2 * step) / (steps - 1) - 1))
  const along = (spread: DimensionSpread, direction: ArrayLike<number>, from: number) => {
    const moved = new Float32Array(steps * size)
    for (const [step, offset] of offsets.entries()) {
      const distance = spread.mean + offset * spread.standardDeviation - from
      for (let at = 0; at < size; at++) moved[step * size + at] = (start[at] ?? 0) + distance * (direction[at] ?? 0)
    }
    return moved
  }
  const units = orderDimensions(dimensions, 'variation').slice(0, wanted)
  const spreads = directionSpreads(trainingCodes, principal)
  return {
    units: units.map((unit) => ({
      name: `z${unit.index + 1}`,
      codes: along(
        unit,
        dimensions.map(({ index }) => (index === unit.index ? 1 : 0)),
        start[unit.index] ?? 0,
      ),
    })),
    directions: spreads.map((spread, index) => {
      const direction = principal.directions.subarray(index * size, (index + 1) * size)
      const from = direction.reduce((sum, value, at) => sum + value * ((start[at] ?? 0) - (principal.mean[at] ?? 0)), 0)
      return { name: `PC ${index + 1}`, codes: along(spread, direction, from) }
    }),
  }
}

function nearestTo(codes: Float32Array, mean: Float32Array): Float32Array {
  const size = mean.length
  let nearest = { at: 0, distance: Number.POSITIVE_INFINITY }
  for (let at = 0; at + size <= codes.length; at += size) {
    let distance = 0
    for (let index = 0; index < size; index++) distance += ((codes[at + index] ?? 0) - (mean[index] ?? 0)) ** 2
    if (distance < nearest.distance) nearest = { at, distance }
  }
  return codes.slice(nearest.at, nearest.at + size)
}
