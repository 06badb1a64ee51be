import { CompileError } from './errors.js'
import {
  type Attributes,
  type Constant,
  type DType,
  formatType,
  type Graph,
  type GraphInput,
  type GraphNode,
  type NamedValue,
  type Shape,
  sizeOf,
  type TensorData,
  type TensorType,
  toTensorData,
  type Value,
} from './graph.js'
import { inferNode } from './inferNode.js'
import type { OperatorName } from './operators/index.js'
import type { Draw } from './randomness/Draw.js'

/** Collects values and nodes in the order in which they are computed, infers every type, and ends in an immutable graph. */
export class GraphBuilder {
  readonly #inputs: GraphInput[] = []
  readonly #states: NamedValue[] = []
  readonly #constants = new Map<Value, Constant>()
  readonly #nodes: GraphNode[] = []
  readonly #producers = new Map<Value, GraphNode>()
  #nextId = 0

  /** Adds an input; `draw` is that of an input of another graph. */
  input(name: string, type: TensorType, draw?: Draw): Value {
    const value = this.#define(type)
    this.#inputs.push(Object.freeze({ name, value, ...(draw && { draw: Object.freeze(draw) }) }))
    return value
  }

  /** Adds random numbers, which every run draws anew: an input that nobody gives. */
  draw(type: TensorType, drawn: Omit<Draw, 'place'>): Value {
    const place = this.#inputs.filter(({ draw }) => draw).length
    let name = `random:${place}`
    while (this.#inputs.some((input) => input.name === name)) name = `${name}'`
    return this.input(name, type, { place, ...drawn })
  }

  state(name: string, type: TensorType): Value {
    const value = this.#define(type)
    this.#states.push(Object.freeze({ name, value }))
    return value
  }

  /** Adds a constant; `data` is used as it is, not copied. */
  constant(type: TensorType, data: TensorData): Value {
    if (data.length !== sizeOf(type.shape)) {
      throw new CompileError('INVALID_GRAPH', {
        subject: `constant ${formatType(type)}`,
        expected: `${sizeOf(type.shape)} elements`,
        got: `${data.length}`,
      })
    }
    const value = this.#define(type)
    this.#constants.set(value, Object.freeze({ value, data }))
    return value
  }

  scalar(dtype: DType, value: number): Value {
    return this.constant({ dtype, shape: [] }, toTensorData(dtype, [value]))
  }

  /** Adds a one-dimensional int64 constant: a shape, axes or indices. */
  integers(values: readonly number[]): Value {
    return this.constant({ dtype: 'int64', shape: [values.length] }, toTensorData('int64', values))
  }

  /** Adds a node with one output. */
  node(op: OperatorName, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const [output] = this.nodes(op, inputs, attributes)
    if (output === undefined) {
      throw new CompileError('INVALID_GRAPH', { subject: op, expected: 'one output', got: 'none' })
    }
    return output
  }

  /** Adds a node with as many outputs as its operator infers. */
  nodes(op: OperatorName, inputs: readonly Value[], attributes: Attributes = {}): readonly Value[] {
    const types = inferNode({ op, inputs, attributes }, (value) => this.#constants.get(value))
    const outputs = Object.freeze(types.map((type) => this.#define(type)))
    const node = Object.freeze({ op, inputs: Object.freeze([...inputs]), outputs, attributes: Object.freeze({ ...attributes }) })
    this.#nodes.push(node)
    for (const output of outputs) this.#producers.set(output, node)
    return outputs
  }

  /** Finds the node that computes a value; inputs, states and constants have none. */
  producerOf(value: Value): GraphNode | undefined {
    return this.#producers.get(value)
  }

  constantOf(value: Value): Constant | undefined {
    return this.#constants.get(value)
  }

  build(results: { readonly outputs: readonly NamedValue[]; readonly updates: readonly NamedValue[] }): Graph {
    return Object.freeze({
      inputs: Object.freeze([...this.#inputs]),
      states: Object.freeze([...this.#states]),
      constants: Object.freeze([...this.#constants.values()]),
      nodes: Object.freeze([...this.#nodes]),
      outputs: Object.freeze([...results.outputs]),
      updates: Object.freeze([...results.updates]),
    })
  }

  #define({ dtype, shape }: { dtype: DType; shape: Shape }): Value {
    return Object.freeze({ id: this.#nextId++, dtype, shape: Object.freeze([...shape]) })
  }
}
