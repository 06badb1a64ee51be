import { sizeOfShape } from '../tensors/NamedTensors.js'
import { architectureRowOf } from './architectureRowOf.js'
import type { ArchitectureConfig } from './architectureSchema.js'
import { type Layer, type Layout, outputSize, ownsKernel } from './Layer.js'
import { layerRowOf } from './layerRowOf.js'
import type { ParameterSpec } from './ParameterSpec.js'

/** Lays out the layers that an architecture describes, for examples of one shape. */
export function layOut(architecture: ArchitectureConfig, exampleShape: readonly number[]): Layout {
  return architectureRowOf(architecture).layOut(architecture, exampleShape)
}

/** Describes every parameter of a model, encoder first. */
export function describeParameters(architecture: ArchitectureConfig, exampleShape: readonly number[]): readonly ParameterSpec[] {
  return layersOf(architecture, exampleShape).flatMap(describeLayer)
}

/** Counts the trainable numbers of a model. */
export function countParameters(architecture: ArchitectureConfig, exampleShape: readonly number[]): number {
  return describeParameters(architecture, exampleShape).reduce((count, { shape }) => count + sizeOfShape(shape), 0)
}

/** Counts the multiplications that encoding and decoding one example takes. */
export function countMultiplications(architecture: ArchitectureConfig, exampleShape: readonly number[]): number {
  return layersOf(architecture, exampleShape).reduce((sum, layer) => sum + layerRowOf(layer).multiplications(layer), 0)
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

/**
 * Lists the widths between the input and the code of an encoder whose Jacobian is regularized, which then takes time and memory for each
 * ({@link squaredJacobianNorms}); null of an encoder that has no exact one.
 */
export function jacobianWidths(architecture: ArchitectureConfig, exampleShape: readonly number[]): readonly number[] | null {
  if (!architectureRowOf(architecture).hasExactJacobian) return null
  return layOut(architecture, exampleShape).encoder.slice(0, -1).map(outputSize)
}

function layersOf(architecture: ArchitectureConfig, exampleShape: readonly number[]): readonly Layer[] {
  const { encoder, logVariance, decoder } = layOut(architecture, exampleShape)
  return [...encoder, ...(logVariance ? [logVariance] : []), ...decoder]
}

function describeLayer(layer: Layer): ParameterSpec[] {
  const { shape, outputs, fanIn, fanOut } = layerRowOf(layer).describeKernel(layer)
  const own: ParameterSpec = { name: layer.bias, shape: [outputs], role: 'bias', fanIn, fanOut }
  // A kernel that is another layer's is described there.
  return ownsKernel(layer) ? [{ name: layer.kernel, shape, role: 'weight', fanIn, fanOut }, own] : [own]
}
