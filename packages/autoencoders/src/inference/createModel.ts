import type { NamedTensors } from '../tensors/NamedTensors.js'
import type { Decoder } from './createDecoder.js'
import type { Encoder } from './createEncoder.js'
import type { ModelDescription } from './ModelDescription.js'

/** Both halves of a trained model, which share its parameters. */
export interface Model extends Decoder, Encoder {
  /** Copies its parameters out, of which another one like it can be created. */
  copyParameters(): NamedTensors
}

/**
 * Creates encoder and decoder of a trained model, in a browser or in Node. TensorFlow.js is loaded with the first one.
 * Throws AutoencoderError PARAMETERS_MISMATCH where the parameters are not the architecture's.
 */
export async function createModel(model: ModelDescription): Promise<Model> {
  const { EagerModel } = await import('./EagerModel.js')
  return new EagerModel(model)
}
