import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { ArchitectureConfig } from './architectureSchema.js'
import { layOutConvolutional } from './convolutional.js'
import { layOutDense } from './dense.js'
import { type Layer, type Layout, outputSize } from './Layer.js'
import type { ParameterSpec } from './ParameterSpec.js'

type LayOut<Config> = (config: Config, exampleShape: readonly number[]) => Layout

/** The layers of each architecture, apart from their forward pass so that counting parameters loads no tensor library. */
const layouts: { readonly [Kind in ArchitectureConfig['kind']]: LayOut<Extract<ArchitectureConfig, { kind: Kind }>> } = {
  dense: layOutDense,
  convolutional: layOutConvolutional,
}

/** Lays out the layers that an architecture describes, for examples of one shape. */
export function layOut(architecture: ArchitectureConfig, exampleShape: readonly number[]): Layout {
  // A row takes the settings of its own kind, which the lookup by kind guarantees and the type system cannot follow.
  return (layouts[architecture.kind] as LayOut<ArchitectureConfig>)(architecture, exampleShape)
}

/** Describes every parameter of a model, encoder first. */
export function describeParameters(architecture: ArchitectureConfig, exampleShape: readonly number[]): readonly ParameterSpec[] {
  const { encoder, logVariance, decoder } = layOut(architecture, exampleShape)
  return [...encoder, ...(logVariance ? [logVariance] : []), ...decoder].flatMap(describeLayer)
}

/** Counts the trainable numbers of a model. */
export function countParameters(architecture: ArchitectureConfig, exampleShape: readonly number[]): number {
  return describeParameters(architecture, exampleShape).reduce((count, { shape }) => count + sizeOfShape(shape), 0)
}

/** Counts the multiplications that encoding and decoding one example takes. */
export function countMultiplications(architecture: ArchitectureConfig, exampleShape: readonly number[]): number {
  const { encoder, logVariance, decoder } = layOut(architecture, exampleShape)
  return [...encoder, ...(logVariance ? [logVariance] : []), ...decoder].reduce((sum, layer) => sum + multiplicationsOf(layer), 0)
}

/** Lists the widths of a model's layers from input to output, the code in the middle. */
export function layerWidths(architecture: ArchitectureConfig, exampleShape: readonly number[]): readonly number[] {
  const { encoder, decoder } = layOut(architecture, exampleShape)
  return [sizeOfShape(exampleShape), ...[...encoder, ...decoder].map(outputSize)]
}

/** Counts the units of a model's code, whatever form it has. */
export function latentDimensionOf(architecture: ArchitectureConfig, exampleShape: readonly number[]): number {
  const last = layOut(architecture, exampleShape).encoder.at(-1)
  return last ? outputSize(last) : 0
}

function describeLayer(layer: Layer): ParameterSpec[] {
  const { kernel, bias } = layer
  const { shape, outputs, fanIn, fanOut } = layer.kind === 'dense' ? describeDense(layer) : describeConvolution(layer)
  const own: ParameterSpec = { name: bias, shape: [outputs], role: 'bias', fanIn, fanOut }
  // A kernel that is another layer's is described there.
  const isTied = layer.kind === 'dense' && layer.isTied
  return isTied ? [own] : [{ name: kernel, shape, role: 'weight', fanIn, fanOut }, own]
}

const describeDense = ({ inputs, outputs }: Extract<Layer, { kind: 'dense' }>) => ({
  shape: [inputs, outputs],
  outputs,
  fanIn: inputs,
  fanOut: outputs,
})

function describeConvolution({ kind, kernelSize, stride, from, to }: Exclude<Layer, { kind: 'dense' }>) {
  const [inputs, outputs] = [from[2], to[2]]
  const area = kernelSize * kernelSize
  // One pixel meets every other place of a filter that moves by 2, each way.
  const met = area / stride ** 2
  if (kind === 'transposedConvolution') {
    return { shape: [kernelSize, kernelSize, outputs, inputs], outputs, fanIn: met * inputs, fanOut: area * outputs }
  }
  return { shape: [kernelSize, kernelSize, inputs, outputs], outputs, fanIn: area * inputs, fanOut: met * outputs }
}

function multiplicationsOf(layer: Layer): number {
  if (layer.kind === 'dense') return layer.inputs * layer.outputs
  const { kind, kernelSize, from, to } = layer
  const [height, width] = kind === 'transposedConvolution' ? from : to
  return height * width * kernelSize ** 2 * from[2] * to[2]
}
