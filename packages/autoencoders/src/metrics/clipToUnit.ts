/** Copies values with what is below 0 or above 1 moved to the bound, as a screen or an 8-bit file would show it; NaN stays NaN. */
export function clipToUnit(values: Float32Array): Float32Array {
  const clipped = new Float32Array(values.length)
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number
    clipped[index] = value < 0 ? 0 : value > 1 ? 1 : value
  }
  return clipped
}
