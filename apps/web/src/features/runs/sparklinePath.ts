export interface SparklinePoint {
  readonly x: number
  readonly y: number | null
}

export interface SparklineBox {
  readonly width: number
  readonly height: number
  /** Range that several lines share; by default the line's own. */
  readonly range?: readonly [number, number] | undefined
}

/** Gives the lowest and highest finite value of several lines, or undefined where there is none. */
export function rangeOfValues(values: readonly (number | null)[]): readonly [number, number] | undefined {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value))
  return known.length === 0 ? undefined : [Math.min(...known), Math.max(...known)]
}

/** Writes an SVG path through the points, lowest value at the bottom; a missing value is a gap, a lone point a short dash. */
export function sparklinePath(points: readonly SparklinePoint[], { width, height, range }: SparklineBox): string {
  const [low, high] = range ?? rangeOfValues(points.map(({ y }) => y)) ?? [0, 0]
  const [first, last] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0]
  const across = (x: number) => round(last === first ? width / 2 : ((x - first) / (last - first)) * width)
  const down = (y: number) => round(high === low ? height / 2 : height - ((y - low) / (high - low)) * height)
  let path = ''
  let drawing = false
  for (const { x, y } of points) {
    if (y === null || !Number.isFinite(y)) {
      drawing = false
      continue
    }
    path += `${drawing ? 'L' : 'M'}${across(x)} ${down(y)}`
    drawing = true
  }
  return /^M[^ML]*$/.test(path) ? `${path}h1` : path
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
