import { once } from 'node:events'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { CONTROL_BYTES, place, statusPlace, type ThreadJob, type ThreadMessage, tell, waitWhile, work } from './protocol.js'

/** What a step does on the first thread, and instead of the second where that is not ready. */
export interface StepParts {
  readonly computeFirst: () => void
  readonly computeSecond: () => void
  /** What follows the halves before the update; the second thread waits. */
  readonly computeRest: () => void
  readonly updateFirst: () => void
  readonly updateSecond: () => void
  /** Throws the error that the second thread's half ended with, by the status of ONNX Runtime. */
  readonly check: (status: bigint) => void
}

/** A thread beside this one that computes second halves; all compiled functions of the process share it. */
export class SecondThread {
  static #running: Promise<SecondThread> | undefined
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

  /** Starts the thread, or takes the one that runs. Each call is followed by one of `release`. */
  static async acquire(): Promise<SecondThread> {
    SecondThread.#users++
    SecondThread.#running ??= SecondThread.#start()
    try {
      return await SecondThread.#running
    } catch (error) {
      SecondThread.#users--
      SecondThread.#running = undefined
      throw error
    }
  }

  static async #start(): Promise<SecondThread> {
    const control = new SharedArrayBuffer(CONTROL_BYTES)
    const { port1, port2 } = new MessageChannel()
    const worker = new Worker(compiledUrl('./threadMain.js'), { workerData: { control, port: port2 }, transferList: [port2] })
    // Neither is a reason for a process to go on.
    worker.unref()
    await Promise.race([once(port1, 'message'), once(worker, 'error').then(([error]) => Promise.reject(error))])
    port1.unref()
    return new SecondThread(control, worker, port1)
  }

  /** Gives the thread up; it ends with its last user. */
  async release(): Promise<void> {
    if (--SecondThread.#users > 0) return
    SecondThread.#running = undefined
    const ended = once(this.worker, 'exit')
    this.worker.ref()
    tell(this.#words, work.ending, place.secondSleeps)
    await ended
    this.port.close()
  }

  /** Tells the thread of a function's parts; returns the number of the job. */
  add(job: Omit<ThreadJob, 'id'>): number {
    const id = ++SecondThread.#jobs
    this.#send({ add: { ...job, id } })
    return id
  }

  remove(job: number): void {
    this.#send({ remove: job })
  }

  /**
   * Computes both halves, then both parts of the update. Throws what a half failed with before anything is updated. It returns once all is done,
   * whoever did it.
   */
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
      waitWhile(words, (value) => value !== work.halfDone, place.firstSleeps)
      const status = Atomics.load(this.#statuses, statusPlace)
      attempt(() => parts.check(status))
    }
    if (!failure) attempt(parts.computeRest)
    if (failure) {
      Atomics.store(words, place.work, work.idle)
      throw failure.error
    }
    tell(words, work.updateOpen, place.secondSleeps)
    parts.updateFirst()
    if (this.#takeBack(work.updateOpen)) parts.updateSecond()
    else waitWhile(words, (value) => value !== work.updateDone, place.firstSleeps)
    Atomics.store(words, place.work, work.idle)
  }

  #takeBack(open: number): boolean {
    return Atomics.compareExchange(this.#words, place.work, open, work.idle) === open
  }

  #send(message: ThreadMessage): void {
    this.port.postMessage(message)
    tell(this.#words, work.messageOpen, place.secondSleeps)
    waitWhile(this.#words, (value) => value !== work.messageDone, place.firstSleeps)
    Atomics.store(this.#words, place.work, work.idle)
  }
}

/** Threads load compiled files; tests run from the sources beside them. */
function compiledUrl(file: string): URL {
  const url = new URL(file, import.meta.url)
  return new URL(url.href.replace('/src/halves/', '/dist/halves/'))
}
