import { Worker } from 'node:worker_threads'
import type { ModelCall, ModelReply } from '@hourglass/autoencoders/calls'

/** What the thread says: replies, and which call it works on from now on, until a turn of that is over. */
export type ThreadReply = ModelReply | { readonly type: 'works'; readonly id: number } | { readonly type: 'rests' }

export interface ModelThreadOptions {
  /** Script of the thread. */
  readonly path: string
  /** Memory of its heap, in megabytes. */
  readonly megabytes: number
  readonly reply: (reply: ModelReply) => void
  /** Told that the thread failed; nothing that it was asked for is answered then. */
  readonly onFailure: (error: unknown) => void
  /** How long a turn may go on for a call that nobody waits for, in milliseconds. @default 1,000 */
  readonly patience?: number
  /** How long any turn may go on, in milliseconds; what takes longer does not end. @default five minutes */
  readonly longestTurn?: number
}

type Call = Exclude<ModelCall, { type: 'cancel' }>

const PATIENCE = 1_000
const LONGEST_TURN = 300_000

/**
 * Has a thread answer calls that take long, beside those that must be answered at once. It is started by the first of them. What it has begun and does not give
 * up by itself once nobody waits for it ends with the thread, and another goes on with what others wait for.
 */
export class ModelThread {
  readonly #options: Required<ModelThreadOptions>
  readonly #open = new Map<number, Call>()
  #thread: Worker | undefined
  /** The call that it works on. */
  #current: number | undefined
  /** What happens unless the turn ends before. */
  #ending: NodeJS.Timeout | undefined
  #failing: NodeJS.Timeout | undefined

  constructor(options: ModelThreadOptions) {
    this.#options = { patience: PATIENCE, longestTurn: LONGEST_TURN, ...options }
  }

  take(call: Call): void {
    this.#open.set(call.id, call)
    this.#thread ??= this.#start()
    this.#thread.postMessage(call)
  }

  /** Nobody waits for a call any more. */
  cancel(id: number): void {
    if (!this.#open.delete(id)) return
    this.#thread?.postMessage({ type: 'cancel', id } satisfies ModelCall)
    if (id === this.#current) this.#ending = setTimeout(() => this.#startAgain(), this.#options.patience)
  }

  #start(): Worker {
    const { path, megabytes, onFailure } = this.#options
    const thread = new Worker(path, { resourceLimits: { maxOldGenerationSizeMb: megabytes } })
    thread.on('message', (reply: ThreadReply) => this.#heard(thread, reply))
    thread.on('error', (error) => {
      if (thread === this.#thread) onFailure(error)
    })
    return thread
  }

  #heard(thread: Worker, reply: ThreadReply): void {
    // One that was ended may have answered before.
    if (thread !== this.#thread) return
    if (reply.type === 'works' || reply.type === 'rests') {
      this.#beginTurn(reply.type === 'works' ? reply.id : undefined)
      return
    }
    if (reply.type === 'progress' ? !this.#open.has(reply.id) : !this.#open.delete(reply.id)) return
    this.#options.reply(reply)
  }

  /** @param id The call that it is of; undefined where it rests. */
  #beginTurn(id: number | undefined): void {
    const { longestTurn, onFailure } = this.#options
    clearTimeout(this.#ending)
    clearTimeout(this.#failing)
    this.#current = id
    if (id === undefined) return
    const error = new Error(`Expected a turn of call ${id} to take less than ${longestTurn / 1000} s, got one that goes on.`)
    this.#failing = setTimeout(() => onFailure(error), longestTurn)
  }

  #startAgain(): void {
    void this.#thread?.terminate()
    this.#thread = undefined
    this.#beginTurn(undefined)
    for (const call of this.#open.values()) this.take(call)
  }
}
