import { type Split, shuffledIndices } from '@hourglass/datasets'
import { AutoencoderError } from '../AutoencoderError.js'

export interface ChooseLabelledOptions {
  /** How many examples. */
  readonly count: number
  /** How many of the split's examples, from the first, to choose from. */
  readonly available: number
  readonly classCount: number
  readonly seed: number
}

/**
 * Chooses examples of a split at random, as many of each class as of any other (the first classes one more where that does not divide);
 * where a class has too few, others fill up. Throws AutoencoderError DATASET_MISMATCH where there are fewer in all.
 */
export function chooseLabelled({ labels }: Split, { count, available, classCount, seed }: ChooseLabelledOptions): Uint32Array {
  if (!Number.isInteger(count) || count < 1 || count > available) {
    throw new AutoencoderError('DATASET_MISMATCH', `labelled examples: expected a whole number from 1 to ${available}, got ${count}`)
  }
  const order = shuffledIndices(available, { seed, stream: 'labelled' })
  const wanted = Array.from({ length: classCount }, (_, label) => Math.floor(count / classCount) + (label < count % classCount ? 1 : 0))
  const spare: number[] = []
  const chosen: number[] = []
  for (const index of order) {
    const label = labels[index] as number
    if ((wanted[label] ?? 0) > 0) {
      wanted[label] = (wanted[label] as number) - 1
      chosen.push(index)
    } else spare.push(index)
  }
  return Uint32Array.from([...chosen, ...spare].slice(0, count))
}
