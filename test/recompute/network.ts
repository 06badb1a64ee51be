import type { Activation, ArchitectureConfig, NamedTensors, PlainTensor } from '@hourglass/autoencoders'
import { convolution, denseLayer, repeatedConvolution, type Shape, type SparseLayer, transpose, transposedConvolution } from './layers.js'

/** One example, code or reconstruction in double precision. */
export type Row = Float64Array

export interface Network {
  readonly encoder: readonly SparseLayer[]
  /** Takes what the encoder's last layer takes. */
  readonly logVariance: SparseLayer | null
  readonly decoder: readonly SparseLayer[]
}

const functions: Readonly<Record<Activation, (a: number) => number>> = {
  linear: (a) => a,
  relu: (a) => Math.max(0, a),
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  tanh: Math.tanh,
}

const derivatives: Readonly<Record<Activation, (a: number) => number>> = {
  linear: () => 1,
  relu: (a) => (a > 0 ? 1 : 0),
  sigmoid: (a) => functions.sigmoid(a) * (1 - functions.sigmoid(a)),
  tanh: (a) => 1 - Math.tanh(a) ** 2,
}

/** Reads a model out of the tensors of its checkpoint. */
export function readNetwork(config: ArchitectureConfig, exampleShape: readonly number[], tensors: NamedTensors): Network {
  return config.kind === 'dense' ? readDense(config, tensors) : readConvolutional(config, exampleShape, tensors)
}

function readDense(config: Extract<ArchitectureConfig, { kind: 'dense' }>, tensors: NamedTensors): Network {
  const depth = config.hiddenWidths.length + 1
  const dense = (name: string, activation: Activation, tied?: string) => {
    const kernel = tied ? transpose(tensorOf(tensors, `${tied}/kernel`)) : tensorOf(tensors, `${name}/kernel`)
    return denseLayer(kernel, tensorOf(tensors, `${name}/bias`), activation)
  }
  const places = Array.from({ length: depth }, (_, index) => index)
  const ofLayer = (index: number, last: Activation) => (index === depth - 1 ? last : config.hiddenActivation)
  const tied = config.decoderWeights === 'tied'
  return {
    encoder: places.map((index) => dense(`encoder/${index}`, ofLayer(index, config.codeActivation))),
    logVariance: config.encoder.kind === 'variational' ? dense('encoder/logVariance', 'linear') : null,
    decoder: places.map((index) =>
      dense(`decoder/${index}`, ofLayer(index, config.outputActivation), tied ? `encoder/${depth - 1 - index}` : undefined),
    ),
  }
}

function readConvolutional(
  config: Extract<ArchitectureConfig, { kind: 'convolutional' }>,
  [height = 1, width = 1]: readonly number[],
  tensors: NamedTensors,
): Network {
  const { filters, bottleneck, hiddenActivation, upsampling } = config
  const shapes: Shape[] = [[height, width, 1]]
  for (const channels of filters) {
    const [rows, columns] = shapes.at(-1) ?? [1, 1, 1]
    shapes.push([Math.ceil(rows / 2), Math.ceil(columns / 2), channels])
  }
  const depth = filters.length
  const last = shapes[depth] ?? [1, 1, 1]
  const code: Shape = bottleneck.kind === 'dense' ? [1, 1, bottleneck.latentDimension] : [last[0], last[1], bottleneck.channels]
  const bias = (name: string) => tensorOf(tensors, `${name}/bias`)
  const kernel = (name: string) => tensorOf(tensors, `${name}/kernel`)
  const join = (name: string, activation: Activation, [from, to]: readonly [Shape, Shape]) =>
    bottleneck.kind === 'dense'
      ? denseLayer(kernel(name), bias(name), activation)
      : convolution({ kernel: kernel(name), from, to, stride: 1 }, bias(name), activation)
  return {
    encoder: [
      ...filters.map((_, index) => {
        const [from = last, to = last] = [shapes[index], shapes[index + 1]]
        return convolution({ kernel: kernel(`encoder/${index}`), from, to, stride: 2 }, bias(`encoder/${index}`), hiddenActivation)
      }),
      join(`encoder/${depth}`, config.codeActivation, [last, code]),
    ],
    logVariance: config.encoder.kind === 'variational' ? join('encoder/logVariance', 'linear', [last, code]) : null,
    decoder: [
      join('decoder/0', hiddenActivation, [code, last]),
      ...filters.map((_, index) => {
        const [from = last, to = last] = [shapes[depth - index], shapes[depth - index - 1]]
        const name = `decoder/${index + 1}`
        const enlarge = upsampling === 'transposedConvolution' ? transposedConvolution : repeatedConvolution
        return enlarge(
          { kernel: kernel(name), from, to, stride: 2 },
          bias(name),
          index === depth - 1 ? config.outputActivation : hiddenActivation,
        )
      }),
    ],
  }
}

