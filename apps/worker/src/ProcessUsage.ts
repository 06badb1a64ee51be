import type { SystemValueId } from '@hourglass/autoencoders'

/** How often memory is looked at, in milliseconds. */
const INTERVAL = 1000

/** Measures what this process takes of its machine, from one epoch to the next. */
export class ProcessUsage {
  #since = performance.now()
  #processor = process.cpuUsage()
  #memoryBytes = 0

  constructor() {
    // A timer of the event loop, which training leaves free between two steps.
    setInterval(() => this.#look(), INTERVAL).unref()
  }

  /** Tells what was taken since it was last asked, or since it was made. */
  lap(): Readonly<Record<SystemValueId, number>> {
    this.#look()
    const now = performance.now()
    const { user, system } = process.cpuUsage(this.#processor)
    const processorPercent = (100 * (user + system)) / 1000 / Math.max(1, now - this.#since)
    const memoryMegabytes = this.#memoryBytes / 1e6
    this.#since = now
    this.#processor = process.cpuUsage()
    this.#memoryBytes = 0
    return { processorPercent, memoryMegabytes }
  }

  #look(): void {
    this.#memoryBytes = Math.max(this.#memoryBytes, process.memoryUsage.rss())
  }
}
