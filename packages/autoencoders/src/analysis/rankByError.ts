/** Tells places of examples from the least error to the greatest; of equal ones the earlier is first, and what is no number last. */
export function rankByError(errors: Float32Array): Uint32Array {
  const keys = errors.map((error) => (Number.isNaN(error) ? Number.POSITIVE_INFINITY : error))
  const places = Uint32Array.from(errors, (_, place) => place)
  return places.sort((a, b) => compare(keys[a] as number, keys[b] as number) || a - b)
}

/** Two that are infinite are equal, which their difference does not say. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
