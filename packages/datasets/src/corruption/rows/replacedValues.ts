import { UNIFORM_STEPS } from '@hourglass/random'
import { i32x4, type KernelBuilder } from '@hourglass/wasm'
import { DatasetError } from '../../DatasetError.js'
import type { NoiseLevel } from './CorruptionRow.js'

/** Facts that are the same of all corruptions that replace some of the values by others in 0…1. */
export const replacedValues = { isAdded: false, reach: () => 0, normalDeviation: () => null } as const

/** Describes the share of the values that are replaced. */
export const probability = (description: string): NoiseLevel<'probability'> => ({
  name: 'probability',
  title: 'Probability',
  description,
  words: 'share of the values',
  default: 0.5,
  maximum: 1,
  scale: 'linear',
  mostOffered: 0.95,
})

/** Writes a share as `30 %`. */
export const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`

/** Makes, of the steps on the stack, a mask of ones where the uniform draw step / 2²⁴ is below a probability. */
export function emitBelow(kernel: KernelBuilder, share: number): void {
  kernel.emit(kernel.i32(Math.ceil(share * UNIFORM_STEPS)), i32x4.lessThanSigned)
}

/** Returns a probability; throws DatasetError INVALID_ARGUMENT where it is none. */
export function requireProbability(share: number): number {
  if (share >= 0 && share <= 1) return share
  throw new DatasetError('INVALID_ARGUMENT', {
    subject: 'probability',
    expected: 'a number from 0 to 1',
    found: String(share),
    advice: 'Pass the share of the values that is to be changed.',
  })
}
