/** Cuts values that lie one after another into as many rows of one length. */
export function rowsOf(values: Float32Array, count: number): Float32Array[] {
  const size = values.length / count
  return Array.from({ length: count }, (_, row) => values.subarray(row * size, (row + 1) * size))
}
