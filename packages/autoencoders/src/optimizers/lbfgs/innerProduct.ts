/** Computes Σ aᵢ bᵢ in float64; both have the same length. */
export function innerProduct(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number)
  return sum
}
