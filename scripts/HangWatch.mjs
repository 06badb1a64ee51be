import { setTimeout as sleep } from 'node:timers/promises'

/** How long a look waits for an answer, and how long it is until the next one, in milliseconds. */
const LOOK = 5_000
/** How long it is until the next one before the first answer, in milliseconds: what hangs before that was heard would never be ended. */
const FIRST = 250

/**
 * @typedef {object} HangWatchOptions
 * @property {string} url What a process that is well answers, whatever it answers.
 * @property {number} looks So many in a row without an answer are a hang.
 * @property {number} [look] How long one waits, in milliseconds.
 * @property {() => void} onHang Called once.
 */

/**
 * Looks whether a process answers, and tells when it does so no more although it runs. Until its first answer it starts, which may take as long as it takes.
 * Looks are counted, not time: a machine that sleeps for an hour misses one.
 */
export class HangWatch {
  #options
  #ending = new AbortController()

  /** @param {HangWatchOptions} options */
  constructor(options) {
    this.#options = options
    void this.#run()
  }

  stop() {
    this.#ending.abort()
  }

  async #run() {
    const { looks, look = LOOK, onHang } = this.#options
    const { signal } = this.#ending
    let hasAnswered = false
    let silent = 0
    while (!signal.aborted) {
      const answer = await this.#ask(look)
      if (answer === 'answered') {
        hasAnswered = true
        silent = 0
      } else if (answer === 'silent' && hasAnswered) silent++
      if (signal.aborted) return
      if (silent >= looks) return onHang()
      if (answer !== 'silent')
        await sleep(hasAnswered ? look : Math.min(look, FIRST), undefined, { signal, ref: false }).catch(() => undefined)
    }
  }

  /** A connection that is refused is that of a process that is on its way up or down. @param {number} look */
  async #ask(look) {
    const timeout = AbortSignal.timeout(look)
    try {
      const response = await fetch(this.#options.url, {
        headers: { connection: 'close' },
        signal: AbortSignal.any([timeout, this.#ending.signal]),
      })
      await response.arrayBuffer()
      return 'answered'
    } catch {
      return timeout.aborted ? 'silent' : 'refused'
    }
  }
}
