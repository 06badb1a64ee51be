import { commonSubexpressions } from '../commonSubexpressions.js'
import { deadCode } from '../deadCode.js'
import { layoutChains } from '../layoutChains.js'
import type { RewritePass } from '../RewritePass.js'
import { rebuildGraph } from '../rebuildGraph.js'
import { inFewestAxes } from './reshapes.js'
import { readView, transpose } from './TransposedView.js'

/** Writes every Transpose that is left with as few axes as it can have, as a Reshape where it moves nothing, and each reordering once. */
export const settleTransposes = {
  name: 'settleTransposes',
  isLast: true,
  rewrite: (graph) => {
    const settled = rebuildGraph(graph, (node, builder) => {
      const [x] = node.inputs
      const { perm } = node.attributes
      if (node.op !== 'Transpose' || !x || !Array.isArray(perm)) return undefined
      const moved = transpose(builder, x, perm)
      const view = readView(builder, moved)
      return [view ? inFewestAxes(builder, view) : moved]
    })
    return deadCode.rewrite(commonSubexpressions.rewrite(layoutChains.rewrite(settled)))
  },
} as const satisfies RewritePass
