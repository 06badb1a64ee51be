import type * as tf from '@tensorflow/tfjs-core'
import { checkGraph } from './check.js'
import type { Graph } from './graph.js'
import { requireInputs } from './requirements.js'
import { type RewritePass, rewriteGraph, rewritePasses } from './rewrite/index.js'
import type { State } from './state.js'
import { type InputSpecs, type TracedFunction, trace } from './trace.js'

export interface TraceGraphOptions<Inputs extends InputSpecs> {
  readonly inputs: Inputs
  /** @default no state */
  readonly state?: Pick<State, 'variables'>
  /** The rewrite passes to run; false for none. @default rewritePasses */
  readonly rewrite?: readonly RewritePass[] | false
}

/** Traces, checks and rewrites a function: the graph that `compile` would run, without a session. */
export function traceGraph<const Inputs extends InputSpecs, Outputs extends Record<string, tf.Tensor>>(
  fn: TracedFunction<Inputs, Outputs>,
  { inputs, state, rewrite = rewritePasses }: TraceGraphOptions<Inputs>,
): Graph {
  requireInputs(inputs)
  const traced = trace(fn, { inputs, variables: state?.variables ?? new Map() })
  checkGraph(traced)
  if (!rewrite) return traced
  const rewritten = rewriteGraph(traced, rewrite)
  checkGraph(rewritten)
  return rewritten
}
