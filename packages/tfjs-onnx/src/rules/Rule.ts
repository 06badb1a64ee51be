import type { DType, Value } from '../graph.js'
import type { KernelCall } from './KernelCall.js'

/** Says how one tfjs kernel becomes ONNX nodes: one row of the rule tables. */
export interface Rule {
  /** Adds nodes to `call.graph` and returns the kernel's outputs. */
  readonly emit: (call: KernelCall) => Value | readonly Value[]
  /** Element types that the tensor inputs may have. @default ['float32'] */
  readonly dtypes?: readonly DType[]
  /** The ONNX opset that the emitted operators need. */
  readonly since: number
  /** Largest difference from tfjs's cpu backend, |onnx - tfjs| / (1 + |tfjs|), for inputs of ordinary size. */
  readonly tolerance: number
  readonly note?: string
}

export type Rules = Readonly<Record<string, Rule>>
