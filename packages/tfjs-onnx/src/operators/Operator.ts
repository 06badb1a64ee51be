import type { TensorData, TensorType } from '../tensor.js'
import type { OperatorCall } from './OperatorCall.js'

/** Describes one ONNX operator: one row of the operator tables. */
export interface Operator {
  /** The opset in which the version of the operator that is used here appeared. */
  readonly since: number
  /** Each attribute's type in the ONNX encoding. */
  readonly attributes: Readonly<Record<string, 'int' | 'ints' | 'float' | 'string'>>
  /** Infers the outputs' types; throws INVALID_GRAPH through `call.fail` for inputs that ONNX or ONNX Runtime's CPU kernels do not take. */
  readonly infer: (call: OperatorCall) => readonly TensorType[]
  /**
   * Computes one element of the output from one element of each input. Only operators whose result is exactly rounded
   * (so that folding cannot change it) have one. Inputs broadcast.
   */
  readonly foldElement?: (...elements: readonly number[]) => number
  /** Rearranges constant data exactly, for operators that move elements and compute none. */
  readonly foldLayout?: (call: OperatorCall, data: TensorData, output: TensorType) => TensorData
}

export type Operators = Readonly<Record<string, Operator>>
