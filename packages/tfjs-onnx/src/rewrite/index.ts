import type { Graph } from '../graph.js'
import { batchLast } from './batchLast/batchLast.js'
import { commonSubexpressions } from './commonSubexpressions.js'
import { constantFolding } from './constantFolding.js'
import { convolutionBias } from './convolutionBias.js'
import { deadCode } from './deadCode.js'
import { gemmBias } from './gemmBias.js'
import { identities } from './identities.js'
import { lateBroadcasts } from './lateBroadcasts.js'
import { lateFactors } from './lateFactors.js'
import { layoutChains } from './layoutChains.js'
import type { RewritePass } from './RewritePass.js'
import { scalarChains } from './scalarChains.js'
import { scalarOperands } from './scalarOperands.js'
import { signlessSquares } from './signlessSquares.js'
import { sumsOfSquares } from './sumsOfSquares.js'
import { settleTransposes } from './transposes/settleTransposes.js'
import { sinkTransposes } from './transposes/sinkTransposes.js'

export type { RewritePass } from './RewritePass.js'

/** The passes whose results any runtime runs well, in the order in which they run. */
export const portablePasses = [
  constantFolding,
  lateBroadcasts,
  scalarOperands,
  identities,
  layoutChains,
  sinkTransposes,
  convolutionBias,
  scalarChains,
  lateFactors,
  signlessSquares,
  sumsOfSquares,
  gemmBias,
  commonSubexpressions,
  deadCode,
  settleTransposes,
] as const satisfies readonly RewritePass[]

/** With those that serve ONNX Runtime on a CPU; their turn comes after the others, which find more in what was traced. */
export const rewritePasses = [...portablePasses, batchLast] as const satisfies readonly RewritePass[]

/** Each round only shrinks the graph, so that this bound is never the reason to stop in practice. */
const mostRounds = 10

/** Runs the passes until a round leaves the number of nodes as it is; then, once, those that are for the end. */
export function rewriteGraph(graph: Graph, passes: readonly RewritePass[] = rewritePasses): Graph {
  const repeated = passes.filter(({ isLast }) => !isLast)
  let current = graph
  for (let round = 0; round < mostRounds; round++) {
    const before = current.nodes.length
    current = repeated.reduce((rewritten, pass) => pass.rewrite(rewritten), current)
    if (current.nodes.length === before) break
  }
  return passes.reduce((rewritten, pass) => (pass.isLast ? pass.rewrite(rewritten) : rewritten), current)
}
