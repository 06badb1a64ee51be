import { createRandom } from '@hourglass/random'
import { requireInteger } from './requireInteger.js'

const largestCount = 2 ** 31

export interface ShuffleOptions {
  readonly seed: number
  /** Names the permutation, such as `epoch/7`: every name gives an independent one. */
  readonly stream: string
}

/**
 * Returns the numbers 0 to count - 1 in a random order that depends on nothing but its arguments.
 *
 * Fisher and Yates's shuffle; each swap takes a 53-bit draw, so that no order is favoured measurably.
 *
 * @throws DatasetError INVALID_ARGUMENT for a count or seed that is not a whole number.
 */
export function shuffledIndices(count: number, { seed, stream }: ShuffleOptions): Uint32Array {
  requireInteger('count', count, { minimum: 0, maximum: largestCount })
  const words = new Uint32Array(2 * count)
  createRandom(seed, stream).fillBits(words)
  const indices = Uint32Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const high = words[2 * last] as number
    const low = (words[2 * last + 1] as number) >>> 11
    const chosen = Math.floor((high * 2 ** -32 + low * 2 ** -53) * (last + 1))
    const swapped = indices[last] as number
    indices[last] = indices[chosen] as number
    indices[chosen] = swapped
  }
  return indices
}
