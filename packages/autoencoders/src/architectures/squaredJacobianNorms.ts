import { expandDims, matMul, mul, reshape, square, sum, type Tensor, type Tensor1D, type Tensor2D, transpose } from '@tensorflow/tfjs-core'
import type { Activation } from './Activation.js'
import { activationDerivatives } from './activations.js'
import { applyLayer, type LayerOutput, parameterOf } from './applyLayer.js'
import type { DenseLayer } from './Layer.js'
import type { ParameterTensors } from './Network.js'

/**
 * Computes ‖∂f(x)/∂x‖²_F of an encoder of dense layers for each example, [batch], exactly. With D_l the diagonal of the activation's derivative
 * and W_l [inputs, outputs] the kernel of layer l, the Jacobian is D_L W_Lᵀ … D_1 W_1ᵀ = B W_1ᵀ, and its squared norm Σ (B G) ∘ B with
 * G = W_1ᵀ W_1: the inputs, the longest axis, are summed over once for the whole batch. One layer needs Σ_j d_j² ‖w_j‖² (Rifai et al. 2011,
 * equation 6, for the sigmoid).
 */
export function squaredJacobianNorms(layers: readonly DenseLayer[], parameters: ParameterTensors, examples: Tensor2D): Tensor1D {
  const outputs: LayerOutput[] = []
  for (const layer of layers) outputs.push(applyLayer(layer, parameters, outputs.at(-1)?.values ?? examples))
  const derivatives = layers.map(({ activation }, index) => derivativeOf(activation, outputs[index])) // [batch, units]
  const kernels = layers.map(({ kernel }) => parameterOf(parameters, kernel) as Tensor2D)
  const [first, ...others] = kernels
  const [firstDerivative, ...otherDerivatives] = derivatives
  if (!first || !firstDerivative) throw new TypeError('expected at least one layer')
  if (others.length === 0) return sum(mul(square(firstDerivative), sum(square(first), 0)), 1)

  const batch = examples.shape[0]
  const last = layers.at(-1) as DenseLayer
  // From the code back to the first layer: D_L W_Lᵀ, then times D_l W_lᵀ.
  let product = mul(expandDims(otherDerivatives.at(-1) as Tensor, 2), transpose(others.at(-1) as Tensor2D)) // [batch, latent, units]
  for (let index = others.length - 2; index >= 0; index--) {
    const { inputs, outputs: units } = layers[index + 1] as DenseLayer
    const scaled = mul(product, expandDims(otherDerivatives[index] as Tensor, 1))
    const rows = matMul(reshape(scaled, [batch * last.outputs, units]), others[index] as Tensor2D, false, true)
    product = reshape(rows, [batch, last.outputs, inputs])
  }
  const units = (layers[0] as DenseLayer).outputs
  const scaled = reshape(mul(product, expandDims(firstDerivative, 1)), [batch * last.outputs, units])
  const gram = matMul(first, first, true, false) // [units, units]
  return sum(reshape(mul(matMul(scaled, gram), scaled), [batch, last.outputs * units]), 1)
}

function derivativeOf(activation: Activation, output: LayerOutput | undefined): Tensor {
  if (!output) throw new TypeError('expected a layer’s output')
  return activationDerivatives[activation](output)
}
