/** How points of so many coordinates are drawn in a plane. */
export interface PointView {
  /** Coordinates of one point. */
  readonly size: number
  /** Whether a place of the drawing is a point: only then can one be pressed, or every place be moved. */
  readonly isPlane: boolean
  /** Empty where the axis of the drawing is no coordinate. */
  readonly xLabel: string
  readonly yLabel: string
  /** Draws rows `[n, size]` as `[n, 2]`. Linear, so that it draws directions as well as places. */
  readonly flatten: (rows: ArrayLike<number>) => Float32Array
}

const AZIMUTH = -Math.PI / 3
const ELEVATION = Math.PI / 6

/** What each coordinate adds across and up, for points on a line, in the plane and in space: there, as seen from the front, turned and a little from above. */
const weightsBySize: Readonly<Record<number, readonly (readonly [across: number, up: number])[]>> = {
  1: [[1, 0]],
  2: [
    [1, 0],
    [0, 1],
  ],
  3: [
    [-Math.sin(AZIMUTH), -Math.cos(AZIMUTH) * Math.sin(ELEVATION)],
    [Math.cos(AZIMUTH), -Math.sin(AZIMUTH) * Math.sin(ELEVATION)],
    [0, Math.cos(ELEVATION)],
  ],
}

/** Finds the drawing for points of a size; of those with more than three coordinates, the first three are drawn. */
export function pointView(size: number): PointView {
  const weights = weightsBySize[Math.min(size, 3)] ?? []
  const [xLabel = '', yLabel = ''] = size <= 2 ? coordinateNames(size) : []
  const flatten = (rows: ArrayLike<number>) => {
    if (size === 2 && rows instanceof Float32Array) return rows
    const count = Math.floor(rows.length / size)
    const drawn = new Float32Array(2 * count)
    for (let row = 0; row < count; row++) {
      for (const [axis, [across, up]] of weights.entries()) {
        const coordinate = rows[row * size + axis] ?? 0
        drawn[2 * row] = (drawn[2 * row] ?? 0) + across * coordinate
        drawn[2 * row + 1] = (drawn[2 * row + 1] ?? 0) + up * coordinate
      }
    }
    return drawn
  }
  return { size, isPlane: size === 2, xLabel, yLabel, flatten }
}

/** Names the coordinates of a point. */
export function coordinateNames(size: number): readonly string[] {
  return size <= 3 ? ['x', 'y', 'z'].slice(0, size) : Array.from({ length: size }, (_, axis) => `x${axis + 1}`)
}

/** Tells whether examples of a shape are points of a line. */
export function areLinePoints(exampleShape: readonly number[]): boolean {
  return exampleShape.length === 1 && exampleShape[0] === 1
}

/** Tells whether examples of a shape are points of the plane. */
export function arePlanePoints(exampleShape: readonly number[]): boolean {
  return exampleShape.length === 1 && exampleShape[0] === 2
}
