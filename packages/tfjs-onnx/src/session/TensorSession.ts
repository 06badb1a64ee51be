import type { InferenceSession, Tensor } from 'onnxruntime-common'
import type { InputArrays } from './InputArrays.js'
import type { BoundInput, ElementType, OnnxRuntimeName, Session } from './Session.js'

type TensorMaker = new (dtype: ElementType, values: InputArrays[ElementType], shape: readonly number[]) => Tensor

/** What differs between the packages that run models on tensors of JavaScript. */
export interface TensorRuntime {
  readonly runtime: OnnxRuntimeName
  /** The package's own: tensors of one are no tensors to another. */
  readonly Tensor: TensorMaker
  /** Runs a session and leaves each output in the array under its tensor in `fetches`. */
  run(session: InferenceSession, feeds: Record<string, Tensor>, fetches: Record<string, Tensor>): Promise<void>
}

/** A session of onnxruntime-node or onnxruntime-web, fed with the arrays that are bound to it. */
export class TensorSession implements Session {
  readonly runtime: OnnxRuntimeName
  readonly #feeds: Record<string, Tensor> = {}
  readonly #fetches: Record<string, Tensor> = {}

  constructor(
    private readonly session: InferenceSession,
    private readonly parts: TensorRuntime,
  ) {
    this.runtime = parts.runtime
  }

  bindInput<Type extends ElementType>(name: string, { dtype, values, shape }: BoundInput<Type>): void {
    this.#feeds[name] = new this.parts.Tensor(dtype, values, shape)
  }

  bindOutput(name: string, values: Float32Array, shape: readonly number[]): void {
    this.#fetches[name] = new this.parts.Tensor('float32', values, shape)
  }

  run(): Promise<void> {
    return this.parts.run(this.session, this.#feeds, this.#fetches)
  }

  release(): Promise<void> {
    return this.session.release()
  }
}
