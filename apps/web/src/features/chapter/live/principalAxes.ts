/** A point of the plane. */
export type Point = readonly [x: number, y: number]

/** The principal components of points in the plane. */
export interface PrincipalAxes {
  readonly mean: Point
  /** Of length one, the first along which the points vary most. */
  readonly directions: readonly [Point, Point]
  /** Variances along the directions, in squares of the points' unit. */
  readonly variances: readonly [number, number]
}

/**
 * Solves for the principal components of points: the eigenvectors of their covariance matrix, in closed form. Where the points vary alike in all directions,
 * these are the axes of the plane.
 */
export function principalAxes(points: readonly Point[]): PrincipalAxes {
  const count = Math.max(1, points.length)
  const mean: Point = [points.reduce((sum, [x]) => sum + x, 0) / count, points.reduce((sum, [, y]) => sum + y, 0) / count]
  let [xx, xy, yy] = [0, 0, 0]
  for (const [x, y] of points) {
    const [dx, dy] = [x - mean[0], y - mean[1]]
    xx += (dx * dx) / count
    xy += (dx * dy) / count
    yy += (dy * dy) / count
  }
  const middle = (xx + yy) / 2
  const spread = Math.hypot((xx - yy) / 2, xy)
  const angle = spread === 0 ? 0 : Math.atan2(2 * xy, xx - yy) / 2
  const first: Point = [Math.cos(angle), Math.sin(angle)]
  return { mean, directions: [first, [-first[1], first[0]]], variances: [middle + spread, Math.max(0, middle - spread)] }
}

/** Where a point lies once its second component is dropped. */
export function projectToFirst({ mean, directions: [first] }: PrincipalAxes, [x, y]: Point): Point {
  const along = (x - mean[0]) * first[0] + (y - mean[1]) * first[1]
  return [mean[0] + along * first[0], mean[1] + along * first[1]]
}
