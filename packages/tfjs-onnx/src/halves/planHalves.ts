import { checkGraph } from '../check.js'
import { formatType, type Graph, type NamedValue, sizeOf, type Value } from '../graph.js'
import { rewriteGraph, rewritePasses } from '../rewrite/index.js'
import { nestedSums } from '../rewrite/nestedSums.js'
import { type SplitGraph, splitUpdates } from '../updates/splitUpdates.js'
import { analyseBatch, type BatchAnalysis, examplesOf } from './analyseBatch.js'
import { cutBatch, type ExampleRange, halvesOf } from './cutBatch.js'
import { type FinishGraph, finishGraph } from './finishGraph.js'

/** One half of a step: the graph of its examples, whose outputs have names of their own. */
export interface HalfGraph {
  readonly graph: Graph
  readonly range: ExampleRange
}

/** A step by halves of its batch. */
export interface HalvesPlan {
  readonly kind: 'halves'
  /** The graph of the whole step. */
  readonly graph: Graph
  readonly analysis: BatchAnalysis
  readonly halves: readonly [HalfGraph, HalfGraph]
  /** Computed once both halves are: what is not elementwise, such as the norm of a gradient, by a body of its own, the rest by a program. */
  readonly finish: FinishGraph
  readonly split: SplitGraph
  /** Outputs of the whole step that a half writes: each half the part of its examples, or the first one all of it. */
  readonly outputs: readonly { readonly name: string; readonly value: Value; readonly isParted: boolean }[]
}

/** Says why a step cannot be computed by halves. */
export interface NoHalves {
  readonly kind: 'whole'
  readonly reasons: readonly string[]
}

/** The passes that halves are rewritten by, beside those of every graph. */
const halfPasses = [nestedSums, ...rewritePasses]

/** Plans to compute a step by halves, of the graph as the portable passes leave it. */
export function planHalves(graph: Graph): HalvesPlan | NoHalves {
  const analysis = analyseBatch(graph)
  if (analysis.reasons.length > 0) return { kind: 'whole', reasons: analysis.reasons }
  const finish = finishGraph(graph, analysis)
  const others = finish.graph.inputs.filter(({ value }) => value.dtype !== 'float32')
  if (others.length > 0)
    return { kind: 'whole', reasons: others.map(({ value }) => `${formatType(value)} is needed once both halves are computed`) }
  const split = splitUpdates(finish.graph)
  const finished = new Set(finish.outputs.map(({ name }) => name))
  const outputs = graph.outputs
    .filter(({ name }) => !finished.has(name))
    .map(({ name, value }) => ({ name, value, isParted: analysis.roles.get(value)?.kind === 'examples' }))
  const [first, second] = halvesOf(analysis.examples)
  const sums = finish.sums.map(({ value }) => ({ name: sumName(value), value }))
  const handed = finish.handed.map(({ value }) => ({ name: handedName(value), value }))
  const parted = outputs.filter(({ isParted }) => isParted)
  const half = (range: ExampleRange, results: readonly NamedValue[]): HalfGraph => {
    const cut = rewriteGraph(cutBatch(graph, analysis, { range, outputs: results }), halfPasses)
    checkGraph(cut)
    return { graph: cut, range }
  }
  return {
    kind: 'halves',
    graph,
    analysis,
    halves: [half(first, [...outputs, ...sums, ...handed]), half(second, [...parted, ...sums])],
    finish,
    split,
    outputs,
  }
}

/** The name, among a half's outputs, of its share of a sum over the batch. */
export function sumName({ id }: Value): string {
  return `sum:${id}`
}

/** The name, among the first half's outputs, of what depends on no example. */
export function handedName({ id }: Value): string {
  return `handed:${id}`
}

/** Numbers that a step updates for each example, from which on its weights outweigh its batch. */
const OUTWEIGHED = 65_536

/**
 * Whether a step has so many weights beside its examples that it pays more to divide its update than its batch. It depends on the graph alone: so
 * do the bits.
 */
export function outweighs(graph: Graph): boolean {
  const updated = graph.updates.reduce((sum, { value }) => sum + sizeOf(value.shape), 0)
  return updated > OUTWEIGHED * Math.max(1, examplesOf(graph))
}
