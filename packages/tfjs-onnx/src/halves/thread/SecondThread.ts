import { once } from 'node:events'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { CONTROL_BYTES, place, statusPlace, type ThreadJob, type ThreadMessage, tell, waitWhile, work } from './protocol.js'

/** Both parts of an update. */
export interface UpdateParts {
  readonly updateFirst: () => void
  /** What the second thread does, where that is not ready. */
  readonly updateSecond: () => void
}

/** Both halves of a step, and what follows them. */
export interface StepParts extends UpdateParts {
  readonly computeFirst: () => void
  /** What the second thread does, where that is not ready. */
  readonly computeSecond: () => void
  /** What follows the halves before the update; the second thread waits. */
  readonly computeRest: () => void
  /** Throws the error that the second thread's half ended with, by the status of ONNX Runtime. */
  readonly check: (status: bigint) => void
}

/** Computes all parts of a step on this thread. */
export function computeAlone({ computeFirst, computeSecond, computeRest, updateFirst, updateSecond }: StepParts): void {
  for (const part of [computeFirst, computeSecond, computeRest, updateFirst, updateSecond]) part()
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

  /**
   * Starts the thread, or takes the one that runs. Each call is followed by one of `release`. Where no thread can be started there is none, and
   * what it would have done is done on this one, with the same bits.
   */
  static async acquireIfPossible(): Promise<SecondThread | undefined> {
    return SecondThread.acquire().catch(() => undefined)
  }

  /** Starts the thread, or takes the one that runs. */
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

  /** Computes both parts of an update. */
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

/** Threads load compiled files; tests run from the sources beside them. */
function compiledUrl(file: string): URL {
  const url = new URL(file, import.meta.url)
  return new URL(url.href.replace('/src/halves/', '/dist/halves/'))
}
