import type { ArchitectureConfig } from '../config/RunConfig.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { denseWidths, describeDenseParameters } from './denseLayout.js'
import type { ParameterSpec } from './ParameterSpec.js'

interface ParameterLayout<Config> {
  readonly parameters: (config: Config, exampleShape: readonly number[]) => readonly ParameterSpec[]
  readonly widths: (config: Config, exampleShape: readonly number[]) => readonly number[]
}

/** The layout of each architecture, apart from its forward pass so that counting parameters loads no tensor library. */
const parameterLayouts: { readonly [Kind in ArchitectureConfig['kind']]: ParameterLayout<Extract<ArchitectureConfig, { kind: Kind }>> } = {
  dense: { parameters: describeDenseParameters, widths: denseWidths },
}

/** Describes every parameter of a model, encoder first. */
export function describeParameters(architecture: ArchitectureConfig, exampleShape: readonly number[]): readonly ParameterSpec[] {
  return parameterLayouts[architecture.kind].parameters(architecture, exampleShape)
}

/** Counts the trainable numbers of a model. */
export function countParameters(architecture: ArchitectureConfig, exampleShape: readonly number[]): number {
  return describeParameters(architecture, exampleShape).reduce((count, { shape }) => count + sizeOfShape(shape), 0)
}

/** Lists the widths of a model's layers from input to output, the code among them. */
export function layerWidths(architecture: ArchitectureConfig, exampleShape: readonly number[]): readonly number[] {
  return parameterLayouts[architecture.kind].widths(architecture, exampleShape)
}
