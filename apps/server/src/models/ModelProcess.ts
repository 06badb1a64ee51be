import { type ModelCall, type ModelReply, modelReplySchema } from '@hourglass/autoencoders/calls'
import { type Alive, aliveSchema } from '@hourglass/protocol'
import { z } from 'zod'
import type { Client } from '../clients/Client.js'
import type { ClientGate } from '../clients/ClientGate.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Log } from '../log.js'
import { ForkedWorker, type WorkerExit } from '../processes/ForkedWorker.js'
import { WorkerWatch } from '../processes/WorkerWatch.js'
import { modelWorkerPath } from '../projectPaths.js'

export interface ModelProcessOptions {
  readonly log: Log
  /** Counts the calls that wait. */
  readonly gate: ClientGate
  /** Without calls for so long it is ended, in milliseconds. @default ten minutes */
  readonly idleMilliseconds?: number
  /** Memory that it may have. @default 1024 */
  readonly megabytes?: number
  /** How long it may be silent and use no processor before it is ended, in seconds. @default 20 */
  readonly silentSeconds?: number
}

/** Who waits for a call. */
export interface Asker {
  readonly client: Client
  readonly signal: AbortSignal
  /** Hears how far a call is that tells of it. */
  readonly onProgress?: (progress: Pick<Progress, 'done' | 'total'>) => void
}

type Asked = Exclude<ModelCall, { type: 'cancel' }>
type WithoutSender<Call> = Call extends unknown ? Omit<Call, 'id' | 'client'> : never
type Answer = Exclude<ModelReply, { type: 'failed' } | { type: 'progress' }>
type Progress = Extract<ModelReply, { type: 'progress' }>

interface Waiting {
  readonly call: Asked
  /** Processes that have died over it or beside it. */
  deaths: number
  readonly onProgress: Asker['onProgress']
  readonly settle: (outcome: { readonly answer: Answer } | { readonly error: unknown }) => void
}

interface Process {
  readonly worker: ForkedWorker<ModelCall, ModelReply | Alive>
  readonly watch: WorkerWatch
  /** Why it was ended, where it was. */
  problem: string | undefined
}

const replySchema: z.ZodType<ModelReply | Alive> = z.union([aliveSchema, modelReplySchema])

const IDLE_MILLISECONDS = 600_000
const MEGABYTES = 1024
/** Somebody looks at a slider meanwhile: it is less than runs are given, which nobody has to wait for. */
const SILENT_SECONDS = 20
/** Ahead of training, behind the server. */
const NICENESS = 2
/** A process may die over one call and be innocent of another beside it, which is tried once more. */
const MOST_DEATHS = 2

/**
 * Computes with trained models in a process of its own, which is started by the first call, again after it has died, and ended when it hangs, or when nobody
 * asks for long.
 */
export class ModelProcess {
  readonly #options: Required<ModelProcessOptions>
  readonly #waiting = new Map<number, Waiting>()
  #process: Process | undefined
  #idle: NodeJS.Timeout | undefined
  #lastId = 0
  #isClosed = false

  constructor(options: ModelProcessOptions) {
    this.#options = { idleMilliseconds: IDLE_MILLISECONDS, megabytes: MEGABYTES, silentSeconds: SILENT_SECONDS, ...options }
  }

  /** Whether it is about to be ended since it answers nothing. */
  get isHanging(): boolean {
    return this.#process?.watch.isHanging ?? false
  }

