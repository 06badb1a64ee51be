import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'
import { isNormal, isPowerOfTwo, readScaling, scale } from './scaling.js'

/**
 * Turns x / c into x * (1/c), and (x * c) * d into x * (c d), where the scalars are powers of two (one of c and d is enough):
 * scaling by a power of two is exact, so that the result keeps every bit.
 */
export const scalarChains = {
  name: 'scalarChains',
  rewrite: (graph) =>
    rebuildGraph(graph, (node, builder) => {
      const outer = readScaling(node, builder)
      if (!outer) return undefined
      const producer = builder.producerOf(outer.x)
      const inner = producer && readScaling(producer, builder)
      if (inner && (isPowerOfTwo(inner.factor) || isPowerOfTwo(outer.factor)) && isNormal(inner.factor * outer.factor)) {
        return [scale(builder, { x: inner.x, factor: inner.factor * outer.factor })]
      }
      return node.op === 'Div' ? [scale(builder, outer)] : undefined
    }),
} as const satisfies RewritePass
