import { platform } from '#platform'
import type { CompiledGraph } from '../compileWhole.js'
import { encodeGraph } from '../encode.js'
import type { Graph } from '../graph.js'
import { StepRun } from '../StepRun.js'
import { createSession } from '../session/createSession.js'
import { isBlocking } from '../session/Session.js'
import type { State } from '../state.js'
import type { InputSpecs } from '../trace.js'
import { type FinishSession, type HalfSession, HalvesBinding } from './HalvesBinding.js'
import { type HalvesRunner, LoneRunner, PairRunner } from './HalvesRunner.js'
import type { HalfGraph, HalvesPlan } from './planHalves.js'
import type { SecondThread } from './thread/SecondThread.js'

export interface HalvesOptions {
  readonly plan: HalvesPlan
  readonly state: State
  readonly inputs: InputSpecs
  /** Two compute on two threads, where the runtime can be run by another thread. */
  readonly threads: number
}

/** Opens the sessions of both halves, each of one thread, and binds them. */
export async function compileHalves({ plan, state, inputs, threads }: HalvesOptions): Promise<CompiledGraph> {
  const opened: HalfSession[] = []
  let finish: FinishSession | undefined
  let thread: SecondThread | undefined
  try {
    for (const half of plan.halves) opened.push(await openHalf(half))
    const [first, second] = opened
    if (!first || !second) throw new Error('a step has two halves')
    if (plan.split.body.nodes.length > 0) finish = await open(plan.split.body)
    if (threads > 1 && isBlocking(first.session) && isBlocking(second.session)) thread = await platform.secondThread()
    let runner: HalvesRunner | undefined
    const run = await state.betweenRuns(() => {
      if (thread) state.arena.share()
      const sessions = new HalvesBinding({
        plan,
        halves: [first, second],
        finish,
        state,
        makeRunner: (stage) => {
          const parts = { sessions: [first.session, second.session], finish: finish?.session, stage, state } as const
          runner = (thread && PairRunner.on(thread, parts)) ?? new LoneRunner(parts)
          return runner
        },
      })
      return new StepRun({ graph: plan.graph, state, inputs, sessions })
    })
    return { graph: plan.graph, runtime: first.session.runtime, threads: runner?.threads ?? 1, run }
  } catch (error) {
    for (const { session } of opened) await session.release()
    await finish?.session.release()
    await thread?.release()
    throw error
  }
}

async function openHalf({ graph, range }: HalfGraph): Promise<HalfSession> {
  return { ...(await open(graph)), graph, range }
}

/** One thread a session: bits do not depend on the machine's cores. */
async function open(graph: Graph): Promise<FinishSession> {
  const encoded = encodeGraph(graph)
  return { session: await createSession(encoded.model, { threads: 1, spinning: false }), encoded }
}
