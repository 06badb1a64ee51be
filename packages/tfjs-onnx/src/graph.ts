import type { OperatorName } from './operators/index.js'
import type { Constant, OperatorUse, Value } from './tensor.js'

export {
  type Attributes,
  type AttributeValue,
  type Constant,
  type DType,
  filledTensorData,
  formatType,
  type Shape,
  sameShape,
  sizeOf,
  type TensorData,
  type TensorType,
  toTensorData,
  type Value,
} from './tensor.js'

export interface NamedValue {
  readonly name: string
  readonly value: Value
}

/** One application of an ONNX operator. */
export interface GraphNode extends OperatorUse {
  readonly op: OperatorName
}

/**
 * Holds one traced function; never changed once built.
 *
 * Grammar, as `printGraph` writes it:
 *
 *     graph     ::= "graph {" line* "}"
 *     line      ::= "input" name "=" typed | "state" name "=" typed
 *                 | "const" typed "=" data
 *                 | typed ("," typed)* "=" operator "(" value ("," value)* ")" attributes?
 *                 | "output" name "=" value | "update" name "=" value
 *     typed     ::= value ":" dtype "[" sizes "]"
 *     value     ::= "%" digits
 *
 * Lines stand in this order, and a value is defined above every line that uses it.
 */
export interface Graph {
  /** What each run is given. */
  readonly inputs: readonly NamedValue[]
  /** What is read from the state. */
  readonly states: readonly NamedValue[]
  readonly constants: readonly Constant[]
  readonly nodes: readonly GraphNode[]
  /** What each run returns. */
  readonly outputs: readonly NamedValue[]
  /** What is written to the state when the run has ended. */
  readonly updates: readonly NamedValue[]
}
