import type { Graph } from '../graph.js'

/** A small change of a graph after which it computes the same. */
export interface RewritePass {
  readonly name: string
  readonly rewrite: (graph: Graph) => Graph
}
