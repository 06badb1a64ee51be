export interface TangentLinesOptions {
  /** Of each point, falling. */
  readonly singularValues: readonly (readonly number[])[]
  /** Half the length of a point's leading tangent, in the units of the plane. */
  readonly longest: number
}

/**
 * Lays lines through points `[n, 2]` along their unit directions `[n, d, 2]`, as pairs of ends `[lines, 2, 2]`. At each point the leading one has the same length, the
 * others are shorter by the ratio of their singular values: a curve shows as a line, a surface as a cross.
 */
export function tangentLines(
  points: Float32Array,
  directions: Float32Array,
  { singularValues, longest }: TangentLinesOptions,
): Float32Array {
  const count = points.length / 2
  const each = directions.length / points.length
  const lines: number[] = []
  for (let point = 0; point < count; point++) {
    const [x = 0, y = 0] = points.subarray(point * 2)
    const values = singularValues[point] ?? []
    const largest = values[0] ?? 0
    if (!(largest > 0)) continue
    for (let direction = 0; direction < each; direction++) {
      const length = (longest * (values[direction] ?? 0)) / largest
      const at = (point * each + direction) * 2
      const [dx, dy] = [length * (directions[at] ?? 0), length * (directions[at + 1] ?? 0)]
      lines.push(x - dx, y - dy, x + dx, y + dy)
    }
  }
  return Float32Array.from(lines)
}
