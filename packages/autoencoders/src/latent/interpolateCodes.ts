import { AutoencoderError } from '../AutoencoderError.js'

/** How one goes from a code to the next: along the chord between them, or along the arc around the origin. */
export const codePaths = ['straight', 'spherical'] as const
export type CodePath = (typeof codePaths)[number]

export interface InterpolateOptions {
  /** Length of a code. */
  readonly size: number
  /** Codes between one and the next, both counted, 2 or more. */
  readonly steps: number
  readonly path: CodePath
}

/** Below this sine of the angle between two codes, the arc between them is the chord (0°) or is not one arc but many (180°). */
const SMALLEST_SINE = 1e-6

/**
 * Computes codes on the way through codes `[n, size]`, evenly spaced from each to the next: `[(n − 1) (steps − 1) + 1, size]`, in which those given are
 * to the bit. Spherical paths turn the direction evenly (Shoemake 1985) and change the length evenly, which keeps codes as far from the origin as a normal
 * prior has them; where one of two codes is the origin, or they point in the same or in opposite directions, no arc is told from others and the way is
 * straight. Throws WRONG_LENGTH unless the codes are whole rows, at least two.
 */
export function interpolateCodes(codes: Float32Array, { size, steps, path }: InterpolateOptions): Float32Array {
  const count = codes.length / size
  if (!Number.isInteger(count) || count < 2) {
    throw new AutoencoderError('WRONG_LENGTH', `codes: expected whole rows of ${size} values, at least two, got ${codes.length} values`)
  }
  const found = new Float32Array(((count - 1) * (steps - 1) + 1) * size)
  for (let row = 0; row + 1 < count; row++) {
    const from = codes.subarray(row * size, (row + 1) * size)
    const to = codes.subarray((row + 1) * size, (row + 2) * size)
    const weightsAt = path === 'spherical' ? arcBetween(from, to) : chord
    for (let step = 0; step < steps; step++) {
      const [a, b] = step === 0 ? [1, 0] : step === steps - 1 ? [0, 1] : weightsAt(step / (steps - 1))
      const at = (row * (steps - 1) + step) * size
      for (let index = 0; index < size; index++) found[at + index] = a * (from[index] as number) + b * (to[index] as number)
    }
  }
  return found
}

/** Weights of two codes at a share of the way. */
type Weights = (share: number) => readonly [number, number]

const chord: Weights = (share) => [1 - share, share]

function arcBetween(from: Float32Array, to: Float32Array): Weights {
  const [first, second] = [Math.hypot(...from), Math.hypot(...to)]
  const product = from.reduce((sum, value, index) => sum + value * (to[index] as number), 0)
  const angle = Math.acos(Math.min(1, Math.max(-1, product / (first * second))))
  const sine = Math.sin(angle)
  if (!(sine > SMALLEST_SINE)) return chord
  return (share) => {
    const length = (1 - share) * first + share * second
    return [(length * Math.sin((1 - share) * angle)) / (sine * first), (length * Math.sin(share * angle)) / (sine * second)]
  }
}
