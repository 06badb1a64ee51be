/** Computes the variance of each column of values [n, width], of these values alone. */
export function columnVariances(values: Float32Array, width: number): number[] {
  const count = values.length / width
  const means = new Float64Array(width)
  const squares = new Float64Array(width)
  for (let index = 0; index < values.length; index++)
    means[index % width] = (means[index % width] as number) + (values[index] as number) / count
  for (let index = 0; index < values.length; index++) {
    const deviation = (values[index] as number) - (means[index % width] as number)
    squares[index % width] = (squares[index % width] as number) + deviation * deviation
  }
  return Array.from(squares, (square) => square / count)
}
