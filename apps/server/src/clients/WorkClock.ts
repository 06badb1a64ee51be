/**
 * Tells how long operations have kept the process at work. Those that run side by side share its time, so that all together are never told of more than has
 * passed; while the process waits for something else, nobody's goes on.
 */
export class WorkClock {
  #running = 0
  /** What each that runs is told of, from when the first began, in milliseconds. */
  #shared = 0
  #active = performance.eventLoopUtilization().active

  /** Begins to count for an operation; returns how to end that, which tells of its seconds. */
  start(): () => number {
    this.#goOn()
    this.#running++
    const before = this.#shared
    return () => {
      this.#goOn()
      this.#running--
      return (this.#shared - before) / 1000
    }
  }

  #goOn(): void {
    const { active } = performance.eventLoopUtilization()
    if (this.#running > 0) this.#shared += (active - this.#active) / this.#running
    this.#active = active
  }
}
