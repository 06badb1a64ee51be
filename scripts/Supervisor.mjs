import { spawn } from 'node:child_process'
import { HangWatch } from './HangWatch.mjs'

/** Exit code of a process that would end again for the same reason: a setting, the data folder or another server is in its way (sysexits.h). */
export const EXIT_CONFIG = 78

/** @type {RestartPolicy} */
const defaults = { firstDelay: 500, longestDelay: 15_000, stableAfter: 60_000, most: 5, within: 600_000, slowDelay: 600_000 }

/** How long a process may take to end when it is asked to, in milliseconds. */
const GRACE = 15_000
/** How much of a process's last words is kept, in characters. */
const LAST_WORDS = 4_000

/**
 * @typedef {object} RestartPolicy
 * @property {number} firstDelay Pause before the first new start, in milliseconds; each further one doubles it.
 * @property {number} longestDelay
 * @property {number} stableAfter A process that ran this long begins again with the first pause.
 * @property {number} most New starts within a period
 * @property {number} within and how long that is, in milliseconds.
 * @property {number} slowDelay Pause before each new start of one that was given up and is tried again, in milliseconds.
 */

/**
 * @typedef {object} Supervised
 * @property {string} name As sentences name it: `The API ended`.
 * @property {readonly string[]} args What Node runs.
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {{ path: string, write(text: string | Buffer): void }} log Everything it prints goes there.
 * @property {(sentence: string) => void} onRestart Told that it ended and is started again.
 * @property {(reason: { sentence: string, code: number }) => boolean} onGiveUp Told why it is not; whether it is to be tried again all the same, slowly.
 * @property {Partial<RestartPolicy>} [policy]
 * @property {Omit<import('./HangWatch.mjs').HangWatchOptions, 'onHang'>} [watch] How to tell that it hangs; without, nobody looks.
 */

/**
 * Keeps a process running: what ends unasked is started again, later each time and not too often, except where it says with EXIT_CONFIG that
 * this would be in vain. One that is given up may be tried again, slowly, until it has run stably. One that runs and answers no more is ended first. The process has a channel to this one and ends itself when that closes.
 */
export class Supervisor {
  #options
  #policy
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #isStopping = false
  #isGivenUp = false
  /** When it was started again. @type {number[]} */
  #restarts = []
  #delay

  /** @param {Supervised} options */
  constructor(options) {
    this.#options = options
    this.#policy = { ...defaults, ...options.policy }
    this.#delay = this.#policy.firstDelay
  }

  /** Whether the process runs, or is to run. */
  get isAlive() {
    return this.#child !== undefined || this.#timer !== undefined
  }

  start() {
    this.#timer = undefined
    const { args, cwd, env, log } = this.#options
    const startedAt = performance.now()
    let child
    try {
      // In a group of its own, so that whatever it started ends with it, and Ctrl+C reaches this process alone.
      child = spawn(process.execPath, args, {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        detached: process.platform !== 'win32',
      })
    } catch (error) {
      // Where the system has no memory for a process, for example, as it may just after it ended one for that.
      this.#ended({ startedAt, how: error instanceof Error ? error.message : String(error), lastWords: '', code: null })
      return
    }
    this.#child = child
    let lastWords = ''
    /** @type {Error | undefined} */
    let failure
    let hung = ''
    const watch =
      this.#options.watch &&
      new HangWatch({
        ...this.#options.watch,
        onHang: () => {
          hung = 'it ran, but answered nothing any more'
          killGroup(child)
        },
      })
    child.on('error', (error) => {
      failure = error
      if (child.pid === undefined) this.#ended({ startedAt, how: error.message, lastWords: '', code: null })
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('error', () => undefined)
      stream?.on('data', (/** @type {Buffer} */ chunk) => {
        log.write(chunk)
        if (stream === child.stderr) lastWords = (lastWords + chunk).slice(-LAST_WORDS)
      })
    }
    child.on('exit', () => {
      watch?.stop()
      killGroup(child)
    })
    // After its exit, when all that it wrote has been read.
    child.on('close', (code, signal) => {
      if (child.pid !== undefined)
        this.#ended({ startedAt, how: hung || (signal ?? failure?.message ?? `exit code ${code}`), lastWords, code })
    })
  }

  /** Asks the process to end and resolves when it has; kills it where that takes too long. @returns {Promise<void>} */
  async stop() {
    this.#isStopping = true
    clearTimeout(this.#timer)
    this.#timer = undefined
    const child = this.#child
    if (!child) return
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGTERM')
    const timer = setTimeout(() => this.kill(), GRACE)
    await ended
    clearTimeout(timer)
  }

  /** Ends the process and whatever it started, at once. */
  kill() {
    this.#isStopping = true
    clearTimeout(this.#timer)
    if (this.#child) killGroup(this.#child)
  }

  /** @param {{ startedAt: number, how: string, lastWords: string, code: number | null }} end */
  #ended({ startedAt, how, lastWords, code }) {
    this.#child = undefined
    if (this.#isStopping) return
    const { name, log, onRestart } = this.#options
    const words = lastWords.trim()
    const { firstDelay, longestDelay, stableAfter, most, within } = this.#policy
    const now = performance.now()
    const isStable = now - startedAt >= stableAfter
    if (isStable) this.#isGivenUp = false
    if (code === EXIT_CONFIG && words) return this.#giveUp({ sentence: words, code })
    this.#restarts = this.#restarts.filter((at) => now - at < within)
    if (this.#isGivenUp || this.#restarts.length >= most) {
      const last = words ? ` Its last words: ${words.split('\n').slice(-5).join('\n')}` : ''
      const often = this.#isGivenUp
        ? `The ${name} was tried again and ended unexpectedly (${how}).`
        : `The ${name} ended unexpectedly ${most + 1} times within ${describe(within)} (last with ${how}), so it is not started again.`
      return this.#giveUp({ sentence: `${often} Its log is ${log.path}.${last}`, code: 1 })
    }
    if (isStable) this.#delay = firstDelay
    const delay = this.#delay
    this.#delay = Math.min(longestDelay, 2 * delay)
    this.#restarts.push(now)
    this.#timer = setTimeout(() => this.start(), delay)
    onRestart(`The ${name} ended unexpectedly (${how}). Starting it again; its log is ${log.path}.`)
  }

  /** @param {{ sentence: string, code: number }} reason */
  #giveUp(reason) {
    this.#isGivenUp = true
    if (!this.#options.onGiveUp(reason) || this.#isStopping) return
    this.#timer = setTimeout(() => this.start(), this.#policy.slowDelay)
  }
}

/** @param {number} milliseconds */
function describe(milliseconds) {
  return milliseconds < 60_000 ? `${Math.round(milliseconds / 1000)} s` : `${Math.round(milliseconds / 60_000)} minutes`
}

/**
 * Kills a process and what is left of its group: a worker that hangs would not notice that its server is gone.
 * @param {import('node:child_process').ChildProcess} child
 */
function killGroup({ pid }) {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}
