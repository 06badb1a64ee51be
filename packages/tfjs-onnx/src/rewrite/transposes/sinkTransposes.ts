import { type Graph, type GraphNode, sizeOf, type Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import { commonSubexpressions } from '../commonSubexpressions.js'
import { deadCode } from '../deadCode.js'
import type { RewritePass } from '../RewritePass.js'
import { rebuildGraph } from '../rebuildGraph.js'
import { sinkPastOperands } from './operands.js'
import { raisePastReshape } from './reshapes.js'
import { shareTransposes } from './shareTransposes.js'
import { sinks } from './sinks.js'
import { keepsOrder, readMovableView, readView, transpose } from './TransposedView.js'

/**
 * Moves Transpose nodes down past whatever can be computed in the other layout as well, until they meet their opposite, a sum over all
 * they reorder, or an operator that needs the order. tfjs has the channels of images last; what ONNX convolves has them first.
 *
 * An operator with one transposed operand moves at the price of reordering the other. Whether that pays shows only in the end, so both
 * ways are tried, and the one that reorders fewest elements is taken; the graph as it was, if neither is as good.
 */
export const sinkTransposes = {
  name: 'sinkTransposes',
  rounds: true,
  rewrite: (graph) => {
    const candidates = [sink(graph, false), graph, sink(graph, true)]
    return candidates.reduce((best, each) => (reorderedElements(each) < reorderedElements(best) ? each : best))
  },
} as const satisfies RewritePass

function sink(graph: Graph, isMixed: boolean): Graph {
  const isOfState = stateDependents(graph)
  const sunk = rebuildGraph(graph, (node, builder, original) => {
    if (node.op === 'Transpose') return transposed(node, builder)
    if (node.op === 'Gemm') return productOfSources(node, builder)
    const view = readMovableView(builder, node.inputs[0])
    const moved = view && sinks[node.op]?.({ node, view, builder })
    if (moved) return moved
    const ofState = new Set(node.inputs.filter((_, index) => isOfState(original.inputs[index])))
    const result = sinkPastOperands(node, builder, { isMixed, isOfState: (value) => ofState.has(value) })
    return result && [result]
  })
  return deadCode.rewrite(commonSubexpressions.rewrite(shareTransposes(deadCode.rewrite(sunk))))
}

function transposed({ inputs: [x], attributes: { perm } }: GraphNode, builder: GraphBuilder): readonly Value[] | undefined {
  return x && Array.isArray(perm) ? [raisePastReshape(builder, x, perm) ?? transpose(builder, x, perm)] : undefined
}

/** Finds the values that depend on states and constants only, and on at least one state. */
function stateDependents({ states, constants, nodes }: Graph): (value: Value | undefined) => boolean {
  const found = new Set<Value | undefined>(states.map(({ value }) => value))
  const fixed = new Set(constants.map(({ value }) => value))
  for (const { inputs, outputs } of nodes) {
    if (!inputs.every((input) => found.has(input) || fixed.has(input))) continue
    for (const output of outputs) found.add(output)
  }
  return (value) => found.has(value)
}

/** Gemm reads its matrices in either order. */
function productOfSources(node: GraphNode, builder: GraphBuilder): readonly Value[] | undefined {
  const views = node.inputs.slice(0, 2).map((input) => readView(builder, input))
  if (views.every((view) => view === undefined)) return undefined
  const flag = (name: 'transA' | 'transB', index: number) => (node.attributes[name] === 1) !== (views[index] !== undefined)
  const inputs = node.inputs.map((input, index) => views[index]?.source ?? input)
  const flags = { transA: flag('transA', 0) ? 1 : 0, transB: flag('transB', 1) ? 1 : 0 }
  return builder.nodes('Gemm', inputs, { ...node.attributes, ...flags })
}

/** Counts the elements that all Transpose nodes together move. */
function reorderedElements({ nodes }: Graph): number {
  return nodes.reduce((sum, { op, inputs: [x], attributes: { perm } }) => {
    return op === 'Transpose' && x && Array.isArray(perm) && !keepsOrder(x.shape, perm) ? sum + sizeOf(x.shape) : sum
  }, 0)
}
