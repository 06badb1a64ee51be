import type { Constant, Graph, Value } from '../graph.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'

/** Longer constants are compared by identity only. */
const longestCompared = 64

/** Computes equal nodes, those of the same operator, inputs and attributes, once; keeps equal short constants once. */
export const commonSubexpressions = {
  name: 'commonSubexpressions',
  rewrite: (graph) => {
    const seen = new Map<string, readonly Value[]>()
    return rebuildGraph(shareConstants(graph), (node, builder) => {
      const key = `${node.op}(${node.inputs.map(({ id }) => id).join()})${JSON.stringify(node.attributes)}`
      const outputs = seen.get(key) ?? builder.nodes(node.op, node.inputs, node.attributes)
      seen.set(key, outputs)
      return outputs
    })
  },
} as const satisfies RewritePass

function shareConstants(graph: Graph): Graph {
  const first = new Map<string, Value>()
  const shared = new Map<Value, Value>()
  for (const { value, data } of graph.constants) {
    if (data.length > longestCompared) continue
    const key = keyOf({ value, data })
    const same = first.get(key)
    if (same) shared.set(value, same)
    else first.set(key, value)
  }
  const share = (value: Value) => shared.get(value) ?? value
  const shareNamed = (named: Graph['outputs']) => named.map(({ name, value }) => ({ name, value: share(value) }))
  return {
    ...graph,
    constants: graph.constants.filter(({ value }) => !shared.has(value)),
    nodes: graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(share) })),
    outputs: shareNamed(graph.outputs),
    updates: shareNamed(graph.updates),
  }
}

/** Compares bytes: 0 and -0 are different constants. */
function keyOf({ value, data }: Constant): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return `${value.dtype}[${value.shape.join()}]${bytes.join()}`
}
