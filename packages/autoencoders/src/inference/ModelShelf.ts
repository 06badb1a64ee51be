import { createModel, type Model } from './createModel.js'
import type { ModelDescription } from './ModelDescription.js'

export interface ModelWanted {
  /** Names the model: two with the same key are the same. */
  readonly key: string
  /** Reads the model; its signal is aborted when nobody waits for it any more. */
  readonly read: (signal: AbortSignal) => Promise<ModelDescription>
  /** Ends the wait for it, not the work with it. */
  readonly signal?: AbortSignal
}

export interface ModelLimits {
  /** Of the parameters of all models together. */
  readonly mostBytes: number
  /** @default as many as there are bytes for */
  readonly mostModels?: number
}

interface Lease {
  readonly model: Promise<Model>
  readonly reading: AbortController
  /** Of its parameters; 0 while it is read. */
  bytes: number
  /** Those who wait for the model or compute with it; it is disposed of when it is evicted and nobody does. */
  users: number
  isRead: boolean
  isEvicted: boolean
}

/** Keeps trained models in memory, those used last, as many as its limits allow; reads each once however many ask. */
export class ModelShelf {
  readonly #limits: Required<ModelLimits>
  /** In the order of their last use. */
  readonly #leases = new Map<string, Lease>()

  constructor({ mostBytes, mostModels = Number.POSITIVE_INFINITY }: ModelLimits) {
    this.#limits = { mostBytes, mostModels }
  }

  /** Computes with a model, which is there until the work is done; rejects as reading it does. The one used last is kept however large it is. */
  async use<Result>({ key, read, signal }: ModelWanted, work: (model: Model) => Result | Promise<Result>): Promise<Result> {
    signal?.throwIfAborted()
    const lease = this.#lease(key, read)
    lease.users++
    try {
      const model = await untilAborted(lease.model, signal)
      return await work(model)
    } finally {
      lease.users--
      if (lease.users === 0) this.#release(key, lease)
    }
  }

  #lease(key: string, read: ModelWanted['read']): Lease {
    const lease = this.#leases.get(key) ?? this.#read(key, read)
    this.#leases.delete(key)
    this.#leases.set(key, lease)
    this.#evict()
    return lease
  }

  #read(key: string, read: ModelWanted['read']): Lease {
    const reading = new AbortController()
    const model = read(reading.signal).then(async (description) => {
      const opened = await createModel(description)
      lease.bytes = bytesOf(description)
      lease.isRead = true
      // Nobody waited for it.
      if (lease.isEvicted) opened.dispose()
      else this.#evict()
      return opened
    })
    const lease: Lease = { model, reading, bytes: 0, users: 0, isRead: false, isEvicted: false }
    model.catch(() => this.#forget(key, lease))
    return lease
  }

  #evict(): void {
    let total = [...this.#leases.values()].reduce((sum, { bytes }) => sum + bytes, 0)
    for (const [key, lease] of [...this.#leases].slice(0, -1)) {
      if (total <= this.#limits.mostBytes && this.#leases.size <= this.#limits.mostModels) break
      if (!lease.isRead) continue
      total -= lease.bytes
      this.#forget(key, lease)
      if (lease.users === 0) this.#release(key, lease)
    }
  }

  #release(key: string, lease: Lease): void {
    if (!lease.isRead) {
      this.#forget(key, lease)
      lease.reading.abort()
    } else if (lease.isEvicted) {
      void lease.model.then((model) => model.dispose())
    }
  }

  #forget(key: string, lease: Lease): void {
    lease.isEvicted = true
    if (this.#leases.get(key) === lease) this.#leases.delete(key)
  }
}

const bytesOf = ({ parameters }: ModelDescription) => Object.values(parameters).reduce((sum, { values }) => sum + values.byteLength, 0)

function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
