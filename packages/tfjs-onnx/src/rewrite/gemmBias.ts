import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'
import { useCounts } from './useCounts.js'

/** Lets Gemm add the bias that a following Add adds, where nothing else uses the product; rounding changes by the order of one sum. */
export const gemmBias = {
  name: 'gemmBias',
  rounds: true,
  rewrite: (graph) => {
    const uses = useCounts(graph)
    return rebuildGraph(graph, (node, builder, { inputs: originals }) => {
      if (node.op !== 'Add') return undefined
      for (const side of [0, 1] as const) {
        const [product, bias] = [node.inputs[side], node.inputs[1 - side]]
        const producer = product && builder.producerOf(product)
        const original = originals[side]
        if (!product || producer?.op !== 'Gemm' || producer.inputs.length !== 2 || !bias || !original || uses.get(original) !== 1) continue
        if (bias.shape.length !== 1 || bias.shape[0] !== product.shape[1]) continue
        return [builder.node('Gemm', [...producer.inputs, bias], producer.attributes)]
      }
      return undefined
    })
  },
} as const satisfies RewritePass
