import type { Activation, ArchitectureConfig } from '../config/RunConfig.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { ParameterSpec } from './ParameterSpec.js'

export type DenseConfig = Extract<ArchitectureConfig, { kind: 'dense' }>

/** One fully connected layer: activation(x · kernel + bias), kernel [inputs, outputs]. */
export interface DenseLayer {
  readonly kernel: string
  readonly bias: string
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
}

export interface DenseLayers {
  readonly encoder: readonly DenseLayer[]
  readonly decoder: readonly DenseLayer[]
}

/** Lays out the layers of a dense autoencoder: input, hidden widths, code, hidden widths reversed, output. */
export function layOutDense(config: DenseConfig, exampleShape: readonly number[]): DenseLayers {
  const { hiddenWidths, latentDimension, hiddenActivation, codeActivation, outputActivation } = config
  const size = sizeOfShape(exampleShape)
  return {
    encoder: chain('encoder', [size, ...hiddenWidths, latentDimension], hiddenActivation, codeActivation),
    decoder: chain('decoder', [latentDimension, ...hiddenWidths.toReversed(), size], hiddenActivation, outputActivation),
  }
}

/** Describes the parameters of a dense autoencoder in the order of its layers, encoder first. */
export function describeDenseParameters(config: DenseConfig, exampleShape: readonly number[]): readonly ParameterSpec[] {
  const { encoder, decoder } = layOutDense(config, exampleShape)
  return [...encoder, ...decoder].flatMap(({ kernel, bias, inputs, outputs }): ParameterSpec[] => [
    { name: kernel, shape: [inputs, outputs], role: 'weight', fanIn: inputs, fanOut: outputs },
    { name: bias, shape: [outputs], role: 'bias', fanIn: inputs, fanOut: outputs },
  ])
}

/** Lists the widths of a dense autoencoder's layers, the input first. */
export function denseWidths(config: DenseConfig, exampleShape: readonly number[]): readonly number[] {
  const { encoder, decoder } = layOutDense(config, exampleShape)
  return [sizeOfShape(exampleShape), ...[...encoder, ...decoder].map(({ outputs }) => outputs)]
}

function chain(prefix: string, widths: readonly number[], hidden: Activation, last: Activation): DenseLayer[] {
  return widths.slice(1).map((outputs, index) => ({
    kernel: `${prefix}/${index}/kernel`,
    bias: `${prefix}/${index}/bias`,
    inputs: widths[index] ?? 0,
    outputs,
    activation: index === widths.length - 2 ? last : hidden,
  }))
}
