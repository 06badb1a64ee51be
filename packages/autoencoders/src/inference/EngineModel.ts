import type { Tensor, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import { createNetwork } from '../architectures/createNetwork.js'
import { countMultiplications, latentDimensionOf, layerWidths } from '../architectures/layouts.js'
import type { CodeDistribution, Reconstruction } from '../architectures/Network.js'
import type { CompiledFunction, Engine, EngineState, InputSpecs } from '../engines/Engine.js'
import '../engines/registerGradients.js'
import { sampleCodes } from '../objective/divergence.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { disposeVariables, toVariables } from '../tensors/variables.js'
import { type ModelDescription, pickParameters } from './ModelDescription.js'

/** Small enough for memory, large enough that a call's fixed cost vanishes. */
const BATCH = 500

/** The two halves of a trained model as functions of tensors alone. */
export interface BoundNetwork {
  encode(examples: Tensor2D): Tensor2D
  decode(codes: Tensor2D): Reconstruction
  /** Null where the encoder is deterministic. */
  readonly encodeDistribution: ((examples: Tensor2D) => CodeDistribution) | null
  /** Null where the encoder has layers that are not dense. */
  readonly squaredJacobianNorms: ((examples: Tensor2D) => Tensor1D) | null
}

/** A function of inputs and of a trained model, made of TensorFlow.js operations. */
export type ModelFunction = (network: BoundNetwork, inputs: Readonly<Record<string, Tensor>>) => Record<string, Tensor>

/** Holds a trained model on an engine, which computes any function of it: codes, reconstructions, derivatives. */
export class EngineModel {
  readonly exampleShape: readonly number[]
  readonly exampleSize: number
  readonly latentDimension: number
  /** Of encoding and decoding one example. */
  readonly multiplications: number
  /** Widths of its layers from input to output, the code in the middle. */
  readonly layerWidths: readonly number[]
  readonly isVariational: boolean
  /** Whether the network computes its encoder's Jacobian norms itself. */
  readonly hasJacobianNorms: boolean
  readonly #bound: BoundNetwork
  readonly #variables: Readonly<Record<string, Variable>>
  readonly #state: EngineState
  readonly #compiled = new Map<string, CompiledFunction>()

  /** Copies the parameters in; throws AutoencoderError PARAMETERS_MISMATCH where they are not the architecture's. */
  constructor(engine: Engine, model: ModelDescription) {
    const parameters = pickParameters(model)
    const network = createNetwork(model.config, model.exampleShape)
    const variables = toVariables(parameters)
    this.exampleShape = model.exampleShape
    this.exampleSize = sizeOfShape(model.exampleShape)
    this.latentDimension = latentDimensionOf(model.config, model.exampleShape)
    this.multiplications = countMultiplications(model.config, model.exampleShape)
    this.layerWidths = layerWidths(model.config, model.exampleShape)
    this.isVariational = network.encodeDistribution !== null
    this.hasJacobianNorms = network.squaredJacobianNorms !== null
    this.#variables = variables
    this.#bound = {
      encode: (examples) => network.encode(variables, examples),
      decode: (codes) => network.decode(variables, codes),
      encodeDistribution: network.encodeDistribution?.bind(undefined, variables) ?? null,
      squaredJacobianNorms: network.squaredJacobianNorms?.bind(undefined, variables) ?? null,
    }
    this.#state = engine.createState(variables)
  }

  /** Encodes examples [n, values of one example] to codes [n, latent dimension]: the means where the encoder is variational. */
  encode(examples: Float32Array): Promise<Float32Array> {
    const { exampleSize, latentDimension } = this
    return this.#map('encode', ({ encode }, { input }) => encode(input as Tensor2D), {
      inputs: { input: { values: examples, width: exampleSize } },
      width: latentDimension,
    })
  }

  /**
   * Draws codes of examples [n, values of one example] from a variational encoder, with standard normal noise [n, latent dimension];
   * throws INVALID_CONFIG where the encoder is deterministic.
   */
  sampleCodes(examples: Float32Array, noise: Float32Array): Promise<Float32Array> {
    const { exampleSize, latentDimension } = this
    const sample: BatchFunction = ({ encodeDistribution }, { input, noise }) => {
      if (encodeDistribution) return sampleCodes(encodeDistribution(input as Tensor2D), noise as Tensor2D)
      throw new AutoencoderError('INVALID_CONFIG', 'encoder: expected a variational one to draw codes from, got a deterministic one')
    }
    return this.#map('sampleCodes', sample, {
      inputs: { input: { values: examples, width: exampleSize }, noise: { values: noise, width: latentDimension } },
      width: latentDimension,
    })
  }

  /** Decodes codes [n, latent dimension] to reconstructions [n, values of one example]. */
  decode(codes: Float32Array): Promise<Float32Array> {
    return this.#map('decode', ({ decode }, { input }) => decode(input as Tensor2D).values, {
      inputs: { input: { values: codes, width: this.latentDimension } },
      width: this.exampleSize,
    })
  }

  /** Compiles a function for inputs of fixed shapes; the caller disposes of it, before it disposes of the model. */
  compile(fn: ModelFunction, inputs: InputSpecs): Promise<CompiledFunction> {
    return this.#state.compile((tensors) => fn(this.#bound, tensors), inputs)
  }

  /** Compiles a function when it is first asked for by its name, and disposes of it with the model. */
  async compileOnce(name: string, fn: ModelFunction, inputs: InputSpecs): Promise<CompiledFunction> {
    const known = this.#compiled.get(name)
    if (known) return known
    const compiled = await this.compile(fn, inputs)
    this.#compiled.set(name, compiled)
    return compiled
  }

  async dispose(): Promise<void> {
    for (const compiled of this.#compiled.values()) await compiled.dispose()
    this.#compiled.clear()
    disposeVariables(this.#variables)
  }

  async #map(name: string, fn: BatchFunction, { inputs, width }: MapOptions): Promise<Float32Array> {
    const count = countRows(name, inputs)
    const outputs = new Float32Array(count * width)
    for (let start = 0; start < count; start += BATCH) {
      const rows = Math.min(BATCH, count - start)
      const ofEach = <Value>(make: (input: RowsInput) => Value) =>
        Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, make(input)]))
      const specs = ofEach((input) => ({ shape: [rows, input.width], dtype: 'float32' }) as const)
      const compiled = await this.compileOnce(`${name}/${rows}`, (network, tensors) => ({ output: fn(network, tensors) }), specs)
      const { output } = await compiled.run(ofEach((input) => input.values.slice(start * input.width, (start + rows) * input.width)))
      outputs.set(output ?? [], start * width)
    }
    return outputs
  }
}

/** Computes one row of output from each row of its inputs. */
type BatchFunction = (network: BoundNetwork, inputs: Readonly<Record<string, Tensor>>) => Tensor

interface RowsInput {
  readonly values: Float32Array
  /** Values of one row. */
  readonly width: number
}

interface MapOptions {
  readonly inputs: Readonly<Record<string, RowsInput>>
  /** Values of one row of the output. */
  readonly width: number
}

/** Counts the rows of inputs; throws WRONG_LENGTH unless all have as many, and whole ones. */
function countRows(name: string, inputs: Readonly<Record<string, RowsInput>>): number {
  const [first] = Object.values(inputs)
  const count = first ? first.values.length / first.width : 0
  for (const { values, width } of Object.values(inputs)) {
    if (Number.isInteger(count) && values.length === count * width) continue
    throw new AutoencoderError(
      'WRONG_LENGTH',
      `${name}: expected as many whole rows of ${width} values in every input, got ${values.length} values`,
    )
  }
  return count
}
