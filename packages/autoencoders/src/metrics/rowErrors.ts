/** Averages the squared differences of each pair of rows `[n, size]`. */
export function rowErrors(a: Float32Array, b: Float32Array, size: number): Float32Array {
  return Float32Array.from({ length: a.length / size }, (_, row) => {
    let sum = 0
    for (let at = row * size; at < (row + 1) * size; at++) sum += ((a[at] as number) - (b[at] as number)) ** 2
    return sum / size
  })
}
