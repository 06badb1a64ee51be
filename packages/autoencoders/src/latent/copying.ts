import type { LatentModel } from './LatentModel.js'

/** How pixels of an affine autoencoder come out at one another. */
export interface Copying {
  /** Values of an example that are looked at, by place. */
  readonly places: readonly number[]
  /** `[places, places]`: how much the reconstruction at the second grows when the first one does by 1. The identity where all is copied. */
  readonly weights: Float32Array
  /** ‖P − I‖_F over ‖I‖_F of these places: 0 where they are copied. */
  readonly distance: number
}

export interface CopyingOptions {
  /** Values of one example. */
  readonly size: number
  readonly places: readonly number[]
  readonly signal?: AbortSignal
}

/**
 * Computes weights of the product of encoder and decoder, P = W_f W_g, of an affine autoencoder r(x) = x P + b, at some places of an example: from
 * what it makes of 0 and of 1 at each of them.
 */
export async function copying(model: LatentModel, { size, places, signal }: CopyingOptions): Promise<Copying> {
  const count = places.length
  const examples = new Float32Array((count + 1) * size) // the last one is 0 everywhere
  for (const [row, place] of places.entries()) examples[row * size + place] = 1
  const reconstructions = await model.decode(await model.encode(examples, count + 1, signal), count + 1, signal)
  const weights = new Float32Array(count * count)
  let squares = 0
  for (let row = 0; row < count; row++) {
    for (const [column, place] of places.entries()) {
      const weight = (reconstructions[row * size + place] ?? 0) - (reconstructions[count * size + place] ?? 0)
      weights[row * count + column] = weight
      squares += (weight - (row === column ? 1 : 0)) ** 2
    }
  }
  return { places, weights, distance: Math.sqrt(squares / count) }
}
