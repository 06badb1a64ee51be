import { connectModels, type ModelConnection, type ModelListener } from './connectModels'
import { Heartbeat, type HeartbeatLimits } from './Heartbeat'
import { type ModelAnswer, type ModelCall, type ModelCallKind, type ModelReply, type ModelRequest, readAnswer } from './modelProtocol'
import { UnreadModel } from './UnreadModel'

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (reason: unknown) => void
}

interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Memory of the call that the caller has no more use for. */
  readonly transfer?: readonly Transferable[]
}

/**
 * Sends calls to the worker that computes with models, and hands its answers out. The worker is started by the first call. One that fails as a whole,
 * or from which nothing is heard any more while calls wait, rejects all of them; the next call starts another.
 */
export class ModelClient {
  readonly #connect: (listener: ModelListener) => ModelConnection
  readonly #waiting = new Map<number, Waiting>()
  readonly #heartbeat: Heartbeat
  #connection: ModelConnection | null = null
  #last = 0

  constructor(connect: (listener: ModelListener) => ModelConnection = connectModels, limits?: Partial<HeartbeatLimits>) {
    this.#connect = connect
    // A worker that closes itself, or is ended for want of memory, tells nobody.
    this.#heartbeat = new Heartbeat({
      ping: () => this.#connection?.send({ type: 'ping', id: 0 }, []),
      onSilence: (seconds) => this.#lose(`nothing for ${seconds} seconds`),
      limits,
    })
  }

  /** Resolves with the answer; rejects with the worker's error, or with the signal's reason once it is aborted. */
  call<Kind extends ModelCallKind>(
    kind: Kind,
    call: ModelCall<Kind>,
    { signal, transfer = [] }: CallOptions = {},
  ): Promise<ModelAnswer<Kind>> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const id = ++this.#last
      const cancel = () => {
        this.#connection?.send({ type: 'cancel', id }, [])
        settle(() => reject(signal?.reason))
      }
      const settle = (how: () => void) => {
        this.#waiting.delete(id)
        if (this.#waiting.size === 0) this.#heartbeat.stop()
        signal?.removeEventListener('abort', cancel)
        how()
      }
      signal?.addEventListener('abort', cancel)
      this.#waiting.set(id, {
        resolve: (answer) => settle(() => resolve(readAnswer(kind, answer))),
        reject: (reason) => settle(() => reject(reason)),
      })
      try {
        this.#connection ??= this.#open()
        this.#connection.send({ type: 'call', id, kind, call } as ModelRequest, transfer)
        this.#heartbeat.start()
      } catch (cause) {
        settle(() => reject(new Error('model worker: expected it to start, got none', { cause })))
      }
    })
  }

  /** Ends the worker; what waits for it is rejected. */
  close(): void {
    this.#lose('the end of its page')
  }

  #open(): ModelConnection {
    const connection = this.#connect({
      onReply: (reply) => this.#hand(reply),
      onLost: (reason) => {
        if (this.#connection === connection) this.#lose(reason)
      },
    })
    return connection
  }

  #hand(reply: ModelReply): void {
    this.#heartbeat.heard()
    if (reply.type === 'pong') return
    const waiting = this.#waiting.get(reply.id)
    if (reply.type === 'done') waiting?.resolve(reply.answer)
    else waiting?.reject(new UnreadModel(reply.message, reply.nearestEpoch))
  }

  #lose(reason: string): void {
    this.#connection?.end()
    this.#connection = null
    this.#heartbeat.stop()
    const error = new Error(`model worker: expected an answer, got ${reason}. It is started again when it is needed next.`)
    for (const { reject } of [...this.#waiting.values()]) reject(error)
  }
}

/** The page's one worker. */
export const modelClient = new ModelClient()
