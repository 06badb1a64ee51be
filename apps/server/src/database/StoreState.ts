import type { StoreFault } from './storeFault.js'

/** What writes of the lab wait for. */
export interface StoreWait extends StoreFault {
  /** When the first of them began to wait. */
  readonly since: Date
}

/** A lock of less than this is nothing to speak of, in milliseconds. */
const WORTH_TELLING = 1_000

/** Knows whether writes wait for the store, why and since when, and tells whoever listens. */
export class StoreState {
  readonly #listeners = new Set<() => void>()
  #current: StoreWait | undefined
  #told: StoreWait | undefined
  #damage: StoreFault | undefined
  #timer: NodeJS.Timeout | undefined

  /** Null while nothing waits, or not for long enough to speak of it. */
  get waiting(): StoreWait | null {
    return this.#told ?? null
  }

  /** Whether the store refused a write, and takes none again as far as is known. */
  get isRefusing(): boolean {
    return this.#current !== undefined
  }

  /** A fault that does not pass: nothing is written any more before the next start. */
  get damage(): StoreFault | null {
    return this.#damage ?? null
  }

  /** A write was refused, and waits. */
  refused(fault: StoreFault): void {
    if (!fault.mayPass && !this.#damage) {
      this.#damage = fault
      this.#announce()
    }
    this.#current = { ...fault, since: this.#current?.since ?? new Date() }
    if (this.#told && this.#told.reason !== fault.reason) this.#tell(this.#current)
    this.#timer ??= setTimeout(() => this.#tell(this.#current), WORTH_TELLING).unref()
  }

  /** The store took what it had refused. Who only waits no more has found out nothing. */
  cleared(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#current = undefined
    if (this.#told) this.#tell(undefined)
  }

  /** Listens to changes; returns how to stop. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(wait: StoreWait | undefined): void {
    this.#told = wait
    this.#announce()
  }

  #announce(): void {
    for (const listener of this.#listeners) listener()
  }
}
