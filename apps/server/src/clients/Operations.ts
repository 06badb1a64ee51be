import { setImmediate } from 'node:timers/promises'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Client } from './Client.js'
import type { ClientGate } from './ClientGate.js'
import { Turns } from './Turns.js'
import { WorkClock } from './WorkClock.js'

/** Operations that are executed at the same time; one process does their work. */
const AT_ONCE = 16
/** As many of them may have brought much. */
const LARGE_AT_ONCE = 4
/** What is much, in bytes: read as JSON, it becomes many times as much. */
const LARGE_BYTES = 256 * 1024
const OPERATION_SECONDS = 60

export interface OperationsOptions {
  /** Shared with everything else that clients have done. */
  readonly clock?: WorkClock
  /** How long an operation may wait and work, in seconds. @default 60 */
  readonly seconds?: number
}

/** An operation that a client asked for, until it is answered. */
export interface Operation {
  readonly client: Client
  /** Aborted when the client leaves, or the operation's time is over. */
  readonly signal: AbortSignal
  /**
   * Waits for its turn; returns how to end that.
   * @param bytes What it has brought.
   */
  begin(bytes?: number): Promise<() => void>
  /** Does what keeps the process to itself for a while in its turn, as {@link Operations.alone}. */
  alone<Result>(work: () => Result): Promise<Result>
  /** Its client left, or its answer is made. */
  end(): void
}

/** Gives operations their turns and a bound of time, and counts the work of each client. */
export class Operations {
  readonly #gate: ClientGate
  readonly #turns = new Turns(AT_ONCE)
  readonly #large = new Turns(LARGE_AT_ONCE)
  readonly #alone = new Turns(1)
  readonly #clock: WorkClock
  readonly #seconds: number

  constructor(gate: ClientGate, { clock = new WorkClock(), seconds = OPERATION_SECONDS }: OperationsOptions = {}) {
    this.#gate = gate
    this.#clock = clock
    this.#seconds = seconds
  }

  /** Does what keeps the process to itself for a while, one at a time and clients in turn; others are heard in between. Rejects with the signal's reason. */
  async alone<Result>(client: Client, work: () => Result, signal: AbortSignal): Promise<Result> {
    const started = { at: 0 }
    try {
      return await this.#doAlone(client, signal, () => {
        started.at = performance.now()
        return work()
      })
    } finally {
      if (started.at > 0) void this.#gate.charge(client, { workSeconds: (performance.now() - started.at) / 1000 })
    }
  }

  /** @param isEndless Whether it is a subscription, whose time has no bound. */
  open(client: Client, isEndless = false): Operation {
    const controller = new AbortController()
    const { signal } = controller
    const timer = isEndless ? undefined : setTimeout(() => controller.abort(timedOut(this.#seconds)), this.#seconds * 1000)
    return {
      client,
      signal,
      begin: async (bytes = 0) => {
        const giveLarge = bytes > LARGE_BYTES ? await this.#large.take(client, signal) : undefined
        const give = await this.#turns.take(client, signal).catch((error: unknown) => {
          giveLarge?.()
          throw error
        })
        const stop = this.#clock.start()
        let isOver = false
        return () => {
          // An answer that is made and then read ends its turn twice.
          if (isOver) return
          isOver = true
          give()
          giveLarge?.()
          void this.#gate.charge(client, { workSeconds: stop() })
        }
      },
      alone: (work) => this.#doAlone(client, signal, work),
      end: () => {
        clearTimeout(timer)
        controller.abort(cancelled())
      },
    }
  }

  async #doAlone<Result>(client: Client, signal: AbortSignal, work: () => Result): Promise<Result> {
    const give = await this.#alone.take(client, signal)
    try {
      await setImmediate()
      signal.throwIfAborted()
      return work()
    } finally {
      give()
    }
  }
}

function timedOut(seconds: number): HourglassError {
  return new HourglassError(
    errorCodes.operationTimedOut,
    `The operation took longer than ${seconds} s. Ask for less at a time, or again when the lab has less to do.`,
  )
}

function cancelled(): HourglassError {
  return new HourglassError(errorCodes.operationCancelled, 'The client left before the operation was done.')
}
