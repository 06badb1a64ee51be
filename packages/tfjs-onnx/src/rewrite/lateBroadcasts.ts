import { sizeOf, type Value } from '../graph.js'
import { elementwiseOperators } from '../operators/elementwise.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'
import { smallerOperand } from './scalarOperands.js'

/**
 * Computes small and broadcasts then, where an elementwise operator gets its large shape from nothing but broadcasts and constants whose
 * elements are all the same: the gradient of a sum, times ones. What uses the result may broadcast by itself (see scalarOperands).
 */
export const lateBroadcasts = {
  name: 'lateBroadcasts',
  rewrite: (graph) =>
    rebuildGraph(graph, (node, builder) => {
      const [output] = node.outputs
      if (!output || node.inputs.length < 2 || !Object.hasOwn(elementwiseOperators, node.op)) return undefined
      const inputs = node.inputs.map((input) => smallerOperand(builder, input) ?? input)
      const isSmall = (value: Value) => sizeOf(value.shape) < sizeOf(output.shape)
      if (!inputs.every(isSmall)) return undefined
      const small = builder.node(node.op, inputs, node.attributes)
      return isSmall(small) ? [builder.node('Expand', [small, builder.integers(output.shape)])] : undefined
    }),
} as const satisfies RewritePass
