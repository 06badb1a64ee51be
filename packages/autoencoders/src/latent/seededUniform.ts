import { createRandom } from '@hourglass/datasets'

/** Draws numbers from 0 to 1, the same for the same seed; each name of a stream has its own. */
export function seededUniform(seed: number, stream: string): () => number {
  const random = createRandom(seed, stream)
  let drawn = 0
  return () => random.uniform(drawn++)
}
