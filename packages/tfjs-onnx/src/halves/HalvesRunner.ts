import { type BlockingSession, isBlocking, type Session } from '../session/Session.js'
import { Turns } from '../session/Turns.js'
import type { State } from '../state.js'
import type { FinishStage } from './FinishStage.js'
import { ThreadChoice } from './ThreadChoice.js'
import { computeAlone, type SecondThread, type StepParts } from './thread/SecondThread.js'

/** Computes both halves of a step between arrays that are bound, then updates the state: nothing is updated where a half fails. */
export interface HalvesRunner {
  /** Threads that compute. */
  readonly threads: 1 | 2
  run(): Promise<void>
  /** Ends what it has started; the sessions stay. */
  dispose(): Promise<void>
}

/** What a runner computes with. */
export interface RunnerParts {
  readonly sessions: readonly [Session, Session]
  /** Runs between the halves and the update. */
  readonly finish: Session | undefined
  readonly stage: FinishStage
  readonly state: State
}

/** Computes one half after the other on this thread. */
export class LoneRunner implements HalvesRunner {
  readonly threads = 1

  constructor(private readonly parts: RunnerParts) {}

  async run(): Promise<void> {
    const { sessions, finish, stage } = this.parts
    for (const session of sessions) await session.run()
    await finish?.run()
    stage.updatePart(0)
    stage.updatePart(1)
    stage.updateSingles()
  }

  async dispose(): Promise<void> {}
}

/** Computes the halves on two threads; the bits are those of one. */
export class PairRunner implements HalvesRunner {
  readonly threads = 2
  readonly #thread: SecondThread
  readonly #job: number
  readonly #step: StepParts
  readonly #stage: FinishStage
  readonly #turns = new Turns()
  readonly #choice = new ThreadChoice()

  private constructor(
    thread: SecondThread,
    { stage, state, finish }: RunnerParts,
    [first, second]: readonly [BlockingSession, BlockingSession],
  ) {
    this.#thread = thread
    this.#stage = stage
    this.#job = thread.add({ half: second.handles, memory: state.arena.memory, update: stage.secondModule })
    this.#step = {
      computeFirst: () => first.runNow(),
      computeSecond: () => second.runNow(),
      computeRest: finish && isBlocking(finish) ? () => finish.runNow() : () => undefined,
      updateFirst: () => stage.updatePart(0),
      updateSecond: () => stage.updatePart(1),
      check: (status) => second.checkStatus(status),
    }
  }

  /** Makes a runner on a thread that was acquired, which it releases in the end; undefined for sessions that another thread cannot run. */
  static on(thread: SecondThread, parts: RunnerParts): PairRunner | undefined {
    const [first, second] = parts.sessions
    return isBlocking(first) && isBlocking(second) ? new PairRunner(thread, parts, [first, second]) : undefined
  }

  async run(): Promise<void> {
    const start = performance.now()
    if (this.#choice.together) this.#thread.run(this.#job, this.#step)
    else computeAlone(this.#step)
    this.#choice.add(performance.now() - start)
    this.#stage.updateSingles()
    await this.#turns.take()
  }

  async dispose(): Promise<void> {
    this.#thread.remove(this.#job)
    await this.#thread.release()
  }
}
