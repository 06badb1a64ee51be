import type { Graph, GraphNode, Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import { elementwiseOperators } from '../../operators/elementwise.js'
import { rebuildGraph } from '../rebuildGraph.js'
import { transpose } from './TransposedView.js'

/**
 * Reorders once what several Transpose nodes reorder in stages of its computation: a gradient and its square, for the two moments of
 * Adam, are computed from the reordered gradient.
 */
export function shareTransposes(graph: Graph): Graph {
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)))
  const counts = new Map<string, number>()
  const originOf = (node: GraphNode) => {
    const [x] = node.inputs
    return node.op === 'Transpose' && x ? { x, chain: stagesOf(x, producers) } : undefined
  }
  const keyOf = (node: GraphNode, origin: Value) => `${origin.id} ${JSON.stringify(node.attributes)}`
  for (const node of graph.nodes) {
    const origin = originOf(node)
    if (!origin) continue
    const key = keyOf(node, origin.chain.origin)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return rebuildGraph(graph, (node, builder, original) => {
    const found = originOf(original)
    const { perm } = node.attributes
    const [x] = node.inputs
    if (!found || !x || !Array.isArray(perm) || (counts.get(keyOf(original, found.chain.origin)) ?? 0) < 2) return undefined
    return [afterTranspose(x, { builder, perm, stages: found.chain.length })]
  })
}

interface Stages {
  readonly origin: Value
  readonly length: number
}

/** Goes back through elementwise operators of one tensor, perhaps used twice, and scalars. */
function stagesOf(value: Value, producers: ReadonlyMap<Value, GraphNode>): Stages {
  let [origin, length] = [value, 0]
  for (let next = onlyOperand(producers.get(origin)); next; next = onlyOperand(producers.get(origin))) {
    origin = next
    length++
  }
  return { origin, length }
}

function onlyOperand(node: GraphNode | undefined): Value | undefined {
  if (!node || !Object.hasOwn(elementwiseOperators, node.op)) return undefined
  const [first, ...others] = node.inputs.filter(({ shape }) => shape.length > 0)
  return others.every((other) => other === first) ? first : undefined
}

/** Computes the last `stages` operators before a value from the reordered tensor. */
function afterTranspose(
  value: Value,
  { builder, perm, stages }: { builder: GraphBuilder; perm: readonly number[]; stages: number },
): Value {
  const producer = builder.producerOf(value)
  if (stages === 0 || !producer) return transpose(builder, value, perm)
  const inputs = producer.inputs.map((input) =>
    input.shape.length > 0 ? afterTranspose(input, { builder, perm, stages: stages - 1 }) : input,
  )
  return builder.node(producer.op, inputs, producer.attributes)
}
