import { mul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { activationDerivatives } from './activations.js'
import { applyKernel, applyLayer, toRows } from './applyLayer.js'
import { type Layer, outputSize } from './Layer.js'
import type { ParameterTensors } from './Network.js'

interface PushForwardOptions {
  readonly parameters: ParameterTensors
  /** [1, inputs of the first layer] */
  readonly code: Tensor2D
  /** [count, inputs of the first layer] */
  readonly directions: Tensor2D
}

/**
 * Multiplies directions by the Jacobian of layers at one code, [count, outputs of the last layer], layer by layer along with the code itself: with a
 * the inputs of an activation φ and W a layer's kernel, v becomes φ′(a) ∘ (W v). That costs as much as applying the layers to as many codes.
 */
export function pushForward(layers: readonly Layer[], { parameters, code, directions }: PushForwardOptions): Tensor2D {
  let at: Tensor = code
  let moved: Tensor = directions
  let size = code.shape[1]
  for (const layer of layers) {
    const output = applyLayer(layer, parameters, at)
    moved = mul(applyKernel(layer, parameters, moved), activationDerivatives[layer.activation](output))
    at = output.values
    size = outputSize(layer)
  }
  return toRows(moved, size)
}
