import type { Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import type { RewritePass } from './RewritePass.js'
import { rebuildGraph } from './rebuildGraph.js'
import { useCounts } from './useCounts.js'

/** Lets a convolution add the bias that a following Add adds, where nothing else uses what was convolved. */
export const convolutionBias = {
  name: 'convolutionBias',
  rounds: true,
  rewrite: (graph) => {
    const uses = useCounts(graph)
    return rebuildGraph(graph, (node, builder, original) => {
      if (node.op !== 'Add') return undefined
      for (const side of [0, 1] as const) {
        const [convolved, operand] = [node.inputs[side], node.inputs[1 - side]]
        const producer = convolved && builder.producerOf(convolved)
        if (!producer || (producer.op !== 'Conv' && producer.op !== 'ConvTranspose') || producer.inputs.length !== 2) continue
        const previous = original.inputs[side]
        const bias = operand && previous && uses.get(previous) === 1 ? asBias(builder, operand, convolved) : undefined
        if (bias) return [builder.node(producer.op, [...producer.inputs, bias], producer.attributes)]
      }
      return undefined
    })
  },
} as const satisfies RewritePass

/** Reads an operand that has one number for each channel, beside [batch, channels, ...spatial], as a list of them. */
function asBias(builder: GraphBuilder, operand: Value, { shape }: Value): Value | undefined {
  const [, channels = 0] = shape
  const rank = operand.shape.length
  const isBesideChannels = operand.shape.every((size, axis) => size === (axis - rank + shape.length === 1 ? channels : 1))
  if (rank < shape.length - 1 || !isBesideChannels) return undefined
  const producer = builder.producerOf(operand)
  const source = producer?.op === 'Reshape' ? producer.inputs[0] : undefined
  return source?.shape.length === 1 ? source : builder.node('Reshape', [operand, builder.integers([channels])])
}
