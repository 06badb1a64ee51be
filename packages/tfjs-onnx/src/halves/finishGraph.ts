import type { Graph, NamedValue, Value } from '../graph.js'
import { GraphBuilder } from '../graphBuilder.js'
import type { BatchAnalysis } from './analyseBatch.js'

/** What follows once both halves are computed: sums over the whole batch, and all that depends on them. */
export interface FinishGraph {
  /** Adds up the halves, updates the states, and, as updates of names of their own, computes outputs. */
  readonly graph: Graph
  /** The sums that each half computes its share of, with the inputs of the graph for the two shares. */
  readonly sums: readonly { readonly value: Value; readonly halves: readonly [NamedValue, NamedValue] }[]
  /** What one half computes alone, because it depends on no example, with the input of the graph. */
  readonly handed: readonly { readonly value: Value; readonly input: NamedValue }[]
  /** The graph's inputs that are inputs of the step. */
  readonly given: readonly NamedValue[]
  /** Outputs that are among the graph's updates, with the update's name. */
  readonly outputs: readonly { readonly name: string; readonly update: string }[]
}

/** Builds the graph of what a step computes once both halves are. */
export function finishGraph(graph: Graph, analysis: BatchAnalysis): FinishGraph {
  return new FinishBuilder(graph, analysis).build()
}

class FinishBuilder {
  readonly #builder = new GraphBuilder()
  readonly #values = new Map<Value, Value>()
  readonly #sums: { value: Value; halves: [NamedValue, NamedValue] }[] = []
  readonly #handed: { value: Value; input: NamedValue }[] = []

  constructor(
    private readonly graph: Graph,
    private readonly analysis: BatchAnalysis,
  ) {}

  build(): FinishGraph {
    const builder = this.#builder
    const nodes = this.graph.nodes.filter((node) => this.analysis.afterwards.has(node))
    const computed = new Set(nodes.flatMap(({ outputs }) => outputs))
    const outputs = this.graph.outputs
      .filter(({ value }) => computed.has(value) || this.analysis.roles.get(value)?.kind === 'partial')
      .map(({ name, value }) => ({ name, value, update: this.#freeName(`output:${name}`) }))
    const results = [...this.graph.updates, ...outputs]
    const needed = new Set([...nodes.flatMap(({ inputs }) => inputs), ...results.map(({ value }) => value)])
    const given = this.graph.inputs
      .filter(({ value }) => needed.has(value))
      .map(({ name, value }) => {
        const input = builder.input(name, value)
        this.#values.set(value, input)
        return { name, value: input }
      })
    for (const { name, value } of this.graph.states) this.#values.set(value, builder.state(name, value))
    for (const { value, data } of this.graph.constants) if (needed.has(value)) this.#values.set(value, builder.constant(value, data))
    for (const value of needed) if (!computed.has(value) && !this.#values.has(value)) this.#addInputs(value)
    for (const { value, halves } of this.#sums) {
      this.#values.set(
        value,
        builder.node(
          'Add',
          halves.map((half) => half.value),
        ),
      )
    }
    for (const node of nodes) {
      const made = builder.nodes(
        node.op,
        node.inputs.map((input) => this.#renewed(input)),
        node.attributes,
      )
      node.outputs.forEach((output, index) => {
        const value = made[index]
        if (value) this.#values.set(output, value)
      })
    }
    const updates = [
      ...this.graph.updates.map(({ name, value }) => ({ name, value: this.#renewed(value) })),
      ...outputs.map(({ update, value }) => ({ name: update, value: this.#renewed(value) })),
    ]
    return {
      graph: builder.build({ outputs: [], updates }),
      sums: this.#sums,
      handed: this.#handed,
      given,
      outputs: outputs.map(({ name, update }) => ({ name, update })),
    }
  }

  /** Takes from the halves what they compute: two shares of a sum, or what either would compute alike. */
  #addInputs(value: Value): void {
    if (this.analysis.roles.get(value)?.kind === 'partial') {
      this.#sums.push({ value, halves: [this.#input(`first:${value.id}`, value), this.#input(`second:${value.id}`, value)] })
      return
    }
    const input = this.#input(`handed:${value.id}`, value)
    this.#handed.push({ value, input })
    this.#values.set(value, input.value)
  }

  #input(name: string, { dtype, shape }: Value): NamedValue {
    return { name, value: this.#builder.input(name, { dtype, shape }) }
  }

  #renewed(value: Value): Value {
    const renewed = this.#values.get(value)
    if (!renewed) throw new Error(`%${value.id} is not computed by the halves`)
    return renewed
  }

  /** A name that no state has. */
  #freeName(name: string): string {
    return this.graph.states.some((state) => state.name === name) ? this.#freeName(`${name}'`) : name
  }
}
