import { dispose, type Tensor, type Tensor1D, type Tensor2D, tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import { createNetwork } from '../architectures/createNetwork.js'
import { countMultiplications, latentDimensionOf, layerWidths } from '../architectures/layouts.js'
import type { CodeDistribution, Reconstruction } from '../architectures/Network.js'
import type { CompiledFunction, Engine, EngineState, InputSpecs } from '../engines/Engine.js'
import '../engines/registerGradients.js'
import { activateCpuBackend } from '../tensors/cpuBackend.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
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
  /** Values of its widest layer, the example among them. */
  readonly widest: number
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
    activateCpuBackend()
    const network = createNetwork(model.config, model.exampleShape)
    const variables = tidy(() =>
      Object.fromEntries(
        Object.entries(parameters).map(([name, { shape, values }]) => [name, variable(tensor(values.slice(), [...shape]), false)]),
      ),
    )
    this.exampleShape = model.exampleShape
    this.exampleSize = sizeOfShape(model.exampleShape)
    this.latentDimension = latentDimensionOf(model.config, model.exampleShape)
    this.multiplications = countMultiplications(model.config, model.exampleShape)
    this.widest = Math.max(...layerWidths(model.config, model.exampleShape))
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

  /** Encodes examples [n, values of one example] to codes [n, latent dimension]. */
  encode(examples: Float32Array): Promise<Float32Array> {
    return this.#map('encode', ({ encode }, input) => encode(input), { values: examples, from: this.exampleSize, to: this.latentDimension })
  }

  /** Decodes codes [n, latent dimension] to reconstructions [n, values of one example]. */
  decode(codes: Float32Array): Promise<Float32Array> {
    const decodeValues = ({ decode }: BoundNetwork, input: Tensor2D) => decode(input).values
    return this.#map('decode', decodeValues, { values: codes, from: this.latentDimension, to: this.exampleSize })
  }

  /** Compiles a function for inputs of fixed shapes; the caller disposes of it, before it disposes of the model. */
  compile(fn: ModelFunction, inputs: InputSpecs): Promise<CompiledFunction> {
    return this.#state.compile((tensors) => fn(this.#bound, tensors), inputs)
  }

  async dispose(): Promise<void> {
    for (const compiled of this.#compiled.values()) await compiled.dispose()
    this.#compiled.clear()
    activateCpuBackend()
    dispose({ ...this.#variables })
  }

  async #map(
    name: string,
    fn: (network: BoundNetwork, input: Tensor2D) => Tensor,
    { values, from, to }: MapOptions,
  ): Promise<Float32Array> {
    if (values.length % from !== 0) {
      throw new AutoencoderError('WRONG_LENGTH', `${name}: expected a multiple of ${from} values, got ${values.length}`)
    }
    const count = values.length / from
    const outputs = new Float32Array(count * to)
    for (let start = 0; start < count; start += BATCH) {
      const size = Math.min(BATCH, count - start)
      const compiled = await this.#compileOnce(`${name}/${size}`, (network, { input }) => ({ output: fn(network, input as Tensor2D) }), {
        input: { shape: [size, from], dtype: 'float32' },
      })
      const { output } = await compiled.run({ input: values.slice(start * from, (start + size) * from) })
      outputs.set(output ?? [], start * to)
    }
    return outputs
  }

  async #compileOnce(key: string, fn: ModelFunction, inputs: InputSpecs): Promise<CompiledFunction> {
    const known = this.#compiled.get(key)
    if (known) return known
    const compiled = await this.compile(fn, inputs)
    this.#compiled.set(key, compiled)
    return compiled
  }
}

interface MapOptions {
  readonly values: Float32Array
  /** Values of one row before and after. */
  readonly from: number
  readonly to: number
}
