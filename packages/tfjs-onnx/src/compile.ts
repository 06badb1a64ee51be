import type * as tf from '@tensorflow/tfjs-core'
import { platform } from '#platform'
import { encodeGraph } from './encode.js'
import type { Graph } from './graph.js'
import { requireCall, requireThreads } from './requirements.js'
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
  /** Threads of ONNX Runtime for each operator. @default the machine's cores; in a page that is not isolated from other origins, 1 */
  readonly threads?: number
  /**
   * Whether threads that are done with an operator wait 20 µs for the next one in a busy loop before they sleep. It makes small steps on
   * several threads faster, and costs little where others want the cores. @default true
   */
  readonly spinning?: boolean
}

/** The values of each input of a run: row-major, of the type and length that were compiled. */
export type RunInputs<Inputs extends InputSpecs> = { readonly [Name in keyof Inputs]: InputArrays[Inputs[Name]['dtype']] }

export type RunOutputs<Outputs> = { [Name in keyof Outputs]: Float32Array }

/** Runs a traced function with ONNX Runtime. */
export interface CompiledFunction<Inputs extends InputSpecs, Outputs> {
  readonly graph: Graph
  /** The build of ONNX Runtime that it runs on. */
  readonly runtime: OnnxRuntimeName
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
  const { inputs, state = new State({}), threads = platform.threads(), spinning = true } = options
  requireThreads(threads)
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
      run: (values) => binding.run(values) as Promise<RunOutputs<Outputs>>,
      dispose: () => binding.dispose(),
    }
  } catch (error) {
    await session?.release()
    throw error
  }
}
