import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'

/** Joins a Reshape of a Reshape, and a Transpose of a Transpose, into one. */
export const layoutChains = {
  name: 'layoutChains',
  rewrite: (graph) =>
    rebuildGraph(graph, (node, builder) => {
      const [x, shape] = node.inputs
      const producer = x && builder.producerOf(x)
      const source = producer?.inputs[0]
      if (!source || producer.op !== node.op) return undefined
      if (node.op === 'Reshape' && shape) return [builder.node('Reshape', [source, shape], node.attributes)]
      const [inner, outer] = [producer.attributes.perm, node.attributes.perm]
      if (node.op !== 'Transpose' || !Array.isArray(inner) || !Array.isArray(outer)) return undefined
      return [builder.node('Transpose', [source], { perm: outer.map((axis) => inner[axis] ?? 0) })]
    }),
} as const satisfies RewritePass
