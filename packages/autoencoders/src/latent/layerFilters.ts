import type { ArchitectureConfig } from '../architectures/architectureSchema.js'
import type { Layer } from '../architectures/Layer.js'
import { layOut } from '../architectures/layouts.js'
import type { NamedTensors, PlainTensor } from '../tensors/NamedTensors.js'

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
    ...(first ? filtersOf('encoder', first, parameters[first.kernel], { image, wanted }) : []),
    ...(last && !(last.kind === 'dense' && last.isTied) ? filtersOf('decoder', last, parameters[last.kernel], { image, wanted }) : []),
  ]
}

interface Wanted {
  readonly image: { readonly height: number; readonly width: number; readonly channels: number }
  readonly wanted: number
}

function filtersOf(of: LayerFilters['of'], layer: Layer, kernel: PlainTensor | undefined, { image, wanted }: Wanted): LayerFilters[] {
  if (!kernel) return []
  const isEncoder = of === 'encoder'
  const { total, sides, at } = layer.kind === 'dense' ? denseFilters(layer, isEncoder, image) : kernelFilters(layer, isEncoder)
  const [height, width] = sides
  const filters = Array.from({ length: total }, (_, unit) => {
    const weights = Float32Array.from({ length: height * width }, (_, place) => at(kernel.values, unit, place))
    return { unit, weights, size: weights.reduce((sum, weight) => sum + weight * weight, 0) }
  })
  const largest = filters.toSorted((a, b) => b.size - a.size).slice(0, wanted)
  return [{ of, total, sides, filters: largest.map(({ unit, weights }) => ({ unit, weights })) }]
}

interface Placed {
  readonly total: number
  readonly sides: readonly [height: number, width: number]
  /** The weight between a unit and a place of the image, or of the kernel. */
  readonly at: (values: Float32Array, unit: number, place: number) => number
}

function denseFilters(
  { inputs, outputs }: Extract<Layer, { kind: 'dense' }>,
  isEncoder: boolean,
  { height, width, channels }: Wanted['image'],
): Placed {
  const total = isEncoder ? outputs : inputs
  const weightAt = isEncoder
    ? (values: Float32Array, unit: number, value: number) => values[value * outputs + unit] ?? 0
    : (values: Float32Array, unit: number, value: number) => values[unit * outputs + value] ?? 0
  const at: Placed['at'] = (values, unit, place) => sumOver(channels, (channel) => weightAt(values, unit, place * channels + channel))
  return { total, sides: [height, width], at }
}

function kernelFilters({ kind, from, to, kernelSize }: Exclude<Layer, { kind: 'dense' }>, isEncoder: boolean): Placed {
  const [inputs, outputs] = [from[2], to[2]]
  const [total, others] = isEncoder ? [outputs, inputs] : [inputs, outputs]
  // Kernels [size, size, inputs, outputs]; of transposed convolutions inputs come last.
  const isTransposed = kind === 'transposedConvolution'
  const at: Placed['at'] = (values, unit, place) =>
    sumOver(others, (other) => {
      const [input, output] = isEncoder ? [other, unit] : [unit, other]
      return values[place * inputs * outputs + (isTransposed ? output * inputs + input : input * outputs + output)] ?? 0
    })
  return { total, sides: [kernelSize, kernelSize], at }
}

function sumOver(count: number, value: (index: number) => number): number {
  let sum = 0
  for (let index = 0; index < count; index++) sum += value(index)
  return sum
}
