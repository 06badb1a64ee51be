import type { Graph, GraphNode, Value } from '../graph.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'
import { useCounts } from './useCounts.js'

/** Squares b - a instead of a - b where the graph needs b - a elsewhere: a square has no sign, and a squared error's gradient has one. */
export const signlessSquares = {
  name: 'signlessSquares',
  rewrite: (graph) => {
    const turned = squaresToTurn(graph)
    return rebuildGraph(graph, (node, builder, original) => {
      const [difference] = node.inputs
      const producer = turned.has(original) && difference ? builder.producerOf(difference) : undefined
      if (!producer) return undefined
      const opposite = builder.node('Sub', producer.inputs.toReversed())
      return [builder.node('Mul', [opposite, opposite])]
    })
  },
} as const satisfies RewritePass

/** Finds squares of a difference that nothing else uses, while the opposite difference is used otherwise. */
function squaresToTurn(graph: Graph): ReadonlySet<GraphNode> {
  const uses = useCounts(graph)
  const differences = new Map(graph.nodes.filter(({ op }) => op === 'Sub').map((node) => [node.outputs[0], node]))
  const squares = graph.nodes.filter(({ op, inputs: [a, b] }) => op === 'Mul' && a === b && differences.has(a))
  const key = ([a, b]: readonly (Value | undefined)[]) => `${a?.id} ${b?.id}`
  const squared = new Set(squares.map(({ inputs }) => inputs[0]))
  const otherwiseUsed = new Set([...differences].filter(([difference]) => !squared.has(difference)).map(([, { inputs }]) => key(inputs)))
  return new Set(
    squares.filter(({ inputs: [difference] }) => {
      const node = differences.get(difference)
      return node && difference && uses.get(difference) === 2 && otherwiseUsed.has(key(node.inputs.toReversed()))
    }),
  )
}
