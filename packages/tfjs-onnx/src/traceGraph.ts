import type * as tf from '@tensorflow/tfjs-core'
import { checkGraph } from './check.js'
import type { Graph } from './graph.js'
import { rewriteGraph } from './rewrite/index.js'
import type { State } from './state.js'
import { type InputSpecs, type TracedFunction, trace } from './trace.js'

export interface TraceGraphOptions<Inputs extends InputSpecs> {
  readonly inputs: Inputs
  /** @default no state */
  readonly state?: Pick<State, 'variables'>
  /** Whether to run the rewrite passes. @default true */
  readonly rewrite?: boolean
}

/** Traces, checks and rewrites a function: the graph that `compile` would run, without a session. */
export function traceGraph<Inputs extends InputSpecs, Outputs extends Record<string, tf.Tensor>>(
  fn: TracedFunction<Inputs, Outputs>,
  { inputs, state, rewrite = true }: TraceGraphOptions<Inputs>,
): Graph {
  const traced = trace(fn, { inputs, variables: state?.variables ?? new Map() })
  checkGraph(traced)
  if (!rewrite) return traced
  const rewritten = rewriteGraph(traced)
  checkGraph(rewritten)
  return rewritten
}
