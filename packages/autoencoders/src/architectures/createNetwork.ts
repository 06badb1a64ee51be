import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { applyLayer, toRows } from './applyLayer.js'
import type { ArchitectureConfig } from './architectureSchema.js'
import { areDense, type Layer, type Layout, outputSize } from './Layer.js'
import { layOut } from './layouts.js'
import type { Network, ParameterTensors } from './Network.js'
import { pushForward } from './pushForward.js'
import { squaredJacobianNorms } from './squaredJacobianNorms.js'

/** Builds the encoder and the decoder that an architecture describes, for examples of one shape. */
export function createNetwork(architecture: ArchitectureConfig, exampleShape: readonly number[]): Network {
  return networkOf(layOut(architecture, exampleShape))
}

/** Builds the encoder and the decoder of laid out layers. */
export function networkOf({ encoder, logVariance, decoder }: Layout): Network {
  return {
    encode: (parameters, examples) => applyLayers(encoder, parameters, examples).values,
    decode: (parameters, codes) => applyLayers(decoder, parameters, codes),
    pushForward: (parameters, code, directions) => pushForward(decoder, { parameters, code, directions }),
    encodeDistribution: logVariance
      ? (parameters, examples) => {
          const hidden = encoder.slice(0, -1).reduce<Tensor>((values, layer) => applyLayer(layer, parameters, values).values, examples)
          return {
            mean: applyLayers(encoder.slice(-1), parameters, hidden).values,
            logVariance: applyLayers([logVariance], parameters, hidden).values,
          }
        }
      : null,
    squaredJacobianNorms: areDense(encoder) ? (parameters, examples) => squaredJacobianNorms(encoder, parameters, examples) : null,
  }
}

/** Applies layers one after another; the last one's output comes as rows. */
function applyLayers(layers: readonly Layer[], parameters: ParameterTensors, inputs: Tensor) {
  let output = { values: inputs, preActivations: inputs }
  let size = inputs.shape[1] ?? 0
  for (const layer of layers) {
    output = applyLayer(layer, parameters, output.values)
    size = outputSize(layer)
  }
  return { values: toRows(output.values, size) as Tensor2D, preActivations: toRows(output.preActivations, size) as Tensor2D }
}
