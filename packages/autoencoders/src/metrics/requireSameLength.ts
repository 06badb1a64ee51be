import { AutoencoderError } from '../AutoencoderError.js'

type Values = Float32Array | Float64Array | Uint8Array | readonly number[]

/** Throws AutoencoderError WRONG_LENGTH unless both have the same number of values, not zero, and whole rows of `width`. */
export function requireSameLength(
  subject: string,
  a: Values,
  { other, width = 1 }: { readonly other: Values; readonly width?: number },
): void {
  if (a.length > 0 && a.length === other.length && a.length % width === 0) return
  throw new AutoencoderError(
    'WRONG_LENGTH',
    `${subject}: expected two arrays of the same length, a multiple of ${width} and not 0, got ${a.length} and ${other.length}`,
  )
}
