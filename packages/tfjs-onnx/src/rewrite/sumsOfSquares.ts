import type { GraphNode, Value } from '../graph.js'
import { sizeOf } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'
import { scale } from './scaling.js'
import { useCounts } from './useCounts.js'

/** Lets one operator square and sum, where nothing else uses the squares: they are not written to memory and read again. */
export const sumsOfSquares = {
  name: 'sumsOfSquares',
  rounds: true,
  rewrite: (graph) => {
    const uses = useCounts(graph)
    return rebuildGraph(graph, (node, builder, { inputs: [original] }) => {
      const [squares, axes] = node.inputs
      if ((node.op !== 'ReduceSum' && node.op !== 'ReduceMean') || !squares || !axes) return undefined
      const base = original && uses.get(original) === 1 ? squaredBy(squares, builder) : undefined
      if (!base) return undefined
      const sum = builder.node('ReduceSumSquare', [base, axes], node.attributes)
      return [node.op === 'ReduceSum' ? sum : scale(builder, { x: sum, factor: sizeOf(sum.shape) / sizeOf(base.shape) })]
    })
  },
} as const satisfies RewritePass

function squaredBy(value: Value, builder: GraphBuilder): Value | undefined {
  const { op, inputs: [a, b] = [] }: Partial<GraphNode> = builder.producerOf(value) ?? {}
  return op === 'Mul' && a?.dtype === 'float32' && a === b ? a : undefined
}
