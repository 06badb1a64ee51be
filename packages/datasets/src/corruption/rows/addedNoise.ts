import { DatasetError } from '../../DatasetError.js'

/** Largest level of noise that is added: one hides most of an image. */
export const LARGEST_SIZE = 10

/** Facts that are the same of all noise that is added to every value. */
export const addedNoise = { isAdded: true, needsPixels: false } as const

/** Returns a size of noise; throws DatasetError INVALID_ARGUMENT where it is none. */
export function requireSize(subject: string, size: number): number {
  if (size >= 0 && size < Infinity) return size
  throw new DatasetError('INVALID_ARGUMENT', {
    subject,
    expected: 'a finite number from 0',
    found: String(size),
    advice: 'Pixels lie from 0 to 1: a size of 1 hides most of an image.',
  })
}
