import { setImmediate } from 'node:timers/promises'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Client } from './Client.js'
import type { ClientGate } from './ClientGate.js'
import { Turns } from './Turns.js'

/** Operations that are executed at the same time; one process does their work. */
const AT_ONCE = 16
/** How long an operation may wait and work, in milliseconds. */
const OPERATION_MILLISECONDS = 60_000

/** An operation that a client asked for, until it is answered. */
export interface Operation {
  readonly client: Client
  /** Aborted when the client leaves, or the operation's time is over. */
  readonly signal: AbortSignal
  /** Waits for its turn; returns how to end that. */
  begin(): Promise<() => void>
  /** Its client left, or its answer is made. */
  end(): void
}

/** Gives operations their turns and a bound of time, and counts the work of each client. */
export class Operations {
  readonly #gate: ClientGate
  readonly #turns = new Turns(AT_ONCE)
  readonly #alone = new Turns(1)

  constructor(gate: ClientGate) {
    this.#gate = gate
  }

  /** Does what keeps the process to itself for a while, one at a time and clients in turn; others are heard in between. Rejects with the signal's reason. */
  async alone<Result>(client: Client, work: () => Result, signal: AbortSignal): Promise<Result> {
    const give = await this.#alone.take(client, signal)
    await setImmediate()
    const started = performance.now()
    try {
      return work()
    } finally {
      give()
      void this.#gate.charge(client, { workSeconds: (performance.now() - started) / 1000 })
    }
  }

  /** @param isEndless Whether it is a subscription, whose time has no bound. */
  open(client: Client, isEndless = false): Operation {
    const controller = new AbortController()
    const { signal } = controller
    const timer = isEndless ? undefined : setTimeout(() => controller.abort(timedOut()), OPERATION_MILLISECONDS)
    return {
      client,
      signal,
      begin: async () => {
        const give = await this.#turns.take(client, signal)
        const started = performance.now()
        let isOver = false
        return () => {
          // An answer that is made and then read ends its turn twice.
          if (isOver) return
          isOver = true
          give()
          void this.#gate.charge(client, { workSeconds: (performance.now() - started) / 1000 })
        }
      },
      end: () => {
        clearTimeout(timer)
        controller.abort(cancelled())
      },
    }
  }
}

function timedOut(): HourglassError {
  return new HourglassError(
    errorCodes.operationTimedOut,
    `The operation took longer than ${OPERATION_MILLISECONDS / 1000} s. Ask for less at a time, or again when the lab has less to do.`,
  )
}

function cancelled(): HourglassError {
  return new HourglassError(errorCodes.operationCancelled, 'The client left before the operation was done.')
}
