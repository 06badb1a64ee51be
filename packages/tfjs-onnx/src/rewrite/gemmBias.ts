import type { Graph, Value } from '../graph.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'

/** Lets Gemm add the bias that a following Add adds, where nothing else uses the product; rounding changes by the order of one sum. */
export const gemmBias = {
  name: 'gemmBias',
  rewrite: (graph) => {
    const isUsedOnce = singleUses(graph)
    let index = -1
    return rebuildGraph(graph, (node, builder) => {
      index++
      if (node.op !== 'Add') return undefined
      for (const side of [0, 1] as const) {
        const [product, bias] = [node.inputs[side], node.inputs[1 - side]]
        const producer = product && builder.producerOf(product)
        const original = graph.nodes[index]?.inputs[side]
        if (!product || producer?.op !== 'Gemm' || producer.inputs.length !== 2 || !bias || !original || !isUsedOnce(original)) continue
        if (bias.shape.length !== 1 || bias.shape[0] !== product.shape[1]) continue
        return [builder.node('Gemm', [...producer.inputs, bias], producer.attributes)]
      }
      return undefined
    })
  },
} as const satisfies RewritePass

function singleUses(graph: Graph): (value: Value) => boolean {
  const uses = new Map<Value, number>()
  const count = (value: Value) => uses.set(value, (uses.get(value) ?? 0) + 1)
  for (const { inputs } of graph.nodes) inputs.forEach(count)
  for (const { value } of [...graph.outputs, ...graph.updates]) count(value)
  return (value) => uses.get(value) === 1
}
