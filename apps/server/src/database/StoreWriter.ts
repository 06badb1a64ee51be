import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { StoreState } from './StoreState.js'
import { type StoreFault, storeFaultOf } from './storeFault.js'

/** How long a write waits for the store. */
export interface Patience {
  readonly milliseconds: number
  /** Ends the wait earlier. */
  readonly signal?: AbortSignal | undefined
  /** Whether somebody waits for an answer meanwhile: only a few such writes wait at a time, as each keeps others from being answered. */
  readonly isAwaited?: boolean | undefined
}

export interface StoreWriterOptions {
  readonly state: StoreState
  /** Of writes that nobody waits for. */
  readonly patience: Patience
  /** Writes something, and leaves everything as it is: where nobody writes any more, it tells whether the store takes writes again. */
  readonly probe: () => Promise<void>
  /** Hears of each error that is waited out. */
  readonly onRefusal?: ((error: unknown) => void) | undefined
}

/** Pauses between two tries, in milliseconds: the first, and the longest. */
const FIRST_PAUSE = 5
const LONGEST_PAUSE = 500
/** Writes that somebody awaits and that wait for the store together; an operation that waits has one of sixteen turns. */
const MOST_AWAITED = 6
/** When it is worth while for a client to ask again. */
const RETRY_AFTER_SECONDS = 5

/**
 * Lets writes follow each other, and waits out what the store refuses them: a write is tried again, as a whole, until it stands or its patience is over. It
 * waits in a timer, so that nothing else does.
 */
export class StoreWriter {
  readonly #options: StoreWriterOptions
  readonly #closing = new AbortController()
  #last: Promise<unknown> = Promise.resolve()
  #awaited = 0
  #isLooking = false

  constructor(options: StoreWriterOptions) {
    this.#options = options
  }

  /**
   * Writes when it is this write's turn. `attempt` leaves nothing behind where it throws. Throws STORE_BUSY, STORE_READ_ONLY, DISK_FULL or STORE_FAILED where
   * the store refuses for longer than the patience, or the signal's reason.
   */
  write<Result>(attempt: () => Promise<Result>, patience: Patience = this.#options.patience): Promise<Result> {
    return this.#enqueue({ attempt, isProof: false }, patience)
  }

