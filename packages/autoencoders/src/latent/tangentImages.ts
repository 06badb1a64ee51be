import { largestMagnitude } from './largestMagnitude.js'

export interface TangentImages {
  /** Each singular value times its unit direction: how the example changes for a unit step of the code. */
  readonly images: readonly Float32Array[]
  /** The largest magnitude in any of them. */
  readonly largest: number
}

/**
 * Stretches the unit directions at one example, `[directions, size]`, by their singular values, falling, one for each direction that is wanted:
 * strong ones compare with weak ones. They are left singular vectors of the decoder's Jacobian there; `size` counts the values of one example.
 */
export function tangentImages(directions: Float32Array, singularValues: readonly number[], size: number): TangentImages {
  const images = singularValues.map((stretch, index) => directions.slice(index * size, (index + 1) * size).map((value) => stretch * value))
  return { images, largest: Math.max(0, ...images.map(largestMagnitude)) }
}
