import { type Constant, type Graph, type GraphNode, type NamedValue, sizeOf, type TensorData, type Value } from '../graph.js'
import { GraphBuilder } from '../graphBuilder.js'
import { scale } from '../rewrite/scaling.js'
import type { BatchAnalysis } from './analyseBatch.js'
import { type ExampleAxis, shapeOfPart } from './BatchRole.js'

/** Consecutive examples of a batch. */
export interface ExampleRange {
  readonly from: number
  readonly count: number
}

/** The halves of a batch of n examples: the first has ⌈n/2⌉, the second ⌊n/2⌋. */
export function halvesOf(examples: number): readonly [ExampleRange, ExampleRange] {
  const count = Math.ceil(examples / 2)
  return [
    { from: 0, count },
    { from: count, count: examples - count },
  ]
}

/**
 * Builds the graph that computes values for a range of the examples: the parts of those examples of what has one for each, and of sums
 * over the batch the share of those examples. Means stay those of the whole batch.
 */
export function cutBatch(graph: Graph, analysis: BatchAnalysis, results: { range: ExampleRange; outputs: readonly NamedValue[] }): Graph {
  return new BatchCutter(graph, analysis, results.range).build(results.outputs)
}

class BatchCutter {
  readonly #builder = new GraphBuilder()
  readonly #values = new Map<Value, Value>()
  readonly #constants: ReadonlyMap<Value, Constant>
  readonly #cut = new Map<string, Value>()

  constructor(
    private readonly graph: Graph,
    private readonly analysis: BatchAnalysis,
    private readonly range: ExampleRange,
  ) {
    this.#constants = new Map(graph.constants.map((constant) => [constant.value, constant]))
  }

  build(outputs: readonly NamedValue[]): Graph {
    const builder = this.#builder
    for (const { name, value, draw } of this.graph.inputs) {
      this.#values.set(value, builder.input(name, { dtype: value.dtype, shape: this.#shapeOf(value) }, draw))
    }
    for (const { name, value } of this.graph.states) this.#values.set(value, builder.state(name, value))
    for (const { value, data } of this.graph.constants) this.#values.set(value, builder.constant(value, data))
    for (const node of this.graph.nodes) {
      if (this.analysis.afterwards.has(node)) continue
      const made = this.#node(node)
      node.outputs.forEach((output, index) => {
        const value = made[index]
        if (value) this.#values.set(output, value)
      })
    }
    return builder.build({ outputs: outputs.map(({ name, value }) => ({ name, value: this.#renewed(value) })), updates: [] })
  }

  #renewed(value: Value): Value {
    const renewed = this.#values.get(value)
    if (!renewed) throw new Error(`%${value.id} is computed after both halves`)
    return renewed
  }

  #shapeOf(value: Value): readonly number[] {
    const role = this.analysis.roles.get(value)
    return role?.kind === 'examples' ? shapeOfPart(value.shape, role, this.range.count) : value.shape
  }

  #node(node: GraphNode): readonly Value[] {
    const cuts = this.analysis.cuts.get(node)
    const inputs = node.inputs.map((input, index) => {
      const axis = cuts?.get(index)
      return axis ? this.#part(input, axis) : this.#renewed(input)
    })
    const [output] = node.outputs
    if (output && (node.op === 'Reshape' || node.op === 'Expand')) {
      return this.#builder.nodes(node.op, inputs.with(1, this.#builder.integers(this.#shapeOf(output))), node.attributes)
    }
    if (output && node.op === 'ReduceMean' && this.#sumsExamples(node)) return [this.#mean(node, inputs)]
    return this.#builder.nodes(node.op, inputs, node.attributes)
  }

  #sumsExamples({ inputs: [x], outputs: [output] }: GraphNode): boolean {
    const kindOf = (value: Value | undefined) => value && this.analysis.roles.get(value)?.kind
    return kindOf(x) === 'examples' && kindOf(output) === 'partial'
  }

  /** The share of these examples in a mean over the whole batch. */
  #mean({ inputs: [x], outputs: [output], attributes }: GraphNode, inputs: readonly Value[]): Value {
    const sum = this.#builder.node('ReduceSum', inputs, attributes)
    return scale(this.#builder, { x: sum, factor: sizeOf(output?.shape ?? []) / sizeOf(x?.shape ?? []) })
  }

  /** The examples' part of a value that does not depend on the batch, but has as many elements on an axis. */
  #part(value: Value, axis: ExampleAxis): Value {
    const key = `${value.id} ${axis.axis} ${axis.inner}`
    const part = this.#cut.get(key) ?? this.#makePart(value, axis)
    this.#cut.set(key, part)
    return part
  }

  #makePart(value: Value, axis: ExampleAxis): Value {
    const [from, to] = [this.range.from * axis.inner, (this.range.from + this.range.count) * axis.inner]
    const builder = this.#builder
    const constant = this.#constants.get(value)
    if (!constant) {
      const bounds = [[from], [to], [axis.axis], [1]].map((each) => builder.integers(each))
      return builder.node('Slice', [this.#renewed(value), ...bounds])
    }
    const after = sizeOf(value.shape.slice(axis.axis + 1))
    const whole = (value.shape[axis.axis] ?? 1) * after
    const shape = shapeOfPart(value.shape, axis, this.range.count)
    const data = constant.data.slice(0, sizeOf(shape))
    for (let before = 0; before * whole < constant.data.length; before++) {
      const part = constant.data.subarray(before * whole + from * after, before * whole + to * after)
      bytesOf(data).set(bytesOf(part), before * (to - from) * after * data.BYTES_PER_ELEMENT)
    }
    return builder.constant({ dtype: value.dtype, shape }, data)
  }
}

/** Views an array whatever its elements are. */
function bytesOf({ buffer, byteOffset, byteLength }: TensorData): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
