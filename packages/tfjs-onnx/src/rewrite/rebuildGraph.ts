import type { Graph, GraphNode, Value } from '../graph.js'
import { GraphBuilder } from '../graphBuilder.js'

/**
 * Looks at one node, whose inputs are values of the new graph already, and returns what to put in the place of its
 * outputs; undefined keeps the node. `original` is the node as it was, with the old graph's values.
 */
export type NodeRewriter = (node: GraphNode, builder: GraphBuilder, original: GraphNode) => readonly Value[] | undefined

/** Builds a graph anew, node by node; what `rewriteNode` leaves unused is for the pass deadCode to drop. */
export function rebuildGraph(graph: Graph, rewriteNode: NodeRewriter): Graph {
  const builder = new GraphBuilder()
  const values = new Map<Value, Value>()
  const renew = (value: Value): Value => values.get(value) ?? value
  for (const { name, value, draw } of graph.inputs) values.set(value, builder.input(name, value, draw))
  for (const { name, value } of graph.states) values.set(value, builder.state(name, value))
  for (const { value, data } of graph.constants) values.set(value, builder.constant(value, data))
  for (const node of graph.nodes) {
    const inputs = node.inputs.map(renew)
    const outputs = rewriteNode({ ...node, inputs }, builder, node) ?? builder.nodes(node.op, inputs, node.attributes)
    node.outputs.forEach((output, index) => {
      const replacement = outputs[index]
      if (replacement) values.set(output, replacement)
    })
  }
  const results = (named: Graph['outputs']) => named.map(({ name, value }) => ({ name, value: renew(value) }))
  return builder.build({ outputs: results(graph.outputs), updates: results(graph.updates) })
}
