/** Smaller ones, as a share of the largest, are rounding: of a matrix of lower rank no singular value comes out as exactly 0. */
const ROUNDING = 1e-5

/** Takes the singular values, falling, that are more than rounding, and that a logarithmic axis can therefore hold. */
export function drawableSpectrum(singularValues: readonly number[] | undefined): readonly number[] {
  const [largest = 0] = singularValues ?? []
  return (singularValues ?? []).filter((value) => value > ROUNDING * largest)
}
