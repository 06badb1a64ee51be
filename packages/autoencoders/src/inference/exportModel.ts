import { exportOnnx } from '@hourglass/tfjs-onnx'
import { exp, mul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { createNetwork } from '../architectures/createNetwork.js'
import { latentDimensionOf } from '../architectures/layouts.js'
import type { Network, ParameterTensors } from '../architectures/Network.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { disposeVariables, toVariables } from '../tensors/variables.js'
import { type ModelDescription, pickParameters } from './ModelDescription.js'
import type { ModelPart } from './modelParts.js'

export interface ExportModelOptions {
  /** Further facts that the file carries, by name. @default none */
  readonly metadata?: Readonly<Record<string, string>>
}

type Tensors = Readonly<Record<string, Tensor>>

interface Part {
  /** The input: its name, and the size of one row of it. */
  readonly input: (sizes: Sizes) => readonly [name: string, size: number]
  readonly compute: (network: Network, parameters: ParameterTensors, input: Tensor2D) => Record<string, Tensor>
  /** Completes "… of a dense autoencoder". */
  readonly describe: (sizes: Sizes) => string
}

interface Sizes {
  readonly exampleShape: readonly number[]
  readonly exampleSize: number
  readonly latentDimension: number
  readonly isVariational: boolean
}

const describeExamples = ({ exampleShape, exampleSize }: Pick<Sizes, 'exampleShape' | 'exampleSize'>) =>
  exampleShape.length === 1 ? `[batch, ${exampleSize}]` : `[batch, ${exampleSize}] (${exampleShape.join(' × ')}, row by row, in 0…1)`

const parts: Readonly<Record<ModelPart, Part>> = {
  encoder: {
    input: ({ exampleSize }) => ['examples', exampleSize],
    compute: (network, parameters, examples) => {
      const distribution = network.encodeDistribution?.(parameters, examples)
      if (!distribution) return { codes: network.encode(parameters, examples) }
      return { codes: distribution.mean, standardDeviations: exp(mul(distribution.logVariance, 0.5)) }
    },
    describe: ({ isVariational, ...sizes }) => {
      const codes = `codes [batch, ${sizes.latentDimension}]`
      const made = isVariational ? `the means of their ${codes} and the standard deviations around them, of the same shape` : codes
      return `examples ${describeExamples(sizes)} to ${made}`
    },
  },
  decoder: {
    input: ({ latentDimension }) => ['codes', latentDimension],
    compute: (network, parameters, codes) => ({ reconstructions: network.decode(parameters, codes).values }),
    describe: (sizes) => `codes [batch, ${sizes.latentDimension}] to reconstructions ${describeExamples(sizes)}`,
  },
  autoencoder: {
    input: ({ exampleSize }) => ['examples', exampleSize],
    compute: (network, parameters, examples) => {
      const codes = network.encode(parameters, examples)
      return { reconstructions: network.decode(parameters, codes).values, codes }
    },
    describe: (sizes) =>
      `examples ${describeExamples(sizes)} to reconstructions of the same shape, and to codes [batch, ${sizes.latentDimension}]`,
  },
}

/**
 * Exports the encoder, the decoder or both of a trained model as the bytes of an ONNX file, which any ONNX runtime runs on batches of any
 * size. Inputs and outputs are `examples` and `reconstructions` [batch, values of one example] and `codes` [batch, latent dimension]; those of a variational
 * encoder are means, beside their `standardDeviations` of the same shape. Weights have the names of the checkpoint. Throws AutoencoderError PARAMETERS_MISMATCH where the parameters are not the architecture's.
 */
export function exportModel(model: ModelDescription, part: ModelPart, { metadata = {} }: ExportModelOptions = {}): Uint8Array {
  const { config, exampleShape } = model
  const parameters = pickParameters(model)
  const network = createNetwork(config, exampleShape)
  const sizes: Sizes = {
    exampleShape,
    exampleSize: sizeOfShape(exampleShape),
    latentDimension: latentDimensionOf(config, exampleShape),
    isVariational: network.encodeDistribution !== null,
  }
  const { input, compute, describe } = parts[part]
  const [name, size] = input(sizes)
  const variables = toVariables(parameters)
  try {
    return exportOnnx((inputs: Tensors) => compute(network, variables, inputs[name] as Tensor2D), {
      inputs: { [name]: { shape: ['batch', size], dtype: 'float32' } },
      state: { variables: new Map(Object.entries(variables)), read: (key) => parameters[key]?.values ?? new Float32Array() },
      name: part,
      description: `The ${part} of a ${config.kind} autoencoder: ${describe(sizes)}.`,
      metadata: { part, architecture: JSON.stringify(config), exampleShape: JSON.stringify(exampleShape), ...metadata },
    })
  } finally {
    disposeVariables(variables)
  }
}
