import { type GraphNode, sameShape, sizeOf, type Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'
import { isNormal, readScaling, type Scaling, scale } from './scaling.js'
import { useCounts } from './useCounts.js'

/**
 * Moves a scalar factor past operators that are linear in the scaled tensor, to where it costs less: after a sum over axes there are
 * fewer elements to scale, and Gemm scales its product anyway. The gradient of a mean scales a whole batch by 1/n for nothing else.
 */
export const lateFactors = {
  name: 'lateFactors',
  rounds: true,
  rewrite: (graph) => {
    const uses = useCounts(graph)
    return rebuildGraph(graph, (node, builder, { inputs: originals }) => {
      for (const [operand, value] of node.inputs.entries()) {
        const producer = builder.producerOf(value)
        const scaling = producer && readScaling(producer, builder)
        if (!scaling || !isNormal(scaling.factor) || !sameShape(scaling.x.shape, value.shape)) continue
        const isOnlyUse = uses.get(originals[operand] ?? value) === 1
        const moved = moveFactor({ node, operand, scaling, isOnlyUse }, builder)
        if (moved) return [moved]
      }
      return undefined
    })
  },
} as const satisfies RewritePass

interface ScaledOperand {
  readonly node: GraphNode
  readonly operand: number
  readonly scaling: Scaling
  /** Whether nothing else uses the scaled tensor, so that it need not be computed any more. */
  readonly isOnlyUse: boolean
}

function moveFactor({ node, operand, scaling: { x, factor }, isOnlyUse }: ScaledOperand, builder: GraphBuilder): Value | undefined {
  const { op, inputs, attributes } = node
  const unscaled = () => builder.node(op, inputs.with(operand, x), attributes)
  switch (op) {
    case 'Gemm': {
      const alpha = Number(attributes.alpha ?? 1) * factor
      return operand < 2 && isNormal(alpha) ? builder.node(op, inputs.with(operand, x), { ...attributes, alpha }) : undefined
    }
    case 'ReduceSum':
    case 'ReduceMean':
      return scale(builder, { x: unscaled(), factor })
    case 'Neg':
      return scale(builder, { x, factor: -factor })
    case 'Mul': {
      const outer = readScaling(node, builder)
      if (outer) return isNormal(outer.factor * factor) ? scale(builder, { x, factor: outer.factor * factor }) : undefined
      const other = inputs[1 - operand]
      return isOnlyUse && other && sizeOf(other.shape) > 1 && sameShape(other.shape, x.shape)
        ? scale(builder, { x: unscaled(), factor })
        : undefined
    }
    case 'Reshape':
    case 'Transpose':
      return isOnlyUse ? scale(builder, { x: unscaled(), factor }) : undefined
    default:
      return undefined
  }
}
