import type { ArchitectureConfig } from '../architectures/architectureSchema.js'
import { type Layer, ownsKernel } from '../architectures/Layer.js'
import { layerRowOf } from '../architectures/layerRowOf.js'
import type { ImageEnd } from '../architectures/layers/LayerRow.js'
import { layOut } from '../architectures/layouts.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'

/** Weights that a layer joins an image with, as images themselves. */
export interface LayerFilters {
  /** Whether they are what the first layer looks for, or what the last one adds. */
  readonly of: 'encoder' | 'decoder'
  /** How many there are in all. */
  readonly total: number
  /** Those with the largest weights first, each with the place of its unit, or filter. */
  readonly filters: readonly { readonly unit: number; readonly weights: Float32Array }[]
  readonly sides: readonly [height: number, width: number]
}

export interface LayerFiltersOptions {
  readonly architecture: ArchitectureConfig
  readonly exampleShape: readonly number[]
  readonly parameters: NamedTensors
  /** How many at most of each layer. */
  readonly wanted: number
}

/**
 * Reads the weights of an autoencoder's first layer and of its last: of a dense layer those between one unit and every pixel, of a convolution one
 * kernel, summed over the channels of an image. A decoder that has no weights of its own (tied) has no filters either.
 */
export function layerFilters({ architecture, exampleShape, parameters, wanted }: LayerFiltersOptions): readonly LayerFilters[] {
  const { encoder, decoder } = layOut(architecture, exampleShape)
  const [first, last] = [encoder[0], decoder.at(-1)]
  const [height = 1, width = 1, channels = 1] = exampleShape
  const image = { height, width, channels }
  return [
    ...(first ? filtersOf('encoder', { layer: first, parameters, image, wanted }) : []),
    ...(last && ownsKernel(last) ? filtersOf('decoder', { layer: last, parameters, image, wanted }) : []),
  ]
}

interface FilteringLayer extends Pick<LayerFiltersOptions, 'parameters' | 'wanted'>, Pick<ImageEnd, 'image'> {
  readonly layer: Layer
}

function filtersOf(of: LayerFilters['of'], { layer, parameters, image, wanted }: FilteringLayer): LayerFilters[] {
  const kernel = parameters[layer.kernel]
  if (!kernel) return []
  const { total, sides, at } = layerRowOf(layer).unitWeights(layer, { isEncoder: of === 'encoder', image })
  const [height, width] = sides
  const filters = Array.from({ length: total }, (_, unit) => {
    const weights = Float32Array.from({ length: height * width }, (_, place) => at(kernel.values, unit, place))
    return { unit, weights, size: weights.reduce((sum, weight) => sum + weight * weight, 0) }
  })
  const largest = filters.toSorted((a, b) => b.size - a.size).slice(0, wanted)
  return [{ of, total, sides, filters: largest.map(({ unit, weights }) => ({ unit, weights })) }]
}
