export interface Extent {
  readonly minimum: number
  readonly maximum: number
}

/** Finds the range of interleaved points along one axis (0 or 1), widened by a margin; values that are not finite are left out. */
export function extentOf(points: ArrayLike<number>, { axis, stride = 2 }: { axis: number; stride?: number }): Extent {
  let minimum = Number.POSITIVE_INFINITY
  let maximum = Number.NEGATIVE_INFINITY
  for (let at = axis; at < points.length; at += stride) {
    const value = points[at] ?? Number.NaN
    if (!Number.isFinite(value)) continue
    minimum = Math.min(minimum, value)
    maximum = Math.max(maximum, value)
  }
  return minimum <= maximum ? widen({ minimum, maximum }) : { minimum: -1, maximum: 1 }
}

/** Widens a range by a share of its length at both ends, so that no mark is cut. */
export function widen({ minimum, maximum }: Extent, share = 0.06): Extent {
  const margin = (maximum - minimum) * share || Math.max(1e-3, Math.abs(minimum) * share)
  return { minimum: minimum - margin, maximum: maximum + margin }
}

/** Covers both ranges. */
export function unite(a: Extent, b: Extent): Extent {
  return { minimum: Math.min(a.minimum, b.minimum), maximum: Math.max(a.maximum, b.maximum) }
}

/** Maps a value of the range to 0…1. */
export function toUnit(value: number, { minimum, maximum }: Extent): number {
  return (value - minimum) / (maximum - minimum)
}

/** Maps 0…1, kept within, to a value of the range. */
export function fromUnit(unit: number, { minimum, maximum }: Extent): number {
  return minimum + Math.min(1, Math.max(0, unit)) * (maximum - minimum)
}
