import type { ExampleCodec } from '../compression/ExampleCodec.js'
import { clipToUnit } from '../metrics/clipToUnit.js'
import { meanSquaredError } from '../metrics/meanSquaredError.js'

export interface InpaintingOptions {
  /** Where the missing pixels start from, [height, width]. */
  readonly meanImage: Float32Array
  readonly sides: readonly [height: number, width: number]
  readonly iterations: number
}

export interface Inpainting {
  /** Images with the lower half filled in, [n, height, width]. */
  readonly filled: Float32Array
  /** What filling in began with: the mean image in the lower half. */
  readonly started: Float32Array
  /** Over missing pixels alone. */
  readonly meanSquaredError: number
  /** Of the mean image over the same pixels. */
  readonly meanImageMeanSquaredError: number
}

/**
 * Fills in the missing lower half of images [n, height, width] in 0…1: starting from the mean image there, it encodes and decodes the whole
 * image, puts what came out in place of the missing pixels, and repeats. This is the Markov chain of Rezende, Mohamed & Wierstra 2014,
 * appendix F, with means in place of samples, so that it settles on one answer.
 */
export async function inpaintLowerHalf(codec: ExampleCodec, images: Float32Array, options: InpaintingOptions): Promise<Inpainting> {
  const { meanImage, sides, iterations } = options
  const [height, width] = sides
  const size = height * width
  const firstMissing = Math.floor(height / 2) * width
  const isMissing = (index: number) => index % size >= firstMissing
  const started = images.map((value, index) => (isMissing(index) ? (meanImage[index % size] as number) : value))
  let filled = started
  for (let iteration = 0; iteration < iterations; iteration++) {
    const decoded = clipToUnit(await codec.decode(await codec.encode(filled)))
    filled = images.map((value, index) => (isMissing(index) ? (decoded[index] as number) : value))
  }
  const missing = (values: Float32Array) => values.filter((_, index) => isMissing(index))
  return {
    filled,
    started,
    meanSquaredError: meanSquaredError(missing(images), missing(filled)),
    meanImageMeanSquaredError: meanSquaredError(missing(images), missing(started)),
  }
}
