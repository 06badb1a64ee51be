import type { Graph, GraphNode, Value } from '../graph.js'
import type { RewritePass } from './RewritePass.js'

/** Drops nodes, constants and states that no output and no update depends on. Inputs stay: callers pass them. */
export const deadCode = {
  name: 'deadCode',
  rewrite: (graph: Graph): Graph => {
    const live = new Set<Value>([...graph.outputs, ...graph.updates].map(({ value }) => value))
    const nodes: GraphNode[] = []
    for (const node of graph.nodes.toReversed()) {
      if (!node.outputs.some((output) => live.has(output))) continue
      for (const input of node.inputs) live.add(input)
      nodes.push(node)
    }
    const updated = new Set(graph.updates.map(({ name }) => name))
    return Object.freeze({
      ...graph,
      nodes: Object.freeze(nodes.reverse()),
      constants: Object.freeze(graph.constants.filter(({ value }) => live.has(value))),
      // The check compares an update with the state of its name.
      states: Object.freeze(graph.states.filter(({ name, value }) => live.has(value) || updated.has(name))),
    })
  },
} as const satisfies RewritePass
