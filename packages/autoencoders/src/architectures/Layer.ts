import type { Activation } from './Activation.js'

/** What every layer has: activation(linear map of the inputs by the kernel + bias). */
interface Parametrized {
  /** Names of its parameters. */
  readonly kernel: string
  readonly bias: string
  readonly activation: Activation
}

/** A fully connected layer: x · kernel + bias, kernel [inputs, outputs]. */
export interface DenseLayer extends Parametrized {
  readonly kind: 'dense'
  readonly inputs: number
  readonly outputs: number
  /** Whether the kernel is another layer's, [outputs, inputs], and is used transposed. */
  readonly isTied?: boolean
}

/** Shape of one image, rows first, channels last. */
export type ImageShape = readonly [height: number, width: number, channels: number]

/**
 * A convolutional layer, padded with zeros so that its output covers its input. `convolution` has a kernel [size, size, input channels, output
 * channels] and moves by `stride`; `transposedConvolution` is the transpose of one that moves by 2, kernel [size, size, output channels, input
 * channels]; `upsampledConvolution` repeats every pixel twice each way and convolves with stride 1.
 */
export interface ConvolutionLayer extends Parametrized {
  readonly kind: 'convolution' | 'transposedConvolution' | 'upsampledConvolution'
  readonly from: ImageShape
  readonly to: ImageShape
  readonly kernelSize: number
  /** Pixels between two places of the filter; of the transposed one, between two places of its output. */
  readonly stride: 1 | 2
}

export type Layer = DenseLayer | ConvolutionLayer

/** The layers of an autoencoder. */
export interface Layout {
  /** From the examples to the codes; the mean of the codes' distribution where the encoder is variational. */
  readonly encoder: readonly Layer[]
  /** Takes what the encoder's last layer takes, and gives the logarithm of the variance of each code unit; null for a deterministic encoder. */
  readonly logVariance: Layer | null
  /** From codes to reconstructions. */
  readonly decoder: readonly Layer[]
}

/** Counts the values that a layer gives for one example. */
export function outputSize(layer: Layer): number {
  return isDense(layer) ? layer.outputs : layer.to[0] * layer.to[1] * layer.to[2]
}

/** Tells whether the kernel is the layer's own. */
export function ownsKernel(layer: Layer): boolean {
  return !(isDense(layer) && layer.isTied)
}

export function isDense(layer: Layer): layer is DenseLayer {
  return layer.kind === 'dense'
}

/** Tells whether all layers are dense. */
export function areDense(layers: readonly Layer[]): layers is readonly DenseLayer[] {
  return layers.every(isDense)
}
