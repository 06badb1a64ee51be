import type { Rules } from './Rule.js'

/** Functions of all elements along one axis. tfjs composes logSoftmax of other kernels. */
export const normalizationRules = {
  Softmax: {
    emit: (call) => call.graph.node('Softmax', [call.input('logits')], { axis: call.number('dim', -1) }),
    since: 13,
    tolerance: 1e-6,
  },
} as const satisfies Rules
