import type { Activation, PlainTensor } from '@hourglass/autoencoders'

/** A layer as what it is: a sparse linear map, a bias, and a function of each output. */
export interface SparseLayer {
  readonly outputs: number
  /** Of each output: the inputs that it looks at, and their weights. */
  readonly inputs: readonly Int32Array[]
  readonly weights: readonly Float64Array[]
  readonly bias: Float64Array
  readonly activation: Activation
}

export type Shape = readonly [height: number, width: number, channels: number]

interface Filter {
  readonly kernel: PlainTensor
  readonly from: Shape
  readonly to: Shape
  readonly stride: number
}

/** Lists what a convolution multiplies: kernel [size, size, in, out], zeros around the image so that ⌈side / stride⌉ places fit. */
function* terms({ kernel, from, to, stride }: Filter) {
  const [size = 1, , inputs = 1, outputs = 1] = kernel.shape
  const before = (side: number, places: number) => Math.floor(Math.max(0, (places - 1) * stride + size - side) / 2)
  const [top, left] = [before(from[0], to[0]), before(from[1], to[1])]
  for (let y = 0; y < to[0]; y++) {
    for (let x = 0; x < to[1]; x++) {
      for (let dy = 0; dy < size; dy++) {
        for (let dx = 0; dx < size; dx++) {
          const [row, column] = [y * stride + dy - top, x * stride + dx - left]
          if (row < 0 || column < 0 || row >= from[0] || column >= from[1]) continue
          for (let input = 0; input < inputs; input++) {
            for (let output = 0; output < outputs; output++) {
              yield {
                input: (row * from[1] + column) * inputs + input,
                output: (y * to[1] + x) * outputs + output,
                weight: kernel.values[((dy * size + dx) * inputs + input) * outputs + output] ?? Number.NaN,
              }
            }
          }
        }
      }
    }
  }
}

export function convolution(filter: Filter, bias: PlainTensor, activation: Activation): SparseLayer {
  return collect(terms(filter), sizeOf(filter.to), bias, activation)
}

/** The transpose of a convolution of the larger image to the smaller: kernel [size, size, channels out, channels in]. */
export function transposedConvolution({ kernel, from, to, stride }: Filter, bias: PlainTensor, activation: Activation): SparseLayer {
  const turned = Array.from(terms({ kernel, from: to, to: from, stride }), ({ input, output, weight }) => ({
    input: output,
    output: input,
    weight,
  }))
  return collect(turned, sizeOf(to), bias, activation)
}

/** Each pixel stands twice each way before the convolution. */
export function repeatedConvolution({ kernel, from, to }: Filter, bias: PlainTensor, activation: Activation): SparseLayer {
  const repeated = function* () {
    for (const { input, ...term } of terms({ kernel, from: [to[0], to[1], from[2]], to, stride: 1 })) {
      const [channel, pixel] = [input % from[2], Math.floor(input / from[2])]
      const [row, column] = [Math.floor(pixel / to[1]), pixel % to[1]]
      yield { ...term, input: (Math.floor(row / 2) * from[1] + Math.floor(column / 2)) * from[2] + channel }
    }
  }
  return collect(repeated(), sizeOf(to), bias, activation)
}

interface LinearTerm {
  readonly input: number
  readonly output: number
  readonly weight: number
}

function collect(all: Iterable<LinearTerm>, outputs: number, bias: PlainTensor, activation: Activation): SparseLayer {
  const inputs: number[][] = Array.from({ length: outputs }, () => [])
  const weights: number[][] = Array.from({ length: outputs }, () => [])
  for (const { input, output, weight } of all) {
    inputs[output]?.push(input)
    weights[output]?.push(weight)
  }
  const channels = bias.values.length
  return {
    outputs,
    inputs: inputs.map((each) => Int32Array.from(each)),
    weights: weights.map((each) => Float64Array.from(each)),
    bias: Float64Array.from({ length: outputs }, (_, output) => bias.values[output % channels] ?? Number.NaN),
    activation,
  }
}

export function denseLayer(
  { shape: [rows = 0, columns = 0], values }: PlainTensor,
  bias: PlainTensor,
  activation: Activation,
): SparseLayer {
  const all = Int32Array.from({ length: rows }, (_, row) => row)
  return {
    outputs: columns,
    inputs: Array.from({ length: columns }, () => all),
    weights: Array.from({ length: columns }, (_, column) => Float64Array.from(all, (row) => values[row * columns + column] ?? Number.NaN)),
    bias: Float64Array.from(bias.values),
    activation,
  }
}

export function transpose({ shape: [rows = 0, columns = 0], values }: PlainTensor): PlainTensor {
  const turned = Float32Array.from(values, (_, index) => values[(index % rows) * columns + Math.floor(index / rows)] ?? Number.NaN)
  return { shape: [columns, rows], values: turned }
}

const sizeOf = ([height, width, channels]: Shape) => height * width * channels
