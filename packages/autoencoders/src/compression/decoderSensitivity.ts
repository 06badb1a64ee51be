import type { ExampleCodec } from './ExampleCodec.js'

/** Share of a dimension's standard deviation by which it is moved. */
const SHARE = 0.1

/**
 * Measures how far the reconstruction moves, in Euclidean length, for a unit move of each code dimension: the root mean square over the
 * given codes [n, latent dimension] of ‖g(z + h eⱼ) − g(z)‖ / h, with h a tenth of the dimension's standard deviation. A dimension that does
 * not vary, or that the decoder ignores, has 0.
 */
export async function decoderSensitivity(codec: ExampleCodec, codes: Float32Array, deviations: Float64Array): Promise<Float64Array> {
  const { exampleSize, latentDimension } = codec
  const reconstructions = await codec.decode(codes)
  const sensitivity = new Float64Array(latentDimension)
  for (let dimension = 0; dimension < latentDimension; dimension++) {
    const h = SHARE * (deviations[dimension] as number)
    if (h === 0) continue
    const moved = await codec.decode(codes.map((value, index) => (index % latentDimension === dimension ? value + h : value)))
    const squares = moved.reduce((sum, value, index) => sum + (value - (reconstructions[index] as number)) ** 2, 0)
    sensitivity[dimension] = Math.sqrt((squares * exampleSize) / moved.length) / h
  }
  return sensitivity
}
