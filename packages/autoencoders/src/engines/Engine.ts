import type { OnnxRuntimeName } from '@hourglass/tfjs-onnx'
import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import type { EngineName } from '../config/engineCatalog.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'

/** A function of tensors that may also read and assign the variables of a state; it must not read values while it runs. */
export type TensorFunction = (inputs: Readonly<Record<string, Tensor>>) => Record<string, Tensor>

export type InputSpecs = Readonly<Record<string, { readonly shape: readonly number[]; readonly dtype: 'float32' }>>

export interface CompiledFunction {
  /** Runs once on row-major values; the inputs are free for reuse when it resolves. */
  run(inputs: Readonly<Record<string, Float32Array>>): Promise<Readonly<Record<string, Float32Array>>>
  dispose(): void | Promise<void>
}

/** Named float32 variables, and functions compiled over them. */
export interface EngineState {
  /** Compiles a function for inputs of fixed shapes; what it assigns to the variables, later runs of any function read. */
  compile(fn: TensorFunction, inputs: InputSpecs): Promise<CompiledFunction>
  /** Copies the current values of every variable. */
  snapshot(): NamedTensors
  /** Sets every variable; names and shapes must be the state's own. */
  restore(tensors: NamedTensors): void
}

export interface EngineOptions {
  /** Threads that one step may use. @default as many as the engine sees fit */
  readonly threads?: number | undefined
}

/** Runs functions of TensorFlow.js operations. */
export interface Engine {
  readonly name: EngineName
  /** The build of ONNX Runtime that it runs on, where it runs on one. */
  readonly runtime?: OnnxRuntimeName
  /** Why it does not run on the best that it could. */
  readonly reason?: string
  /** Takes over variables with their current values; the caller still disposes of them. */
  createState(variables: Readonly<Record<string, Variable>>): EngineState
}
