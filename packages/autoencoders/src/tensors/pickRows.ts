/** Copies rows of values [n, width] at some places. */
export function pickRows(values: Float32Array, width: number, places: Uint32Array): Float32Array {
  const picked = new Float32Array(places.length * width)
  for (const [row, place] of places.entries()) picked.set(values.subarray(place * width, (place + 1) * width), row * width)
  return picked
}
