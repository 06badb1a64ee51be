import type { InferenceSession, Tensor } from 'onnxruntime-common'
import type { InputArrays } from './InputArrays.js'

/** The builds of ONNX Runtime that can run a model: the native library in Node, and WebAssembly, which runs wherever Node does. */
export const onnxRuntimes = ['node', 'wasm'] as const
export type OnnxRuntimeName = (typeof onnxRuntimes)[number]

export interface SessionOptions {
  /** Threads of ONNX Runtime for each operator. In WebAssembly all sessions of a process have as many as the first one asked for. */
  readonly threads: number
  /** Whether idle threads wait for the next operator in a busy loop. */
  readonly spinning: boolean
}

/** Element types of what a session is fed, and the arrays that hold them. */
export type ElementType = keyof InputArrays

/** A model that ONNX Runtime has loaded, behind one face for every runtime. */
export interface Session {
  readonly runtime: OnnxRuntimeName
  /** Lays a tensor over an array, without a copy. Tensors of one runtime are no tensors to another. */
  tensor<Type extends ElementType>(dtype: Type, values: InputArrays[Type], shape: readonly number[]): Tensor
  /** Runs the model once and puts each output into the array under its tensor in `fetches`, which names every output. */
  run(feeds: Readonly<Record<string, Tensor>>, fetches: Readonly<Record<string, Tensor>>): Promise<void>
  release(): Promise<void>
}

/** One build of ONNX Runtime, loaded. */
export interface OnnxRuntime {
  readonly name: OnnxRuntimeName
  /** Loads a model; rejects with ONNX Runtime's own error where it is invalid. */
  openSession(model: Uint8Array, options: SessionOptions): Promise<Session>
}

/** What both runtimes are told alike. */
export const commonSessionOptions = {
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
} as const satisfies InferenceSession.SessionOptions
