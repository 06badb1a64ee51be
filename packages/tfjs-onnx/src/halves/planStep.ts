import type * as tf from '@tensorflow/tfjs-core'
import { CompileError } from '../errors.js'
import { portablePasses } from '../rewrite/index.js'
import type { State } from '../state.js'
import type { InputSpecs, TracedFunction } from '../trace.js'
import { traceGraph } from '../traceGraph.js'
import { type HalvesPlan, outweighs, planHalves } from './planHalves.js'

/**
 * The ways in which a step is computed, each with bits of its own: whole; by halves of its batch; or whole, with the update divided between two
 * threads.
 */
export const stepKinds = ['whole', 'halves', 'dividedUpdate'] as const
export type StepKind = (typeof stepKinds)[number]

/** What can be asked for. */
export const stepChoices = ['whole', 'halves'] as const

/** How a step is to be computed, and why not by halves. */
export type StepPlan = HalvesPlan | { readonly kind: 'dividedUpdate' } | { readonly kind: 'whole'; readonly reasons: readonly string[] }

/** Traces a step for which halves were asked, and plans it; the plan depends on the step alone, not on the machine. */
export function planStep<Inputs extends InputSpecs, Outputs extends Record<string, tf.Tensor>>(
  fn: TracedFunction<Inputs, Outputs>,
  traced: { readonly inputs: Inputs; readonly state: State },
): StepPlan {
  const graph = traceGraph(fn, { ...traced, rewrite: portablePasses })
  if (outweighs(graph)) return { kind: 'dividedUpdate' }
  return planHalves(graph)
}

/** Throws INVALID_OPTION for what is no way to compute a step. */
export function requireStep(step: unknown, resumes: unknown): void {
  const expect = (subject: string, names: readonly string[], got: unknown) => {
    if (names.some((name) => name === got)) return
    throw new CompileError('INVALID_OPTION', { subject, expected: names.join(' or '), got: String(got) })
  }
  expect('step', stepChoices, step)
  if (resumes !== undefined) expect('resumes', stepKinds, resumes)
}

/** Throws STEP_MISMATCH where a state would go on by another kind of step than it began with. */
export function requireSameStep(plan: StepPlan, resumes: StepKind | undefined): void {
  if (resumes === undefined || plan.kind === resumes) return
  const reasons = plan.kind === 'whole' ? plan.reasons.map((reason) => `: ${reason}`).join('') : ''
  throw new CompileError('STEP_MISMATCH', {
    subject: 'step',
    expected: `to go on as it began, ${resumes}`,
    got: `${plan.kind}${reasons}`,
    advice: 'Leave resumes out to go on with other last digits.',
  })
}
