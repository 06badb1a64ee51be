import { columnVariances } from '../metrics/columnVariances.js'
import { codeColumns } from './CodeColumn.js'
import { CodeCompressor } from './CodeCompressor.js'
import { decoderSensitivity } from './decoderSensitivity.js'
import type { ExampleCodec } from './ExampleCodec.js'
import { measurePoint, type PicturedPoint } from './measurePoint.js'

export interface CodeRateDistortionOptions {
  /** Examples [n, size] whose codes the frequencies are fitted to. */
  readonly train: Float32Array
  /** Examples [n, size] that are compressed, all in one message. */
  readonly test: Float32Array
  /**
   * Steps as shares of the largest spread: what one standard deviation of the code dimension that matters most moves a reconstruction by.
   * @default eight, fine to coarse
   */
  readonly steps?: readonly number[]
  /** How many of the decompressed images are kept of each point. @default none */
  readonly keep?: number
}

export const defaultSteps: readonly number[] = [0.06, 0.12, 0.25, 0.5, 0.8, 1.2, 1.7, 2.4]
/** Codes at which the decoder's sensitivity is measured; fewer where codes are long, since each dimension is moved by itself. */
const probesFor = (latentDimension: number) => Math.max(4, Math.min(32, Math.floor(16_384 / latentDimension)))

/**
 * Compresses test examples with a codec at several steps of quantisation, decodes the very bytes, and measures rate and distortion. In each
 * dimension of the code the step is divided by how far the decoder moves the reconstruction for a unit of it, so that rounding any
 * dimension costs about the same in the image; for PCA, whose directions have unit length, all dimensions then have the same step, which is
 * what is best for it.
 */
export async function codeRateDistortion(codec: ExampleCodec, options: CodeRateDistortionOptions): Promise<PicturedPoint[]> {
  const { train, test, steps = defaultSteps, keep } = options
  const { exampleSize, latentDimension } = codec
  const trainingCodes = await codec.encode(train)
  const codes = await codec.encode(test)
  const columns = codeColumns(trainingCodes, latentDimension)
  const deviations = Float64Array.from(columnVariances(trainingCodes, latentDimension), Math.sqrt)
  const sensitivity = await decoderSensitivity(codec, trainingCodes.slice(0, probesFor(latentDimension) * latentDimension), deviations)
  const spread = Math.max(...sensitivity.map((value, dimension) => value * (deviations[dimension] as number)))
  const count = test.length / exampleSize
  const points: PicturedPoint[] = []
  for (const setting of steps) {
    // A dimension that changes nothing gets a step that leaves it one symbol.
    const dimensionSteps = sensitivity.map((value) => (value > 0 ? (setting * spread) / value : Number.MAX_VALUE))
    const compressor = new CodeCompressor(columns, dimensionSteps)
    const message = compressor.compress(codes)
    const decompressed = await codec.decode(compressor.decompress(message, count))
    points.push(measurePoint({ setting, bytes: message.length, originals: test, decompressed, size: exampleSize, keep }))
  }
  return points
}
