import type { Value } from '../graph.js'
import { emitCast, emitReshape } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'

/**
 * Draws classes by their probabilities: the class where logit - log(-log(u)) is greatest, u uniform in [0, 1) for each sample and class
 * (Gumbel 1954; Maddison, Tarlow, Minka 2014, section 2). Logits [batch, classes], samples [batch, samples].
 */
function emitMultinomial(call: KernelCall): Value {
  const { graph } = call
  const given = call.input('logits')
  const [batch = 0, classes = 0] = given.shape
  const samples = call.number('numSamples')
  const logits = call.flag('normalized') ? graph.node('Log', [given]) : given
  const seed = call.seed('seed')
  const uniform = graph.draw(
    { dtype: 'float32', shape: [batch, samples, classes] },
    { distribution: { kind: 'uniform', low: 0, high: 1 }, ...(seed === undefined ? {} : { seed }) },
  )
  const exponential = graph.node('Neg', [graph.node('Log', [uniform])])
  const chances = graph.node('Sub', [emitReshape(graph, logits, [batch, 1, classes]), graph.node('Log', [exponential])])
  return emitCast(graph, graph.node('ArgMax', [chances], { axis: 2, keepdims: 0 }), 'int32')
}

/** Kernels that draw. tfjs draws from other distributions without a kernel; see DrawRecorder. */
export const randomRules = {
  Multinomial: { emit: emitMultinomial, since: 14, tolerance: 0, note: 'drawn anew in every run, by the numbers of this package' },
} as const satisfies Rules
