import { AutoencoderError } from '../AutoencoderError.js'

export interface NearCode {
  /** Row of the code among those that were looked through. */
  readonly index: number
  /** Euclidean, in the code's own units. */
  readonly distance: number
}

/** Codes that are looked from, to tell how far apart codes usually lie. */
const MOST_LOOKED_FROM = 256

/**
 * Finds the codes among `codes` `[n, size]` that are nearest to a code `[size]`, at most `wanted`, nearest first; of equally near ones that of the lower row.
 * Throws WRONG_LENGTH unless the codes are whole rows.
 */
export function nearestCodes(code: ArrayLike<number>, { codes, wanted }: { codes: Float32Array; wanted: number }): readonly NearCode[] {
  const size = code.length
  const squares = Float64Array.from({ length: rowsOf(codes, size) }, (_, row) => squaredDistance(code, 0, codes, row * size, size))
  // Few are wanted of many: those that are no farther than the last of them are kept in order.
  const nearest: number[] = []
  for (const [row, square] of squares.entries()) {
    if (nearest.length >= wanted && square >= (squares[nearest.at(-1) ?? 0] as number)) continue
    const place = nearest.findIndex((other) => (squares[other] as number) > square)
    nearest.splice(place === -1 ? nearest.length : place, 0, row)
    if (nearest.length > wanted) nearest.pop()
  }
  return nearest.map((index) => ({ index, distance: Math.sqrt(squares[index] as number) }))
}

/**
 * Computes how far a code usually lies from the nearest other one: the 99th percentile over 256 evenly spaced codes of `codes` `[n, size]`, or over all where
 * they are fewer; 0 for a single code. What lies farther from all of them is a place where the decoder saw next to no code. Throws WRONG_LENGTH unless
 * the codes are whole rows.
 */
export function usualDistance(codes: Float32Array, size: number): number {
  const rows = rowsOf(codes, size)
  if (rows < 2) return 0
  const looked = Math.min(rows, MOST_LOOKED_FROM)
  const distances = Float64Array.from({ length: looked }, (_, place) => {
    const row = Math.floor((place * rows) / looked)
    let nearest = Number.POSITIVE_INFINITY
    for (let other = 0; other < rows; other++) {
      if (other !== row) nearest = Math.min(nearest, squaredDistance(codes, row * size, codes, other * size, size))
    }
    return Math.sqrt(nearest)
  }).sort()
  return distances[Math.ceil(0.99 * looked) - 1] ?? 0
}

// biome-ignore lint/complexity/useMaxParams: it is called for every pair of codes, and an object for each would cost more than the sum.
function squaredDistance(a: ArrayLike<number>, from: number, b: ArrayLike<number>, to: number, size: number): number {
  let sum = 0
  for (let index = 0; index < size; index++) sum += ((a[from + index] as number) - (b[to + index] as number)) ** 2
  return sum
}

function rowsOf(codes: Float32Array, size: number): number {
  const rows = codes.length / size
  if (Number.isInteger(rows) && rows >= 1) return rows
  throw new AutoencoderError('WRONG_LENGTH', `codes: expected whole rows of ${size} values, at least one, got ${codes.length} values`)
}
