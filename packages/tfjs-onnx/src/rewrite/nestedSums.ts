import { sizeOf, type Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'
import { useCounts } from './useCounts.js'

/**
 * Adds up a whole tensor at once where a sum over some axes is summed over all others: ONNX Runtime sums squares over all axes in one vectorized pass,
 * over the last one element by element.
 */
export const nestedSums = {
  name: 'nestedSums',
  rounds: true,
  rewrite: (graph) => {
    const uses = useCounts(graph)
    return rebuildGraph(graph, (node, builder, { inputs: [original] }) => {
      const [sums] = node.inputs
      if (node.op !== 'ReduceSum' || !sums || !original || uses.get(original) !== 1 || sizeOf(node.outputs[0]?.shape ?? [2]) !== 1) {
        return undefined
      }
      const inner = builder.producerOf(sums)
      const [x] = inner?.inputs ?? []
      if (!inner || !x || (inner.op !== 'ReduceSum' && inner.op !== 'ReduceSumSquare')) return undefined
      return [reshapedLike(builder, node.outputs[0], builder.node(inner.op, [x, allAxes(builder, x)], { keepdims: 0 }))]
    })
  },
} as const satisfies RewritePass

function allAxes(builder: GraphBuilder, { shape }: Value): Value {
  return builder.integers(shape.map((_, axis) => axis))
}

function reshapedLike(builder: GraphBuilder, like: Value | undefined, scalar: Value): Value {
  const shape = like?.shape ?? []
  return shape.length === 0 ? scalar : builder.node('Reshape', [scalar, builder.integers(shape)])
}
