/** Copies values with what is below 0 or above 1 moved to the bound, as a screen or an 8-bit file would show it. */
export function clipToUnit(values: Float32Array): Float32Array {
  return values.map((value) => Math.min(1, Math.max(0, value)))
}
