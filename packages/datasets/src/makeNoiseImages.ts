import { createRandom, RandomBuffer } from '@hourglass/random'
import { requireInteger } from './requireInteger.js'
import type { Split } from './Split.js'

export interface NoiseImagesOptions {
  readonly count: number
  readonly seed: number
  /** Names the sample. @default 'train' */
  readonly stream?: string
}

/** A split whose values are pixels. */
export interface ImageSplit extends Split {
  /** `[count, 28, 28]`, row-major. */
  readonly values: Uint8Array
}

const SIZE = 28 * 28
const GREY_LEVELS = 256
/** Images made at a time. */
const CHUNK = 500

/**
 * Makes images of independent pixels, each of the 256 grey levels equally likely: no structure that an autoencoder could learn, so one that reconstructs them has
 * learned to copy. Pixel j of image i is the upper byte of draw 784 i + j.
 *
 * @throws DatasetError INVALID_ARGUMENT for a count that is not a whole number from 0, or a seed that is not a safe integer.
 */
export function makeNoiseImages({ count, seed, stream = 'train' }: NoiseImagesOptions): ImageSplit {
  requireInteger('count', count, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
  const random = createRandom(seed, `noise/${stream}`)
  const buffer = new RandomBuffer({ distribution: { kind: 'uniform', low: 0, high: GREY_LEVELS }, capacity: CHUNK * SIZE })
  const values = new Uint8Array(count * SIZE)
  for (let offset = 0; offset < values.length; offset += CHUNK * SIZE) {
    // Rounded down: draws are below 256.
    values.set(buffer.draw(random, { count: Math.min(CHUNK * SIZE, values.length - offset), offset }), offset)
  }
  return { count, values, labels: new Uint8Array(count) }
}
