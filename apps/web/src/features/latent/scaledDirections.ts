import { type CodeRangeKind, codeRange, coordinatesOf, directionSpreads, type PrincipalDirections } from '@hourglass/autoencoders/latent'
import type { SliderRow } from './SliderList'

export interface ScaledDirections {
  readonly directions: PrincipalDirections
  /** Standard deviation of the codes along each, in the code's own units; 1 where they do not vary. */
  readonly units: Float32Array
  /** Of each, in standard deviations. */
  readonly spreads: SliderRow['spread'][]
  /** Coordinates of the codes along a direction, in standard deviations. */
  readonly along: (index: number) => Float32Array
  /** Coordinate of the origin of the code space along a direction, likewise. */
  readonly origin: (index: number) => number
}

/** Measures directions in standard deviations of codes `[n, size]` along each. */
export function scaleDirections(codes: Float32Array, directions: PrincipalDirections): ScaledDirections {
  const size = directions.mean.length
  const spreads = directionSpreads(codes, directions)
  const units = Float32Array.from(spreads, ({ standardDeviation }) => standardDeviation || 1)
  const origin = coordinatesOf(new Float32Array(size), directions)
  return {
    directions,
    units,
    spreads: spreads.map(({ index, minimum, maximum, mean, standardDeviation }) => {
      const unit = units[index] as number
      return {
        index,
        minimum: minimum / unit,
        maximum: maximum / unit,
        mean: mean / unit,
        standardDeviation: standardDeviation / unit,
      }
    }),
    along: (index) => {
      const one = { mean: directions.mean, directions: directions.directions.subarray(index * size, (index + 1) * size), count: 1 }
      return Float32Array.from({ length: Math.floor(codes.length / size) }, (_, row) => {
        const [value = 0] = coordinatesOf(codes.subarray(row * size, (row + 1) * size), one)
        return value / (units[index] as number)
      })
    },
    origin: (index) => (origin[index] as number) / (units[index] as number),
  }
}

/** Lists a slider for each direction, over the range that is wanted. */
export function rowsOfDirections(scaled: ScaledDirections, range: CodeRangeKind): readonly SliderRow[] {
  return scaled.spreads.map((spread) => ({
    spread,
    range: codeRange(spread, range, {
      along: range === 'quantiles' ? scaled.along(spread.index) : null,
      origin: scaled.origin(spread.index),
      priorDeviation: 1 / (scaled.units[spread.index] as number),
    }),
  }))
}
