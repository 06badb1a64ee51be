import type { Value } from '../graph.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'

/** (x - mean) scale / sqrt(variance + epsilon) + offset; all but x broadcast. */
function emitBatchNorm(call: KernelCall): Value {
  const { graph } = call
  const { scale, offset } = call.inputs
  const epsilon = graph.scalar('float32', call.number('varianceEpsilon', 0.001))
  const deviation = graph.node('Sqrt', [graph.node('Add', [call.input('variance'), epsilon])])
  const factor = scale ? graph.node('Div', [scale, deviation]) : graph.node('Reciprocal', [deviation])
  const normalized = graph.node('Mul', [graph.node('Sub', [call.input('x'), call.input('mean')]), factor])
  return offset ? graph.node('Add', [normalized, offset]) : normalized
}

/** Functions of all elements along one axis. tfjs composes logSoftmax of other kernels. */
export const normalizationRules = {
  FusedBatchNorm: { emit: emitBatchNorm, since: 14, tolerance: 1e-5 },
  Softmax: {
    emit: (call) => call.graph.node('Softmax', [call.input('logits')], { axis: call.number('dim', -1) }),
    since: 13,
    tolerance: 1e-6,
  },
} as const satisfies Rules
