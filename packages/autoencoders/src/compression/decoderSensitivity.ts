import type { ExampleCodec } from './ExampleCodec.js'

/** Share of a dimension's standard deviation by which it is moved. */
const SHARE = 0.1
/** Codes that are decoded at a time. */
const ROWS = 1000

/**
 * Measures how far the reconstruction moves, in Euclidean length, for a unit move of each code dimension: the root mean square over the
 * given codes [n, latent dimension] of ‖g(z + h eⱼ) − g(z)‖ / h, with h a tenth of the dimension's standard deviation. A dimension that does
 * not vary, or that the decoder ignores, has 0.
 */
export async function decoderSensitivity(codec: ExampleCodec, codes: Float32Array, deviations: Float64Array): Promise<Float64Array> {
  const { exampleSize, latentDimension } = codec
  const count = codes.length / latentDimension
  const reconstructions = await codec.decode(codes)
  const varying = Array.from(deviations.keys()).filter((dimension) => (deviations[dimension] as number) > 0)
  const sensitivity = new Float64Array(latentDimension)
  const together = Math.max(1, Math.floor(ROWS / count))
  for (let first = 0; first < varying.length; first += together) {
    const dimensions = varying.slice(first, first + together)
    const moved = new Float32Array(dimensions.length * codes.length)
    for (const [index, dimension] of dimensions.entries()) {
      moved.set(codes, index * codes.length)
      for (let row = 0; row < count; row++) {
        const place = index * codes.length + row * latentDimension + dimension
        moved[place] = (moved[place] as number) + SHARE * (deviations[dimension] as number)
      }
    }
    const decoded = await codec.decode(moved)
    for (const [index, dimension] of dimensions.entries()) {
      let squares = 0
      for (let place = 0; place < reconstructions.length; place++) {
        squares += ((decoded[index * reconstructions.length + place] as number) - (reconstructions[place] as number)) ** 2
      }
      sensitivity[dimension] = Math.sqrt((squares * exampleSize) / reconstructions.length) / (SHARE * (deviations[dimension] as number))
    }
  }
  return sensitivity
}
