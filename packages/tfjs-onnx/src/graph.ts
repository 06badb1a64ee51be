import type { OperatorName } from './operators/index.js'
import type { Draw } from './randomness/Draw.js'
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

/** What a run is given, or draws by itself. */
export interface GraphInput extends NamedValue {
  /** Where it is drawn: from what. @default none, it is given */
  readonly draw?: Draw
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
 *     line      ::= "input" name "=" typed ("drawn" draw)? | "state" name "=" typed
 *                 | "const" typed "=" data
 *                 | typed ("," typed)* "=" operator "(" value ("," value)* ")" attributes?
 *                 | "output" name "=" value | "update" name "=" value
 *     draw      ::= distribution "(" numbers ")" ("by seed" number)?
 *     typed     ::= value ":" dtype "[" sizes "]"
 *     value     ::= "%" digits
 *
 * Lines stand in this order, and a value is defined above every line that uses it.
 */
export interface Graph {
  /** What each run is given, and what it draws. */
  readonly inputs: readonly GraphInput[]
  /** What is read from the state. */
  readonly states: readonly NamedValue[]
  readonly constants: readonly Constant[]
  readonly nodes: readonly GraphNode[]
  /** What each run returns. */
  readonly outputs: readonly NamedValue[]
  /** What is written to the state when the run has ended. */
  readonly updates: readonly NamedValue[]
}
