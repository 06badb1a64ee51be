import { sameShape, type Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { inferNode } from '../inferNode.js'
import { elementwiseOperators } from '../operators/elementwise.js'
import { uniformValue } from './constants.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'

/**
 * Replaces operands that elementwise operators would broadcast anyway by the small tensor behind them: a constant whose
 * elements are all the same by a scalar, the result of Expand by its input. Gradients of sums and means are full of them.
 */
export const scalarOperands = {
  name: 'scalarOperands',
  rewrite: (graph) =>
    rebuildGraph(graph, (node, builder) => {
      if (!Object.hasOwn(elementwiseOperators, node.op) || node.inputs.length < 2) return undefined
      const constantOf = (value: Value) => builder.constantOf(value)
      const [before] = inferNode(node, constantOf)
      let { inputs } = node
      node.inputs.forEach((input, index) => {
        const smaller = smallerOperand(builder, input)
        if (!smaller || !before) return
        const candidate = inputs.with(index, smaller)
        const [after] = inferNode({ ...node, inputs: candidate }, constantOf)
        if (after && sameShape(after.shape, before.shape)) inputs = candidate
      })
      return inputs === node.inputs ? undefined : [builder.node(node.op, inputs, node.attributes)]
    }),
} as const satisfies RewritePass

/** Finds the small tensor that an operand is a broadcast of: the input of Expand, the scalar that fills a constant. */
export function smallerOperand(builder: GraphBuilder, operand: Value): Value | undefined {
  const producer = builder.producerOf(operand)
  if (producer?.op === 'Expand') return producer.inputs[0]
  const value = operand.shape.length > 0 ? uniformValue(builder, operand) : undefined
  return value === undefined ? undefined : builder.scalar(operand.dtype, value)
}
