import {
  add,
  concat,
  conv2d,
  conv2dTranspose,
  matMul,
  reshape,
  slice,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import { activationFunctions } from './activations.js'
import { type ConvolutionLayer, type ImageShape, isDense, type Layer } from './Layer.js'
import type { ParameterTensors } from './Network.js'

/** What a layer makes of its inputs, [batch, units] or, of a convolution, [batch, height, width, channels]. */
export interface LayerOutput {
  readonly values: Tensor
  /** What the activation was applied to; same shape. */
  readonly preActivations: Tensor
}

/** Applies a layer to a batch; whether the batch comes as rows or as images makes no difference. */
export function applyLayer(layer: Layer, parameters: ParameterTensors, inputs: Tensor): LayerOutput {
  const preActivations = add(applyKernel(layer, parameters, inputs), parameterOf(parameters, layer.bias))
  return { values: activationFunctions[layer.activation](preActivations), preActivations }
}

/** Applies the linear map of a layer to a batch, without its bias and its activation. */
export function applyKernel(layer: Layer, parameters: ParameterTensors, inputs: Tensor): Tensor {
  const kernel = parameterOf(parameters, layer.kernel)
  return isDense(layer)
    ? matMul(toRows(inputs, layer.inputs), kernel as Tensor2D, false, layer.isTied)
    : convolve(layer, kernel as Tensor4D, toImages(inputs, layer.from))
}

/** Reads a parameter; throws PARAMETERS_MISMATCH where there is none of the name. */
export function parameterOf(parameters: ParameterTensors, name: string): Tensor {
  const tensor = parameters[name]
  if (!tensor) throw new AutoencoderError('PARAMETERS_MISMATCH', `parameter ${name}: expected a tensor, got none`)
  return tensor
}

/** Lays a batch out as rows [batch, size]. */
export function toRows(batch: Tensor, size: number): Tensor2D {
  return batch.rank === 2 ? (batch as Tensor2D) : reshape(batch, [batch.shape[0] ?? 0, size])
}

type Convolution = (layer: ConvolutionLayer, kernel: Tensor4D, images: Tensor4D) => Tensor4D

const convolutions: Readonly<Record<ConvolutionLayer['kind'], Convolution>> = {
  convolution: ({ stride }, kernel, images) => conv2d(images, kernel, stride, 'same'),
  transposedConvolution: ({ to: [height, width, channels], stride }, kernel, images) =>
    conv2dTranspose(images, kernel, [images.shape[0], height, width, channels], stride, 'same'),
  upsampledConvolution: ({ to }, kernel, images) => conv2d(repeatPixels(images, to), kernel, 1, 'same'),
}

const convolve: Convolution = (layer, kernel, images) => convolutions[layer.kind](layer, kernel, images)

/** Repeats every pixel twice each way, and cuts what goes beyond a shape. Made of concatenations, since tfjs's resizing has a wrong gradient. */
function repeatPixels(images: Tensor4D, [toHeight, toWidth]: ImageShape): Tensor4D {
  const [batch, height, width, channels] = images.shape
  const rows: Tensor3D = reshape(images, [batch * height, 1, width * channels])
  const columns: Tensor3D = reshape(concat([rows, rows], 1), [batch * 2 * height * width, 1, channels])
  const repeated = reshape(concat([columns, columns], 1), [batch, 2 * height, 2 * width, channels]) as Tensor4D
  const isWhole = toHeight === 2 * height && toWidth === 2 * width
  return isWhole ? repeated : (slice(repeated, [0, 0, 0, 0], [batch, toHeight, toWidth, channels]) as Tensor4D)
}

function toImages(batch: Tensor, [height, width, channels]: ImageShape): Tensor4D {
  return batch.rank === 4 ? (batch as Tensor4D) : reshape(batch, [batch.shape[0] ?? 0, height, width, channels])
}
