/** A range along one axis. */
export interface Interval {
  readonly minimum: number
  readonly maximum: number
}

/** Places points of a square grid over a plane, `[side · side, 2]`, row by row from below: the middles of its cells. */
export function gridPoints({ x, y, side }: { x: Interval; y: Interval; side: number }): Float32Array {
  const at = ({ minimum, maximum }: Interval, index: number) => minimum + ((index + 0.5) * (maximum - minimum)) / side
  const points = new Float32Array(side * side * 2)
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) points.set([at(x, column), at(y, row)], (row * side + column) * 2)
  }
  return points
}

/** Barbs of an arrow lie this far off its shaft, in radians, and are this share of its length. */
const BARB_ANGLE = 0.5
const BARB_SHARE = 0.35

/** Steps longer than this many times what 95 % of them keep below are drawn no longer, or a few would shrink all others. */
const FAR = 4

export interface Arrows {
  /** Pairs of ends, shaft and two barbs an arrow, interleaved x and y. */
  readonly links: Float32Array
  /** The longest step that is finite. */
  readonly longestStep: number
  /** The step that the longest arrow stands for: less than the longest step where that lies far outside of the others. */
  readonly drawnAs: number
}

/**
 * Lays an arrow at each point `[n, 2]` towards where it is moved `[n, 2]`. Lengths go with the square root of the step, so that short ones are
 * still seen beside long ones; the longest is `longest`, in the units of the plane. Points moved to where nothing is finite have none.
 */
export function arrowsBetween(from: Float32Array, to: Float32Array, longest: number): Arrows {
  const count = Math.min(from.length, to.length) / 2
  const steps = Array.from({ length: count }, (_, index) => Math.hypot(...differenceAt(from, to, index)))
  const rising = steps.filter(Number.isFinite).sort((a, b) => a - b)
  const longestStep = rising.at(-1) ?? 0
  const drawnAs = Math.min(longestStep, FAR * (rising[Math.ceil(0.95 * rising.length) - 1] ?? 0) || longestStep)
  const links: number[] = []
  for (const [index, step] of steps.entries()) {
    if (!Number.isFinite(step)) continue
    const [x, y] = [from[index * 2] ?? 0, from[index * 2 + 1] ?? 0]
    const scale = step > 0 ? (longest * Math.sqrt(Math.min(1, step / drawnAs))) / step : 0
    const [dx, dy] = differenceAt(from, to, index).map((value) => value * scale) as [number, number]
    links.push(...arrowAt([x, y], [dx, dy], BARB_SHARE))
  }
  return { links: Float32Array.from(links), longestStep, drawnAs }
}

/** Lays an arrow from each point `[n, 2]` all the way to where it is moved `[n, 2]`: pairs of ends, as of Arrows. Barbs are `barb` long, or as long as a short arrow. */
export function wholeArrows(from: Float32Array, to: Float32Array, barb: number): Float32Array {
  const links: number[] = []
  for (let index = 0; index < Math.min(from.length, to.length) / 2; index++) {
    const step = differenceAt(from, to, index)
    const length = Math.hypot(...step)
    if (!Number.isFinite(length)) continue
    links.push(...arrowAt([from[index * 2] ?? 0, from[index * 2 + 1] ?? 0], step, length > 0 ? Math.min(1, barb / length) : 0))
  }
  return Float32Array.from(links)
}

type Vector = readonly [x: number, y: number]

/** Ends of the shaft and of the two barbs of an arrow, whose barbs are a share of its length. */
function arrowAt([x, y]: Vector, [dx, dy]: Vector, share: number): number[] {
  const tip = [x + dx, y + dy] as const
  const barbs = [BARB_ANGLE, -BARB_ANGLE].flatMap((turn) => {
    const [cos, sin] = [Math.cos(turn) * share, Math.sin(turn) * share]
    return [...tip, tip[0] - (dx * cos - dy * sin), tip[1] - (dx * sin + dy * cos)]
  })
  return [x, y, ...tip, ...barbs]
}

function differenceAt(from: Float32Array, to: Float32Array, index: number): [number, number] {
  return [(to[index * 2] ?? 0) - (from[index * 2] ?? 0), (to[index * 2 + 1] ?? 0) - (from[index * 2 + 1] ?? 0)]
}