function tensorOf(tensors: NamedTensors, name: string): PlainTensor {
  const tensor = tensors[name]
  if (!tensor) throw new Error(`expected the tensor ${name}, got ${Object.keys(tensors).join(', ')}`)
  return tensor
}

/** What a layer's function is applied to. */
function linear({ inputs, weights, bias, outputs }: SparseLayer, row: Row): Row {
  const sums = new Float64Array(outputs)
  for (let output = 0; output < outputs; output++) {
    const [places, factors] = [inputs[output], weights[output]]
    if (!places || !factors) continue
    let sum = bias[output] ?? 0
    // One that looks at all inputs looks at them in their order.
    if (places.length === row.length)
      for (let index = 0; index < factors.length; index++) sum += (factors[index] as number) * (row[index] as number)
    else for (let index = 0; index < places.length; index++) sum += (factors[index] as number) * (row[places[index] as number] as number)
    sums[output] = sum
  }
  return sums
}

export interface Passed {
  readonly values: Row
  /** What the last layer's function was applied to. */
  readonly preActivations: Row
}

/** Passes a row through layers. */
export function pass(layers: readonly SparseLayer[], row: Row): Passed {
  let passed: Passed = { values: row, preActivations: row }
  for (const layer of layers) {
    const preActivations = linear(layer, passed.values)
    passed = { values: preActivations.map(functions[layer.activation]), preActivations }
  }
  return passed
}

export const encode = ({ encoder }: Network, row: Row): Row => pass(encoder, row).values
export const decode = ({ decoder }: Network, code: Row): Row => pass(decoder, code).values

/** Gives the logarithms of the variances of a code. */
export function logVariancesOf({ encoder, logVariance }: Network, row: Row): Row {
  if (!logVariance) throw new Error('expected a variational encoder')
  return linear(logVariance, pass(encoder.slice(0, -1), row).values)
}

/** Computes ∂(last values)/∂(first values), a row for each output: from whichever end has fewer values. */
export function jacobianOf(layers: readonly SparseLayer[], row: Row): readonly Row[] {
  const slopes: Row[] = []
  let values = row
  for (const layer of layers) {
    const preActivations = linear(layer, values)
    slopes.push(preActivations.map(derivatives[layer.activation]))
    values = preActivations.map(functions[layer.activation])
  }
  const unitRow = (size: number, place: number): Row => new Float64Array(size).fill(1, place, place + 1)
  if (layers.length > 1 && values.length > row.length) {
    const columns = Array.from(row, (_, input) =>
      layers.reduce<Row>((moved, layer, index) => forwards(layer, slopes[index] ?? moved, moved), unitRow(row.length, input)),
    )
    return Array.from(values, (_, output) => Float64Array.from(columns, (column) => column[output] ?? 0))
  }
  const widths = [row.length, ...layers.map(({ outputs }) => outputs)]
  return Array.from(values, (_, output) =>
    layers.reduceRight<Row>(
      (pulled, layer, index) => backwards(layer, slopes[index] ?? pulled, { pulled, width: widths[index] ?? 0 }),
      unitRow(values.length, output),
    ),
  )
}

/** What a small move of a layer's inputs moves its outputs by. */
function forwards({ inputs, weights, outputs }: SparseLayer, slopes: Row, moved: Row): Row {
  const result = new Float64Array(outputs)
  for (let output = 0; output < outputs; output++) {
    const [places, factors, slope] = [inputs[output], weights[output], slopes[output] ?? 0]
    if (!places || !factors || slope === 0) continue
    let sum = 0
    for (let index = 0; index < places.length; index++) sum += (factors[index] ?? 0) * (moved[places[index] ?? 0] ?? 0)
    result[output] = slope * sum
  }
  return result
}

/** What each input of a layer counts for where its outputs count for as much as is pulled at them. */
function backwards(
  { inputs, weights, outputs }: SparseLayer,
  slopes: Row,
  { pulled, width }: { readonly pulled: Row; readonly width: number },
): Row {
  const result = new Float64Array(width)
  for (let output = 0; output < outputs; output++) {
    const [places, factors, pull] = [inputs[output], weights[output], (slopes[output] ?? 0) * (pulled[output] ?? 0)]
    if (!places || !factors || pull === 0) continue
    for (let index = 0; index < places.length; index++) {
      const place = places[index] ?? 0
      result[place] = (result[place] ?? 0) + pull * (factors[index] ?? 0)
    }
  }
  return result
}
