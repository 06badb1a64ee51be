interface Shared<Result> {
  readonly done: Promise<Result>
  readonly controller: AbortController
  users: number
}

/** Does work of the same name once for all who ask meanwhile, and cancels it when all of them have left. */
export class SharedWork<Result> {
  readonly #running = new Map<string, Shared<Result>>()

  async do(name: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    signal.throwIfAborted()
    const shared = this.#running.get(name) ?? this.#begin(name, work)
    shared.users++
    try {
      return await unlessAborted(shared.done, signal)
    } finally {
      shared.users--
      if (shared.users === 0) {
        shared.controller.abort(signal.reason)
        this.#forget(name, shared)
      }
    }
  }

  #begin(name: string, work: (signal: AbortSignal) => Promise<Result>): Shared<Result> {
    const controller = new AbortController()
    const shared: Shared<Result> = { done: work(controller.signal), controller, users: 0 }
    this.#running.set(name, shared)
    // Whoever waits hears of a failure; where all have left, nobody does.
    shared.done.catch(() => undefined)
    return shared
  }

  #forget(name: string, shared: Shared<Result>): void {
    if (this.#running.get(name) === shared) this.#running.delete(name)
  }
}

function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
