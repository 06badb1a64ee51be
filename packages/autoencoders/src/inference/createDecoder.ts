import type { ModelDescription } from './ModelDescription.js'

export interface Decoder {
  /** Decodes codes [count, latent dimension] to reconstructions [count, values of one example]; throws WRONG_LENGTH on other lengths. */
  decode(codes: Float32Array, count: number): Float32Array
  /**
   * Multiplies directions [count, latent dimension] by the Jacobian of the decoder at one code: how the reconstruction moves along each, [count, values of
   * one example]; throws WRONG_LENGTH on other lengths.
   */
  pushForward(code: Float32Array, directions: Float32Array): Float32Array
  dispose(): void
}

/**
 * Creates the decoder of a trained model, in a browser or in Node. TensorFlow.js is loaded with the first one.
 * Throws AutoencoderError PARAMETERS_MISMATCH where the parameters are not the architecture's.
 */
export async function createDecoder(model: ModelDescription): Promise<Decoder> {
  const { EagerModel } = await import('./EagerModel.js')
  return new EagerModel(model)
}
