import type { ConvolutionLayer } from '../Layer.js'
import type { ImageEnd, LayerRow, UnitWeights } from './LayerRow.js'
import { sumOver } from './sumOver.js'

/** Kernel [size, size, inputs, outputs]. */
export const convolution: LayerRow<ConvolutionLayer> = {
  describeKernel: ({ kernelSize, stride, from, to }) => {
    const [inputs, outputs] = [from[2], to[2]]
    const area = kernelSize * kernelSize
    // One pixel meets every other place of a filter that moves by 2, each way.
    const met = area / stride ** 2
    return { shape: [kernelSize, kernelSize, inputs, outputs], outputs, fanIn: area * inputs, fanOut: met * outputs }
  },
  multiplications: ({ kernelSize, from, to }) => to[0] * to[1] * kernelSize ** 2 * from[2] * to[2],
  enlargedValues: () => 0,
  unitWeights: (layer, end) => kernelWeights(layer, end, ({ input, output, outputs }) => input * outputs + output),
}

export const upsampledConvolution: LayerRow<ConvolutionLayer> = {
  ...convolution,
  enlargedValues: ({ from, to }) => to[0] * to[1] * from[2],
}

/** Kernel [size, size, outputs, inputs]. */
export const transposedConvolution: LayerRow<ConvolutionLayer> = {
  describeKernel: ({ kernelSize, stride, from, to }) => {
    const [inputs, outputs] = [from[2], to[2]]
    const area = kernelSize * kernelSize
    const met = area / stride ** 2
    return { shape: [kernelSize, kernelSize, outputs, inputs], outputs, fanIn: met * inputs, fanOut: area * outputs }
  },
  multiplications: ({ kernelSize, from, to }) => from[0] * from[1] * kernelSize ** 2 * from[2] * to[2],
  enlargedValues: () => 0,
  unitWeights: (layer, end) => kernelWeights(layer, end, ({ input, output, inputs }) => output * inputs + input),
}

interface KernelPlace {
  readonly input: number
  readonly inputs: number
  readonly output: number
  readonly outputs: number
}

/** Reads kernels, each summed over the channels of the image; `placeOf` says where a weight lies within those of one pixel. */
function kernelWeights(
  { from, to, kernelSize }: ConvolutionLayer,
  { isEncoder }: ImageEnd,
  placeOf: (place: KernelPlace) => number,
): UnitWeights {
  const [inputs, outputs] = [from[2], to[2]]
  const [total, others] = isEncoder ? [outputs, inputs] : [inputs, outputs]
  return {
    total,
    sides: [kernelSize, kernelSize],
    at: (values, unit, place) =>
      sumOver(others, (other) => {
        const [input, output] = isEncoder ? [other, unit] : [unit, other]
        return values[place * inputs * outputs + placeOf({ input, inputs, output, outputs })] ?? 0
      }),
  }
}
