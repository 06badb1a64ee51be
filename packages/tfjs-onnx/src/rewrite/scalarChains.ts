import type { GraphNode, Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { uniformValue } from './constants.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'

/**
 * Turns x / c into x * (1/c), and (x * c) * d into x * (c d), where the scalars are powers of two (one of c and d is enough):
 * scaling by a power of two is exact, so that the result keeps every bit.
 */
export const scalarChains = {
  name: 'scalarChains',
  rewrite: (graph) =>
    rebuildGraph(graph, (node, builder) => {
      const outer = scaling(node, builder)
      if (!outer) return undefined
      const producer = builder.producerOf(outer.x)
      const inner = producer && scaling(producer, builder)
      if (inner && (isPowerOfTwo(inner.factor) || isPowerOfTwo(outer.factor)) && isNormal(inner.factor * outer.factor)) {
        return [scale(builder, inner.x, inner.factor * outer.factor)]
      }
      return node.op === 'Div' ? [scale(builder, outer.x, outer.factor)] : undefined
    }),
} as const satisfies RewritePass

function scale(builder: GraphBuilder, x: Value, factor: number): Value {
  return builder.node('Mul', [x, builder.scalar('float32', factor)])
}

/** Reads a node as x times a scalar constant; a division only by a power of two. */
function scaling({ op, inputs: [a, b] }: GraphNode, builder: GraphBuilder): { x: Value; factor: number } | undefined {
  if ((op !== 'Mul' && op !== 'Div') || a?.dtype !== 'float32' || !b) return undefined
  const right = b.shape.length === 0 ? uniformValue(builder, b) : undefined
  if (op === 'Div') return right !== undefined && isPowerOfTwo(right) ? { x: a, factor: 1 / right } : undefined
  if (right !== undefined) return { x: a, factor: right }
  const left = a.shape.length === 0 ? uniformValue(builder, a) : undefined
  return left === undefined ? undefined : { x: b, factor: left }
}

function isPowerOfTwo(factor: number): boolean {
  return isNormal(factor) && Number.isInteger(Math.log2(Math.abs(factor)))
}

/** Far from overflow and from numbers that lose digits near zero. */
function isNormal(factor: number): boolean {
  const size = Math.abs(factor)
  return size > 2 ** -60 && size < 2 ** 60
}
