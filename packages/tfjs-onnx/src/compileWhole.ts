import { platform } from '#platform'
import { encodeGraph } from './encode.js'
import type { Graph } from './graph.js'
import { DividedUpdates } from './halves/DividedUpdates.js'
import type { StepKind } from './halves/planStep.js'
import type { SecondThread } from './halves/thread/SecondThread.js'
import { SessionBinding } from './SessionBinding.js'
import { StepRun } from './StepRun.js'
import { createSession } from './session/createSession.js'
import { findOnnxRuntime } from './session/loadRuntime.js'
import { isBlocking, type OnnxRuntimeName } from './session/Session.js'
import type { State } from './state.js'
import type { InputSpecs } from './trace.js'
import { splitUpdates } from './updates/splitUpdates.js'

/** A graph that is bound to its state, with what computes it. */
export interface CompiledGraph {
  readonly graph: Graph
  readonly runtime: OnnxRuntimeName
  /** Threads of Node that take part. */
  readonly threads: 1 | 2
  readonly run: StepRun
}

export interface WholeOptions {
  readonly graph: Graph
  readonly kind: Exclude<StepKind, 'halves'>
  readonly state: State
  readonly inputs: InputSpecs
  readonly threads: number
  readonly spinning: boolean
}

/** Threads of the native library where only the update is divided, whatever the machine has: its bits depend on how many. */
const BODY_THREADS = 2

/** In WebAssembly all sessions have as many threads as the first, and a page that is told of more than it can start waits for them in vain. */
async function bodyThreads(threads: number): Promise<number> {
  const { runtime } = await findOnnxRuntime()
  return runtime === 'wasm' ? threads : BODY_THREADS
}

/** Opens the session of a graph that is computed whole, and binds it. */
export async function compileWhole({ graph, kind, state, inputs, threads, spinning }: WholeOptions): Promise<CompiledGraph> {
  const split = splitUpdates(graph)
  const encoded = encodeGraph(split.body)
  const isDivided = kind === 'dividedUpdate'
  // Where the state is all that a step computes, nothing is left for ONNX Runtime, and it refuses empty graphs.
  const session =
    split.body.outputs.length > 0
      ? await createSession(encoded.model, { threads: isDivided ? await bodyThreads(threads) : threads, spinning })
      : undefined
  let thread: SecondThread | undefined
  try {
    if (isDivided && threads > 1 && session && isBlocking(session)) thread = await platform.secondThread()
    // When the arena grows, the arrays that a run under way works on are detached.
    const run = await state.betweenRuns(() => {
      if (thread) state.arena.share()
      const updates = thread && new DividedUpdates({ graph, split, state }, thread)
      const sessions = new SessionBinding({ graph, split, encoded, session, state, ...(updates && { updates }) })
      return new StepRun({ graph, state, inputs, sessions })
    })
    return { graph, runtime: session?.runtime ?? (await findOnnxRuntime()).runtime, threads: thread ? 2 : 1, run }
  } catch (error) {
    await session?.release()
    await thread?.release()
    throw error
  }
}
