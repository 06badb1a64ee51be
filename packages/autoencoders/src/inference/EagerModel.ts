import { dispose, type Tensor, tensor, tensor2d, tidy } from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import { createNetwork } from '../architectures/createNetwork.js'
import { latentDimensionOf } from '../architectures/layouts.js'
import type { Network, ParameterTensors } from '../architectures/Network.js'
import { activateCpuBackend } from '../tensors/cpuBackend.js'
import { type NamedTensors, sizeOfShape } from '../tensors/NamedTensors.js'
import { type ModelDescription, pickParameters } from './ModelDescription.js'

/** Holds a trained model in TensorFlow.js's plain JavaScript backend, which runs wherever JavaScript does. */
export class EagerModel {
  readonly exampleSize: number
  readonly latentDimension: number
  readonly #network: Network
  readonly #parameters: ParameterTensors

  /** Copies the parameters in; throws AutoencoderError PARAMETERS_MISMATCH where they are not the architecture's. */
  constructor(model: ModelDescription) {
    const parameters = pickParameters(model)
    activateCpuBackend()
    this.#network = createNetwork(model.config, model.exampleShape)
    this.#parameters = Object.fromEntries(
      Object.entries(parameters).map(([name, { shape, values }]) => [name, tensor(values.slice(), [...shape])]),
    )
    this.exampleSize = sizeOfShape(model.exampleShape)
    this.latentDimension = latentDimensionOf(model.config, model.exampleShape)
  }

  /** Decodes codes [count, latent dimension] to reconstructions [count, values of one example]. */
  decode(codes: Float32Array, count: number): Float32Array {
    requireLength('codes', codes, [count, this.latentDimension])
    return evaluate(() => this.#network.decode(this.#parameters, tensor2d(codes, [count, this.latentDimension])).values)
  }

  /** Encodes examples [count, values of one example] to codes [count, latent dimension]. */
  encode(examples: Float32Array, count: number): Float32Array {
    requireLength('examples', examples, [count, this.exampleSize])
    return evaluate(() => this.#network.encode(this.#parameters, tensor2d(examples, [count, this.exampleSize])))
  }

  /** Multiplies directions [count, latent dimension] by the Jacobian of the decoder at one code: [count, values of one example]. */
  pushForward(code: Float32Array, directions: Float32Array): Float32Array {
    requireLength('code', code, [1, this.latentDimension])
    const count = directions.length / this.latentDimension
    requireLength('directions', directions, [count, this.latentDimension])
    return evaluate(() =>
      this.#network.pushForward(
        this.#parameters,
        tensor2d(code, [1, this.latentDimension]),
        tensor2d(directions, [count, this.latentDimension]),
      ),
    )
  }

  /** Copies its parameters out, of which another one like it can be created. */
  copyParameters(): NamedTensors {
    return Object.fromEntries(
      Object.entries(this.#parameters).map(([name, parameter]) => [
        name,
        { shape: [...parameter.shape], values: parameter.dataSync<'float32'>().slice() },
      ]),
    )
  }

  dispose(): void {
    dispose({ ...this.#parameters })
  }
}

function evaluate(compute: () => Tensor): Float32Array {
  activateCpuBackend()
  return tidy(() => compute().dataSync<'float32'>())
}

function requireLength(subject: string, values: Float32Array, [count, width]: readonly [number, number]): void {
  if (Number.isInteger(count) && count >= 0 && values.length === count * width) return
  throw new AutoencoderError('WRONG_LENGTH', `${subject}: expected ${count} × ${width} values, got ${values.length}`)
}
