import { LAB_STARTING } from './starting.mjs'

/** How long an answer is believed, in milliseconds. */
const FRESH = 500
/** An API that takes longer is busy, and there. */
const PATIENCE = 2_000
const PAUSE = 200

/** Knows whether the API answers, or starts. */
export class ApiWatch {
  /** @type {URL} */
  #health
  /** @type {Promise<boolean> | undefined} */
  #looking
  /** @type {number | undefined} */
  #awaySince

  /** @param {string} origin */
  constructor(origin) {
    this.#health = new URL('/health', origin)
  }

  /** Whether the API answers anything but that it is starting. @returns {Promise<boolean>} */
  isThere() {
    this.#looking ??= this.#look().finally(() => {
      setTimeout(() => {
        this.#looking = undefined
      }, FRESH).unref()
    })
    return this.#looking
  }

  /** Says that the API could not be reached just now. */
  reportAway() {
    this.#awaySince ??= performance.now()
  }

  /** How long the API has been away, as far as anybody noticed; 0 where it is there. */
  secondsAway() {
    return this.#awaySince === undefined ? 0 : Math.round((performance.now() - this.#awaySince) / 1000)
  }

  /**
   * Waits where the API is known to be away: until it is there, for so many milliseconds, or until whoever waits goes.
   * @param {number} longest
   * @param {() => boolean} isGone
   */
  async untilThere(longest, isGone) {
    const deadline = performance.now() + longest
    while (this.#awaySince !== undefined && !(await this.isThere()) && performance.now() < deadline && !isGone()) {
      await new Promise((later) => setTimeout(later, PAUSE))
    }
  }

  async #look() {
    try {
      const response = await fetch(this.#health, { headers: { connection: 'close' }, signal: AbortSignal.timeout(PATIENCE) })
      const body = await response.text()
      const isStarting = response.status === 503 && body.includes(LAB_STARTING)
      if (isStarting) this.reportAway()
      else this.#awaySince = undefined
      return !isStarting
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') return true
      this.reportAway()
      return false
    }
  }
}