  #enqueue<Result>(write: Write<Result>, patience: Patience): Promise<Result> {
    const crowd = this.#joinCrowd(patience)
    const limit = new Limit(patience, [this.#closing.signal, crowd.signal])
    const turn = this.#last
    const result = this.#writeInTurn(turn, write, limit).finally(() => {
      limit.end()
      crowd.leave()
    })
    // Who lost patience before its turn leaves the line, and nobody overtakes those before it.
    // Without what was written: whatever a promise of this line resolved to would be held by those after it.
    this.#last = Promise.allSettled([turn, result]).then(() => undefined)
    return result
  }

  /** Makes everything that waits give up, now and from now on. */
  stopWaiting(): void {
    this.#closing.abort()
  }

  /** Resolves when no write is left. */
  async idle(): Promise<void> {
    await this.#last
  }

  /** Counts a write that somebody awaits; its signal aborts where there are too many, and the store refuses them. */
  #joinCrowd({ isAwaited = false }: Patience): { readonly signal: AbortSignal; readonly leave: () => void } {
    const tooMany = new AbortController()
    if (!isAwaited) return { signal: tooMany.signal, leave: () => undefined }
    const { state } = this.#options
    const place = ++this.#awaited
    const check = () => {
      if (state.waiting && place > MOST_AWAITED) tooMany.abort()
    }
    check()
    const stopListening = state.listen(check)
    return {
      signal: tooMany.signal,
      leave: () => {
        stopListening()
        this.#awaited--
      },
    }
  }

  async #writeInTurn<Result>(turn: Promise<unknown>, { attempt, isProof }: Write<Result>, limit: Limit): Promise<Result> {
    const { state, onRefusal } = this.#options
    let wasRefused = false
    await limit.race(turn, () => this.#refusal(state.waiting, limit))
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      if (state.damage) throw refusalOf(state.damage)
      try {
        limit.patience.signal?.throwIfAborted()
        const result = await attempt()
        // A write that changed nothing goes through on a full disk too.
        if (isProof || wasRefused) state.cleared()
        else this.#look()
        return result
      } catch (error) {
        const fault = storeFaultOf(error)
        if (!fault) throw error
        onRefusal?.(error)
        wasRefused = true
        state.refused(fault)
        if (!fault.mayPass) throw refusalOf(fault)
        // Of several programs that try in the same rhythm one might never have its turn.
        await limit.race(sleep(pause * (0.5 + Math.random()), undefined, { ref: false }), () => {
          this.#look()
          return this.#refusal(fault, limit)
        })
      }
    }
  }

  /** Looks, until the store takes writes again, whether it does: those who waited for it may have given up. */
  #look(): void {
    if (this.#isLooking || !this.#options.state.isRefusing) return
    this.#isLooking = true
    void this.#lookUntilWell().finally(() => {
      this.#isLooking = false
    })
  }

  async #lookUntilWell(): Promise<void> {
    const { state, probe } = this.#options
    const write = { attempt: probe, isProof: true }
    while (state.isRefusing && !state.damage && !this.#closing.signal.aborted) {
      // Once, where nothing else is in line: it keeps nobody waiting.
      await this.#enqueue(write, { milliseconds: 1 }).catch(() => undefined)
      if (state.isRefusing) await sleep(LONGEST_PAUSE, undefined, { ref: false })
    }
  }

  #refusal(fault: StoreFault | null, { patience: { signal } }: Limit): unknown {
    if (fault) return refusalOf(fault)
    return signal?.aborted ? signal.reason : refusalOf(lineIsLong)
  }
}

interface Write<Result> {
  readonly attempt: () => Promise<Result>
  /** Whether it writes for sure, so that the store takes writes where it goes through. */
  readonly isProof: boolean
}

const lineIsLong: StoreFault = {
  code: errorCodes.storeBusy,
  reason: 'other writes are ahead of this one',
  remedy: '',
  mayPass: true,
}

/** Ends waits when the patience is over. */
class Limit {
  readonly patience: Patience
  readonly #over = new AbortController()
  readonly #signals: readonly AbortSignal[]
  readonly #timer: NodeJS.Timeout

  constructor(patience: Patience, others: readonly AbortSignal[]) {
    this.patience = patience
    this.#timer = setTimeout(() => this.#over.abort(), patience.milliseconds).unref()
    // Not one signal of all: those that outlive this would know it for ever.
    this.#signals = [this.#over.signal, ...others, ...(patience.signal ? [patience.signal] : [])]
    setMaxListeners(0, ...this.#signals)
  }

  /** Waits; throws what `refusal` gives where the patience is over before. */
  async race(wait: Promise<unknown>, refusal: () => unknown): Promise<void> {
    if (this.#signals.some(({ aborted }) => aborted)) throw refusal()
    let stop = () => {}
    const over = new Promise<true>((resolve) => {
      stop = () => resolve(true)
      for (const signal of this.#signals) signal.addEventListener('abort', stop, { once: true })
    })
    try {
      if ((await Promise.race([wait.then(() => false), over])) === true) throw refusal()
    } finally {
      for (const signal of this.#signals) signal.removeEventListener('abort', stop)
    }
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}

/** The error of a write that was given up. */
export function refusalOf({ code, reason, remedy, mayPass }: StoreFault): HourglassError {
  const message = [`Nothing was changed: ${reason}.`, remedy, ...(mayPass ? ['Then try again.'] : [])].filter(Boolean).join(' ')
  return new HourglassError(code, message, mayPass ? { retryAfterSeconds: RETRY_AFTER_SECONDS } : {})
}
