/** Spreads points evenly without chance: the fractional parts of multiples of the golden ratio. */
const GOLDEN_RATIO = 0.618_033_988_749_895

interface ScatterCodesOptions {
  /** Dimensions of one code. */
  readonly size: number
  readonly across: number
  /** Dimension that goes up, or the row that each code stands in where there is no second dimension. */
  readonly up: number | ((index: number) => number)
}

/** Places codes, row-major `[n, size]`, in a plane as interleaved x and y; those in rows are spread within their row. */
export function scatterCodes(codes: ArrayLike<number>, { size, across, up }: ScatterCodesOptions): Float32Array {
  const count = Math.floor(codes.length / size)
  const points = new Float32Array(count * 2)
  for (let index = 0; index < count; index++) {
    points[index * 2] = codes[index * size + across] ?? Number.NaN
    points[index * 2 + 1] =
      typeof up === 'number' ? (codes[index * size + up] ?? Number.NaN) : up(index) + 0.1 + 0.8 * ((index * GOLDEN_RATIO) % 1)
  }
  return points
}
