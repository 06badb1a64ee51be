import type { GraphNode, NamedValue } from '../graph.js'

/** Updates of tensors of one shape: for each element, computes all nodes, then stores all updates. */
export interface UpdateLoop {
  /** Elements of each tensor. */
  readonly length: number
  readonly nodes: readonly GraphNode[]
  readonly updates: readonly NamedValue[]
}

/**
 * What a step does to its state after the ONNX graph has run: elementwise arithmetic on states, on values that the graph has
 * computed, and on scalars. Single elements are computed first and stored last; every loop reads an element before it stores it.
 * So all reads see the state before the step, although everything is updated in place.
 */
export interface UpdateProgram {
  /** Nodes with one element, in an order in which they can be computed. */
  readonly scalars: readonly GraphNode[]
  readonly scalarUpdates: readonly NamedValue[]
  readonly loops: readonly UpdateLoop[]
}
