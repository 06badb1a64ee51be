/** Computes the variance of each column of values [n, width], of these values alone. */
export function columnVariances(values: Float32Array, width: number): number[] {
  const count = values.length / width
  const means = new Float64Array(width)
  const squares = new Float64Array(width)
  for (let begin = 0; begin < values.length; begin += width) {
    for (let column = 0; column < width; column++) means[column] = (means[column] as number) + (values[begin + column] as number) / count
  }
  for (let begin = 0; begin < values.length; begin += width) {
    for (let column = 0; column < width; column++) {
      const deviation = (values[begin + column] as number) - (means[column] as number)
      squares[column] = (squares[column] as number) + deviation * deviation
    }
  }
  return Array.from(squares, (square) => square / count)
}
