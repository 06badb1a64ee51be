import type * as tf from '@tensorflow/tfjs-core'
import { platform } from '#platform'
import { compileWhole } from './compileWhole.js'
import type { Graph } from './graph.js'
import { compileHalves } from './halves/compileHalves.js'
import { planStep, requireSameStep, requireStep, type StepKind, type stepChoices } from './halves/planStep.js'
import { requireCall, requireThreads } from './requirements.js'
import type { InputArrays } from './session/InputArrays.js'
import type { OnnxRuntimeName } from './session/Session.js'
import { State } from './state.js'
import type { InputSpecs, TracedFunction } from './trace.js'
import { traceGraph } from './traceGraph.js'

export interface CompileOptions<Inputs extends InputSpecs> {
  readonly inputs: Inputs
  /** What the function may read and assign. @default no state */
  readonly state?: State
  /** Threads of ONNX Runtime for each operator. @default the machine's cores; in a page that is not isolated from other origins, 1 */
  readonly threads?: number
  /**
   * Whether threads that are done with an operator wait 20 µs for the next one in a busy loop before they sleep. It makes small steps on
   * several threads faster, and costs little where others want the cores. @default true
   */
  readonly spinning?: boolean
  /**
   * How a step is computed: `whole`, or by `halves` of its batch, on two threads of Node where `threads` are more than one; its bits do not depend
   * on how many. What cannot be computed by halves is computed whole, and `step.reasons` of what was compiled say why. Where weights outweigh
   * the batch only the update is divided. @default that of `resumes`, else 'whole'
   */
  readonly step?: (typeof stepChoices)[number]
  /** The kind of step that the state was trained with so far. Throws STEP_MISMATCH where it would go on as another. @default none, any will do */
  readonly resumes?: StepKind
}

/** How a compiled function computes. */
export interface StepReport {
  /** What goes on from a saved state must be compiled to the same kind to have the same bits: record it beside the state. */
  readonly kind: StepKind
  /** Threads of Node that take part. */
  readonly threads: 1 | 2
  /** Why it is not computed by halves, where that was asked for: a line for each operator that does not allow it. */
  readonly reasons: readonly string[]
}

/** The values of each input of a run: row-major, of the type and length that were compiled. */
export type RunInputs<Inputs extends InputSpecs> = { readonly [Name in keyof Inputs]: InputArrays[Inputs[Name]['dtype']] }

export type RunOutputs<Outputs> = { [Name in keyof Outputs]: Float32Array }

/** Runs a traced function with ONNX Runtime. */
export interface CompiledFunction<Inputs extends InputSpecs, Outputs> {
  readonly graph: Graph
  /** The build of ONNX Runtime that it runs on. */
  readonly runtime: OnnxRuntimeName
  readonly step: StepReport
  /**
   * Runs the function once and puts its updates into the state. It blocks the event loop while it computes. Arrays of inputs are not
   * copied: change them only once it has resolved. Throws INVALID_INPUT for wrong names or lengths, RUN_IN_PROGRESS while another run
   * uses the same state.
   */
  run(inputs: RunInputs<Inputs>): Promise<RunOutputs<Outputs>>
  /** Frees the session, once a run that is on its way has ended; the state stays. */
  dispose(): Promise<void>
}

/**
 * Traces `fn` once and compiles it for ONNX Runtime. Inside `fn`, the variables of the state are its current values, and
 * what is assigned to them is its next. Same inputs, same state, same threads: the same bits. Where a run uses the state, it waits for
 * its end.
 */
export async function compile<const Inputs extends InputSpecs, Outputs extends Record<string, tf.Tensor>>(
  fn: TracedFunction<Inputs, Outputs>,
  options: CompileOptions<Inputs>,
): Promise<CompiledFunction<Inputs, Outputs>> {
  requireCall('compile', fn, options)
  const { inputs, state = new State({}), threads = platform.threads(), spinning = true, resumes } = options
  const { step = resumes === undefined || resumes === 'whole' ? 'whole' : 'halves' } = options
  requireThreads(threads)
  requireStep(step, resumes)
  const plan = step === 'halves' ? planStep(fn, { inputs, state }) : ({ kind: 'whole', reasons: [] } as const)
  requireSameStep(plan, resumes)
  const compiled =
    plan.kind === 'halves'
      ? await compileHalves({ plan, state, inputs, threads })
      : await compileWhole({ graph: traceGraph(fn, { inputs, state }), kind: plan.kind, state, inputs, threads, spinning })
  const { graph, runtime, run } = compiled
  return {
    graph,
    runtime,
    step: { kind: plan.kind, threads: compiled.threads, reasons: plan.kind === 'whole' ? plan.reasons : [] },
    run: (values) => run.run(values) as Promise<RunOutputs<Outputs>>,
    dispose: () => run.dispose(),
  }
}
