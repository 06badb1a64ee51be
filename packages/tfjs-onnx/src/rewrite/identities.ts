import { type GraphNode, sameShape, type Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { inferNode } from '../inferNode.js'
import type { OperatorName } from '../operators/index.js'
import { uniformValue } from './constants.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'

const copies: ReadonlySet<OperatorName> = new Set(['Identity', 'Reshape', 'Cast', 'Expand', 'Tile', 'Slice', 'Pad'])

/** The operand with which an operator changes nothing, and the sides it may stand on. */
const neutral: Partial<Record<OperatorName, { readonly value: number; readonly sides: readonly (0 | 1)[] }>> = {
  Add: { value: 0, sides: [0, 1] },
  Sub: { value: 0, sides: [1] },
  Mul: { value: 1, sides: [0, 1] },
  Div: { value: 1, sides: [1] },
  Pow: { value: 1, sides: [1] },
}

/** Removes nodes that return their input: copies to the same type, Transpose in the same order, x + 0, x * 1. */
export const identities = {
  name: 'identities',
  rewrite: (graph) =>
    rebuildGraph(graph, (node, builder) => {
      const kept = keptInput(node, builder)
      if (!kept) return undefined
      const [output] = inferNode(node, (value) => builder.constantOf(value))
      return output && output.dtype === kept.dtype && sameShape(output.shape, kept.shape) ? [kept] : undefined
    }),
} as const satisfies RewritePass

function keptInput(node: GraphNode, builder: GraphBuilder): Value | undefined {
  const [first] = node.inputs
  if (copies.has(node.op)) return node.op === 'Slice' && reverses(node, builder) ? undefined : first
  if (node.op === 'Transpose') {
    const { perm } = node.attributes
    return Array.isArray(perm) && perm.every((axis, index) => axis === index) ? first : undefined
  }
  const operand = neutral[node.op]
  const side = operand?.sides.find((each) => uniformValue(builder, node.inputs[each]) === operand.value)
  return side === undefined ? undefined : node.inputs[1 - side]
}

/** A slice of the whole shape is a copy only where it does not run backwards. */
function reverses(node: GraphNode, builder: GraphBuilder): boolean {
  const steps = node.inputs[4] && builder.constantOf(node.inputs[4])
  return !steps || Array.from(steps.data, Number).some((step) => step !== 1)
}
