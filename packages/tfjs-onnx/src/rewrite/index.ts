import type { Graph } from '../graph.js'
import { commonSubexpressions } from './commonSubexpressions.js'
import { constantFolding } from './constantFolding.js'
import { deadCode } from './deadCode.js'
import { gemmBias } from './gemmBias.js'
import { identities } from './identities.js'
import { lateFactors } from './lateFactors.js'
import { layoutChains } from './layoutChains.js'
import type { RewritePass } from './RewritePass.js'
import { scalarChains } from './scalarChains.js'
import { scalarOperands } from './scalarOperands.js'
import { signlessSquares } from './signlessSquares.js'
import { sumsOfSquares } from './sumsOfSquares.js'

export type { RewritePass } from './RewritePass.js'

/** The passes in the order in which they run. */
export const rewritePasses = [
  constantFolding,
  scalarOperands,
  identities,
  layoutChains,
  scalarChains,
  lateFactors,
  signlessSquares,
  sumsOfSquares,
  gemmBias,
  commonSubexpressions,
  deadCode,
] as const satisfies readonly RewritePass[]

/** Each round only shrinks the graph, so that this bound is never the reason to stop in practice. */
const mostRounds = 10

/** Runs all passes until a round leaves the number of nodes as it is. */
export function rewriteGraph(graph: Graph): Graph {
  let current = graph
  for (let round = 0; round < mostRounds; round++) {
    const before = current.nodes.length
    current = rewritePasses.reduce((rewritten, pass) => pass.rewrite(rewritten), current)
    if (current.nodes.length === before) break
  }
  return current
}
