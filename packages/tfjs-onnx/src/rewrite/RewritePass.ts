import type { Graph } from '../graph.js'

/** A small change of a graph after which it computes the same. */
export interface RewritePass {
  readonly name: string
  /** Whether results may differ in their last digits, because it rounds in another order; without it they keep every bit. */
  readonly rounds?: true
  /** Whether it runs once, when the others find nothing more: it hides from them what they look for. */
  readonly isLast?: true
  readonly rewrite: (graph: Graph) => Graph
}
