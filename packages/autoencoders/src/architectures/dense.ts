import { add, matMul, type Tensor2D } from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import { activationFunctions } from '../layers/activations.js'
import { type DenseConfig, type DenseLayer, layOutDense } from './denseLayout.js'
import type { Network, ParameterTensors } from './Network.js'

/** Builds a fully connected autoencoder. */
export function createDenseNetwork(config: DenseConfig, exampleShape: readonly number[]): Network {
  const layers = layOutDense(config, exampleShape)
  return {
    encode: (parameters, examples) => applyLayers(layers.encoder, parameters, examples).values,
    decode: (parameters, codes) => applyLayers(layers.decoder, parameters, codes),
  }
}

function applyLayers(layers: readonly DenseLayer[], parameters: ParameterTensors, inputs: Tensor2D) {
  let values = inputs
  let preActivations = inputs
  for (const { kernel, bias, activation } of layers) {
    preActivations = add(matMul(values, tensorOf(parameters, kernel) as Tensor2D), tensorOf(parameters, bias))
    values = activationFunctions[activation](preActivations)
  }
  return { values, preActivations }
}

function tensorOf(parameters: ParameterTensors, name: string) {
  const tensor = parameters[name]
  if (!tensor) throw new AutoencoderError('PARAMETERS_MISMATCH', `parameter ${name}: expected a tensor, got none`)
  return tensor
}
