import type { Extent } from './plotExtent'

/** Places points of a square grid over a plane, `side` by `side`, as interleaved x and y. */
export function gridPoints({ x, y, side }: { x: Extent; y: Extent; side: number }): Float32Array {
  const at = ({ minimum, maximum }: Extent, index: number) => minimum + ((index + 0.5) * (maximum - minimum)) / side
  const points = new Float32Array(side * side * 2)
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) points.set([at(x, column), at(y, row)], (row * side + column) * 2)
  }
  return points
}

/** Barbs of an arrow lie this far off its shaft, in radians, and are this share of its length. */
const BARB_ANGLE = 0.5
const BARB_SHARE = 0.35

/**
 * Draws an arrow at each point towards where it is moved: pairs of ends, shaft and two barbs an arrow, interleaved x and y. All are
 * scaled alike, so that the longest is `longest`. Points moved to where nothing is finite have none.
 */
export function arrowsBetween(
  from: Float32Array,
  to: Float32Array,
  longest: number,
): { readonly links: Float32Array; readonly scale: number } {
  const count = Math.min(from.length, to.length) / 2
  const lengths = Array.from({ length: count }, (_, index) => Math.hypot(...differenceAt(from, to, index))).filter(Number.isFinite)
  const scale = longest / Math.max(Number.MIN_VALUE, ...lengths)
  const links: number[] = []
  for (let index = 0; index < count; index++) {
    const [x, y] = [from[index * 2] ?? 0, from[index * 2 + 1] ?? 0]
    const [dx, dy] = differenceAt(from, to, index).map((value) => value * scale) as [number, number]
    if (!Number.isFinite(dx) || !Number.isFinite(dy)) continue
    const tip = [x + dx, y + dy] as const
    links.push(x, y, ...tip)
    for (const turn of [BARB_ANGLE, -BARB_ANGLE]) {
      const [cos, sin] = [Math.cos(turn) * BARB_SHARE, Math.sin(turn) * BARB_SHARE]
      links.push(...tip, tip[0] - (dx * cos - dy * sin), tip[1] - (dx * sin + dy * cos))
    }
  }
  return { links: Float32Array.from(links), scale }
}

function differenceAt(from: Float32Array, to: Float32Array, index: number): [number, number] {
  return [(to[index * 2] ?? 0) - (from[index * 2] ?? 0), (to[index * 2 + 1] ?? 0) - (from[index * 2 + 1] ?? 0)]
}
