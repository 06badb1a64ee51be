import type { ModelDescription } from './ModelDescription.js'

export interface Encoder {
  /** Encodes examples [count, values of one example] to codes [count, latent dimension]; throws WRONG_LENGTH on other lengths. */
  encode(examples: Float32Array, count: number): Float32Array
  dispose(): void
}

/**
 * Creates the encoder of a trained model, in a browser or in Node. TensorFlow.js is loaded with the first one.
 * Throws AutoencoderError PARAMETERS_MISMATCH where the parameters are not the architecture's.
 */
export async function createEncoder(model: ModelDescription): Promise<Encoder> {
  const { EagerModel } = await import('./EagerModel.js')
  return new EagerModel(model)
}