  /** Sends a call and waits for its answer. Throws MODEL_UNAVAILABLE where the process dies over it, TOO_MANY_REQUESTS, and the signal's reason. */
  async call(asked: WithoutSender<Asked>, { client, signal, onProgress }: Asker): Promise<Answer> {
    signal.throwIfAborted()
    if (this.#isClosed) throw unavailable('the server is closing')
    const give = this.#options.gate.hold(client, 'modelCalls')
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const settle: Waiting['settle'] = (outcome) => {
        if (!this.#waiting.delete(id)) return
        give()
        signal.removeEventListener('abort', leave)
        this.#restUntilAsked()
        if ('answer' in outcome) resolve(outcome.answer)
        else reject(outcome.error)
      }
      const leave = () => {
        this.#process?.worker.send({ type: 'cancel', id })
        settle({ error: signal.reason })
      }
      const call = { ...asked, id, client: { network: client.network, key: client.key } } as Asked
      this.#waiting.set(id, { call, deaths: 0, onProgress, settle })
      signal.addEventListener('abort', leave, { once: true })
      this.#send(call)
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#idle)
    for (const { settle } of [...this.#waiting.values()]) settle({ error: unavailable('the server is closing') })
    const worker = this.#process?.worker
    worker?.kill()
    await worker?.ended.catch(() => undefined)
  }

  #send(call: Asked): void {
    clearTimeout(this.#idle)
    this.#process ??= this.#start()
    this.#process.worker.send(call)
  }

  #start(): Process {
    const { log, megabytes, silentSeconds } = this.#options
    const worker = new ForkedWorker<ModelCall, ModelReply | Alive>({
      path: modelWorkerPath,
      args: [String(megabytes)],
      nodeOptions: [`--max-old-space-size=${Math.ceil(megabytes / 2)}`],
      reportSchema: replySchema,
      niceness: NICENESS,
      onHeard: (report) => watch.heard(report),
      onReport: async (reply) => {
        if (reply.type !== 'alive') this.#answered(reply)
      },
    })
    const { pid } = worker
    const watch = new WorkerWatch({
      pid,
      subject: 'It',
      silentSeconds,
      // It ends by itself where it has grown, or is too long at one thing.
      memoryBytes: Number.POSITIVE_INFINITY,
      threads: Number.POSITIVE_INFINITY,
      // It has nothing to get on with while nobody asks.
      isExcused: () => this.#waiting.size === 0,
      onProblem: ({ message }) => {
        log.warn({ pid, message }, 'model process hangs')
        process.problem = message
        worker.kill()
      },
    })
    const process: Process = { worker, watch, problem: undefined }
    log.info({ pid }, 'model process started')
    worker.ended.then(
      (exit) => this.#ended(process, exit),
      (error: unknown) => this.#ended(process, { code: null, signal: null, lastErrorLine: String(error) }),
    )
    return process
  }

  #answered(reply: ModelReply): void {
    if (reply.type === 'progress') {
      this.#waiting.get(reply.id)?.onProgress?.(reply)
      return
    }
    const outcome = reply.type === 'failed' ? { error: failureOf(reply) } : { answer: reply }
    this.#waiting.get(reply.id)?.settle(outcome)
  }

  #ended(process: Process, exit: WorkerExit): void {
    process.watch.close()
    if (this.#process === process) this.#process = undefined
    if (this.#isClosed) return
    this.#options.log[exit.code === 0 ? 'info' : 'warn']({ pid: process.worker.pid, ...exit }, 'model process ended')
    const reason = process.problem ?? `it ended with ${exit.signal ?? exit.code}. ${exit.lastErrorLine ?? ''}`.trim()
    for (const waiting of [...this.#waiting.values()]) {
      // One that has ended by itself, because of its memory, died of no call.
      if (exit.code !== 0) waiting.deaths++
      if (waiting.deaths < MOST_DEATHS) this.#send(waiting.call)
      else waiting.settle({ error: unavailable(reason) })
    }
  }

  #restUntilAsked(): void {
    if (this.#waiting.size > 0 || this.#isClosed) return
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.#process?.worker.kill(), this.#options.idleMilliseconds).unref()
  }
}

function failureOf({ code, message }: { readonly code: string; readonly message: string }): Error {
  if (code === 'WORKER_FAILED') return new Error(`Model process: ${message}`)
  // Data that is not what the run has seen is as good as none.
  if (code === 'DATASET_CHANGED') return new HourglassError(errorCodes.datasetUnavailable, message)
  const known = Object.values(errorCodes).find((candidate) => candidate === code)
  return new HourglassError(known ?? errorCodes.modelUnavailable, message)
}

const unavailable = (got: string) =>
  new HourglassError(
    errorCodes.modelUnavailable,
    `Expected the process that computes with models to answer, got none: ${got} Try again in a moment; a model that is too large for this machine fails again.`,
  )
