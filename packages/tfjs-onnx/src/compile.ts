import { availableParallelism } from 'node:os'
import type * as tf from '@tensorflow/tfjs-core'
import { encodeGraph } from './encode.js'
import { CompileError } from './errors.js'
import type { Graph } from './graph.js'
import { compileHalves } from './halves/compileHalves.js'
import { type HalvesPlan, planHalves } from './halves/planHalves.js'
import { requireCall, requireThreads } from './requirements.js'
import { portablePasses } from './rewrite/index.js'
import { SessionBinding } from './SessionBinding.js'
import { createSession } from './session/createSession.js'
import type { InputArrays } from './session/InputArrays.js'
import { findOnnxRuntime } from './session/loadRuntime.js'
import type { OnnxRuntimeName } from './session/Session.js'
import { State } from './state.js'
import type { InputSpecs, TracedFunction } from './trace.js'
import { traceGraph } from './traceGraph.js'
import { splitUpdates } from './updates/splitUpdates.js'

export interface CompileOptions<Inputs extends InputSpecs> {
  readonly inputs: Inputs
  /** What the function may read and assign. @default no state */
  readonly state?: State
  /** Threads of ONNX Runtime for each operator. @default the machine's cores */
  readonly threads?: number
  /**
   * Whether threads that are done with an operator wait 20 µs for the next one in a busy loop before they sleep. It makes small steps on
   * several threads faster, and costs little where others want the cores. @default true
   */
  readonly spinning?: boolean
  /**
   * How a step is computed: `whole`, or by `halves` of its batch, on two Node threads where `threads` are more than one; the bits do not depend on
   * how many. What cannot be computed by halves is computed whole, and `step.reasons` of what was compiled say why. @default 'whole'
   */
  readonly step?: StepKind
}

/** The ways to compute a step; each has bits of its own. */
export const stepKinds = ['whole', 'halves'] as const
export type StepKind = (typeof stepKinds)[number]

/** How a compiled function computes. What goes on from a saved state must be compiled for the same kind to keep every bit. */
export interface StepReport {
  readonly kind: StepKind
  /** Threads of Node that compute it. */
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
  const { inputs, state = new State({}), threads = availableParallelism(), spinning = true, step = 'whole' } = options
  requireThreads(threads)
  requireStep(step)
  const planned = step === 'halves' ? planStep(fn, { inputs, state }) : undefined
  if (planned?.plan) {
    const { binding, ...halves } = await compileHalves({ ...planned, plan: planned.plan, state, inputs, threads })
    return {
      graph: planned.graph,
      runtime: halves.runtime,
      step: { kind: 'halves', threads: halves.threads, reasons: [] },
      run: (values) => binding.run(values) as Promise<RunOutputs<Outputs>>,
      dispose: () => binding.dispose(),
    }
  }
  const graph = traceGraph(fn, { inputs, state })
  const split = splitUpdates(graph)
  const encoded = encodeGraph(split.body)
  // Where the state is all that a step computes, nothing is left for ONNX Runtime, and it refuses empty graphs.
  const session = split.body.outputs.length > 0 ? await createSession(encoded.model, { threads, spinning }) : undefined
  try {
    // When the arena grows, the arrays that a run under way works on are detached.
    const binding = await state.betweenRuns(() => new SessionBinding({ graph, split, encoded, session, state, inputs }))
    return {
      graph,
      runtime: session?.runtime ?? (await findOnnxRuntime()).runtime,
      step: { kind: 'whole', threads: 1, reasons: planned?.reasons ?? [] },
      run: (values) => binding.run(values) as Promise<RunOutputs<Outputs>>,
      dispose: () => binding.dispose(),
    }
  } catch (error) {
    await session?.release()
    throw error
  }
}

/** Traces a function once more, as far as halves need it, and plans them; without a plan it says why there is none. */
function planStep<Inputs extends InputSpecs, Outputs extends Record<string, tf.Tensor>>(
  fn: TracedFunction<Inputs, Outputs>,
  traced: { readonly inputs: Inputs; readonly state: State },
): { readonly graph: Graph; readonly plan?: HalvesPlan; readonly reasons: readonly string[] } {
  const graph = traceGraph(fn, { ...traced, rewrite: portablePasses })
  const plan = planHalves(graph)
  return plan.kind === 'halves' ? { graph, plan, reasons: [] } : { graph, reasons: plan.reasons }
}

function requireStep(step: unknown): void {
  if (stepKinds.some((kind) => kind === step)) return
  throw new CompileError('INVALID_OPTION', { subject: 'step', expected: stepKinds.join(' or '), got: String(step) })
}
