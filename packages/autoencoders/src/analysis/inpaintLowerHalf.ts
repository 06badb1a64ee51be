import { clipToUnit } from '../metrics/clipToUnit.js'
import { meanSquaredError } from '../metrics/meanSquaredError.js'

export interface InpaintingOptions {
  /** Where the missing pixels start from, [height, width]. */
  readonly meanImage: Float32Array
  readonly sides: readonly [height: number, width: number]
  /** How often an image is encoded and decoded. */
  readonly iterations: number
  /** How often that is done anew; more than once only where encoding draws codes. */
  readonly chains: number
  /** Encodes images; may draw codes from their distributions, others each time. */
  readonly encode: (images: Float32Array) => Promise<Float32Array>
  /** Decodes codes to the means of pixels. */
  readonly decode: (codes: Float32Array) => Promise<Float32Array>
  /** Draws pixels from their means for the next encoding. @default the means themselves */
  readonly drawPixels?: ((means: Float32Array) => Float32Array) | undefined
}

export interface Inpainting {
  /** What filling in began with: the mean image in the lower half, [n, height, width]. */
  readonly started: Float32Array
  /** Images as the first chain filled them in at its end, with means of pixels. */
  readonly filled: Float32Array
  /** The mean of what the second half of every chain filled in: what is likely there, blurred where several things are. */
  readonly expected: Float32Array
  /** Of the expected ones, over missing pixels alone. */
  readonly meanSquaredError: number
  /** Of those at the end of the first chain. */
  readonly filledMeanSquaredError: number
  /** Of the mean image. */
  readonly meanImageMeanSquaredError: number
}

/**
 * Fills in the missing lower half of images [n, height, width] in 0…1: starting from the mean image there, it encodes and decodes the whole
 * image, puts what came out in place of the missing pixels, and repeats. With codes drawn from a variational encoder and pixels from its
 * decoder this is the Markov chain of Rezende, Mohamed & Wierstra 2014, appendix F; with means of pixels a chain believes its own first
 * guess, and a deterministic encoder settles on one answer. Among all answers the expected one has the least squared error, so that is what
 * is measured; it averages the means of pixels, whose draws would only add variance.
 */
export async function inpaintLowerHalf(images: Float32Array, options: InpaintingOptions): Promise<Inpainting> {
  const { meanImage, sides, iterations, chains, encode, decode, drawPixels } = options
  const [height, width] = sides
  const size = height * width
  const firstMissing = Math.floor(height / 2) * width
  const withMissing = (missing: (index: number) => number) =>
    images.map((value, index) => (index % size >= firstMissing ? missing(index) : value))
  const started = withMissing((index) => meanImage[index % size] as number)
  const burnIn = Math.floor(iterations / 2)
  const sums = new Float64Array(images.length)
  let filled = started
  for (let chain = 0; chain < chains; chain++) {
    let current = started
    let means: Float32Array = started
    for (let iteration = 0; iteration < iterations; iteration++) {
      means = clipToUnit(await decode(await encode(current)))
      const drawn = drawPixels ? drawPixels(means) : means
      current = withMissing((index) => drawn[index] as number)
      if (iteration < burnIn) continue
      for (let index = 0; index < sums.length; index++) sums[index] = (sums[index] as number) + (means[index] as number)
    }
    if (chain === 0) filled = withMissing((index) => means[index] as number)
  }
  const expected = withMissing((index) => (sums[index] as number) / (chains * (iterations - burnIn)))
  const missingOf = (values: Float32Array) => values.filter((_, index) => index % size >= firstMissing)
  const original = missingOf(images)
  return {
    started,
    filled,
    expected,
    meanSquaredError: meanSquaredError(original, missingOf(expected)),
    filledMeanSquaredError: meanSquaredError(original, missingOf(filled)),
    meanImageMeanSquaredError: meanSquaredError(original, missingOf(started)),
  }
}
