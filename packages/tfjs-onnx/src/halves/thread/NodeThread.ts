import { once } from 'node:events'
import { createRequire } from 'node:module'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { CONTROL_BYTES, place, statusPlace, type ThreadMessage, tell, waitWhile, work } from './protocol.js'
import type { SecondThread, StepParts, ThreadJob, UpdateParts } from './SecondThread.js'

/** A worker of Node that computes second halves; all compiled functions of the process share it. */
export class NodeThread implements SecondThread {
  static #running: Promise<NodeThread> | undefined
  static #users = 0
  static #jobs = 0

  readonly #words: Int32Array
  readonly #statuses: BigInt64Array

  private constructor(
    control: SharedArrayBuffer,
    private readonly worker: Worker,
    private readonly port: MessagePort,
  ) {
    this.#words = new Int32Array(control)
    this.#statuses = new BigInt64Array(control)
  }

  /**
   * Starts the thread, or takes the one that runs. Each call is followed by one of `release`. Where no thread can be started there is none, and
   * what it would have done is done on this one, with the same bits.
   */
  static async acquireIfPossible(): Promise<NodeThread | undefined> {
    return NodeThread.acquire().catch(() => undefined)
  }

  /** Starts the thread, or takes the one that runs. */
  static async acquire(): Promise<NodeThread> {
    NodeThread.#users++
    NodeThread.#running ??= NodeThread.#start()
    try {
      return await NodeThread.#running
    } catch (error) {
      NodeThread.#users--
      NodeThread.#running = undefined
      throw error
    }
  }

  static async #start(): Promise<NodeThread> {
    const control = new SharedArrayBuffer(CONTROL_BYTES)
    const { port1, port2 } = new MessageChannel()
    const worker = new Worker(threadMain(), { workerData: { control, port: port2 }, transferList: [port2] })
    // Neither is a reason for a process to go on.
    worker.unref()
    await Promise.race([once(port1, 'message'), once(worker, 'error').then(([error]) => Promise.reject(error))])
    port1.unref()
    return new NodeThread(control, worker, port1)
  }

  async release(): Promise<void> {
    if (--NodeThread.#users > 0) return
    NodeThread.#running = undefined
    const ended = once(this.worker, 'exit')
    this.worker.ref()
    tell(this.#words, work.ending, place.secondSleeps)
    await ended
    this.port.close()
  }

  add(job: Omit<ThreadJob, 'id'>): number {
    const id = ++NodeThread.#jobs
    this.#send({ add: { ...job, id } })
    return id
  }

  remove(job: number): void {
    this.#send({ remove: job })
  }

  run(job: number, parts: StepParts): void {
    const words = this.#words
    Atomics.store(words, place.job, job)
    tell(words, work.halfOpen, place.secondSleeps)
    let failure: { readonly error: unknown } | undefined
    const attempt = (part: () => void) => {
      try {
        part()
      } catch (error) {
        failure ??= { error }
      }
    }
    attempt(parts.computeFirst)
    if (this.#takeBack(work.halfOpen)) attempt(parts.computeSecond)
    else {
      attempt(() => {
        this.#waitFor(work.halfDone)
        parts.check(Atomics.load(this.#statuses, statusPlace))
      })
    }
    if (!failure) attempt(parts.computeRest)
    if (failure) {
      Atomics.store(words, place.work, work.idle)
      throw failure.error
    }
    this.update(job, parts)
  }

  update(job: number, { updateFirst, updateSecond }: UpdateParts): void {
    Atomics.store(this.#words, place.job, job)
    tell(this.#words, work.updateOpen, place.secondSleeps)
    updateFirst()
    if (this.#takeBack(work.updateOpen)) updateSecond()
    else this.#waitFor(work.updateDone)
    Atomics.store(this.#words, place.work, work.idle)
  }

  #waitFor(done: number): void {
    waitWhile(this.#words, { isWaiting: (value) => value !== done, sleeps: place.firstSleeps })
    if (Atomics.exchange(this.#words, place.fault, 0) === 0) return
    Atomics.store(this.#words, place.work, work.idle)
    throw new Error('the second thread could not do its part')
  }

  #takeBack(open: number): boolean {
    return Atomics.compareExchange(this.#words, place.work, open, work.idle) === open
  }

  #send(message: ThreadMessage): void {
    this.port.postMessage(message)
    tell(this.#words, work.messageOpen, place.secondSleeps)
    this.#waitFor(work.messageDone)
    Atomics.store(this.#words, place.work, work.idle)
  }
}

/** Threads load compiled files, also where tests run from the sources: the package's `imports` say where. */
function threadMain(): string {
  return createRequire(import.meta.url).resolve('#threadMain')
}
