import type { Layer } from '../Layer.js'

/** The kernel of a layer before it has values. */
export interface KernelShape {
  readonly shape: readonly number[]
  readonly outputs: number
  readonly fanIn: number
  readonly fanOut: number
}

/** The end of a model whose layer joins it with an image: what the first one looks for, or what the last one adds. */
export interface ImageEnd {
  readonly isEncoder: boolean
  readonly image: { readonly height: number; readonly width: number; readonly channels: number }
}

/** Where the weights of a kernel lie, an image of each unit or filter. */
export interface UnitWeights {
  readonly total: number
  readonly sides: readonly [height: number, width: number]
  /** The weight between a unit and a place of the image, or of the kernel. */
  at(values: Float32Array, unit: number, place: number): number
}

/** All that is known of a kind of layer without tensors. */
export interface LayerRow<Kind extends Layer = Layer> {
  describeKernel(layer: Kind): KernelShape
  /** Counts those of one example. */
  multiplications(layer: Kind): number
  /** Counts the values of the image that it makes of one example before it multiplies. */
  enlargedValues(layer: Kind): number
  unitWeights(layer: Kind, end: ImageEnd): UnitWeights
}
