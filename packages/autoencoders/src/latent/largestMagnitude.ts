/** Finds the largest distance of values from 0; 0 of none. */
export function largestMagnitude(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
