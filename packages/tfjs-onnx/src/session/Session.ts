import type { InferenceSession } from 'onnxruntime-common'
import type { InputArrays } from './InputArrays.js'

/**
 * The ways to run a model, fastest first: the native library through its C interface, the same library through onnxruntime-node, which gives the same
 * bits, and WebAssembly, which runs wherever Node does, and in browsers.
 */
export const onnxRuntimes = ['native', 'node', 'wasm'] as const
export type OnnxRuntimeName = (typeof onnxRuntimes)[number]

/** The environment variable that chooses a runtime in Node; without it, the first of them that loads. */
export const runtimeVariable = 'HOURGLASS_ONNX_RUNTIME'

export interface SessionOptions {
  /** Threads of ONNX Runtime for each operator. In WebAssembly all sessions of a process have as many as the first one asked for. */
  readonly threads: number
  /** Whether idle threads wait for the next operator in a busy loop. */
  readonly spinning: boolean
}

/** Element types of what a session is fed, and the arrays that hold them. */
export type ElementType = keyof InputArrays

/** What an input is read from. */
export interface BoundInput<Type extends ElementType = ElementType> {
  readonly dtype: Type
  readonly values: InputArrays[Type]
  readonly shape: readonly number[]
}

/** A model that ONNX Runtime has loaded, behind one face for every runtime. */
export interface Session {
  readonly runtime: OnnxRuntimeName
  /** Has an input read from an array, row-major, at every run from now on. The array stays where it is: its buffer must not be transferred. */
  bindInput<Type extends ElementType>(name: string, input: BoundInput<Type>): void
  /** Has an output written to an array, row-major, at every run from now on. */
  bindOutput(name: string, values: Float32Array, shape: readonly number[]): void
  /** Runs the model once, between arrays that are bound to all its inputs and outputs. Now and then it leaves the event loop a turn. */
  run(): Promise<void>
  release(): Promise<void>
}

/** By which addresses the native library knows a session and what is bound to it: another thread of the process can run it with them. */
export interface SessionHandles {
  readonly session: bigint
  readonly binding: bigint
}

/** A session that can be run in one call, and by another thread of the process, one run at a time. */
export interface BlockingSession extends Session {
  readonly handles: SessionHandles
  /** Runs the model once before it returns. */
  runNow(): void
  /** Throws the error that a run by `handles` ended with; its status is 0 for none. */
  checkStatus(status: bigint): void
}

export function isBlocking(session: Session): session is BlockingSession {
  return 'runNow' in session
}

/** One way to run models, loaded. */
export interface OnnxRuntime {
  readonly name: OnnxRuntimeName
  /** Loads a model; rejects with ONNX Runtime's own error where it is invalid. */
  openSession(model: Uint8Array, options: SessionOptions): Promise<Session>
}

/** Long enough to meet the next operator of a step, too short to keep a core from others for long. */
export const SPIN_MICROSECONDS = '20'

/** What both runtimes of JavaScript are told alike. */
export const commonSessionOptions = {
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
} as const satisfies InferenceSession.SessionOptions
