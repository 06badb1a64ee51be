import type { Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { emitRelu6 } from './basic_math.js'
import type { KernelCall } from './KernelCall.js'

interface Operands {
  readonly call: KernelCall
  readonly alpha: Value | undefined
}

const activations: Readonly<Record<string, (graph: GraphBuilder, x: Value, operands: Operands) => Value>> = {
  linear: (_, x) => x,
  relu: (graph, x) => graph.node('Relu', [x]),
  relu6: emitRelu6,
  elu: (graph, x) => graph.node('Elu', [x]),
  sigmoid: (graph, x) => graph.node('Sigmoid', [x]),
  leakyrelu: (graph, x, { call }) => graph.node('LeakyRelu', [x], { alpha: call.number('leakyreluAlpha', 0.2) }),
  prelu: (graph, x, { call, alpha }) => graph.node('PRelu', [x, alpha ?? call.input('preluActivationWeights')]),
}

/** Applies the activation that a fused kernel names; `alpha` is that of prelu, in the layout of `x`. */
export function emitActivation(call: KernelCall, x: Value, alpha: Value | undefined): Value {
  const name = call.text('activation', 'linear')
  const activate = activations[name]
  if (!activate) return call.fail('UNSUPPORTED_OP', { expected: `an activation among ${Object.keys(activations).join(', ')}`, got: name })
  return activate(call.graph, x, { call, alpha })
}
