import type { Alive } from '@hourglass/protocol'

/** What a worker is at, by which it is judged. */
export interface Pace {
  /** How long it computes at a time, in seconds: it answers between two steps. */
  readonly stepSeconds: number
  /** How long it takes to go through all examples once, in seconds. */
  readonly passSeconds: number
}

/** Share of a second's processor time up to which a worker counts as idle; its signs of life take less than a thousandth. */
const IDLE_SHARE = 0.02
/** An idle worker may get on with nothing for so many times as long as a silent one. */
const IDLE_FACTOR = 5
/** One that computes may take so many times as long a time of processors, */
const BUSY_FACTOR = 15
/** or go through all examples as often; */
const PASSES = 3
/** and while nobody knows how long its steps are, as many times longer. */
const UNKNOWN_FACTOR = 16

/**
 * Tells whether a worker that answers gets on with anything. It says every second that it is alive, and what time of processors it has had: what is counted
 * is its own time, so that no worker is taken for one that hangs because it, or whoever watches it, was suspended or had to wait for its turn.
 */
export class StallWatch {
  readonly #silentSeconds: number
  readonly #threads: number
  #processorSeconds: number | undefined
  #busySeconds = 0
  #idleBeats = 0

  /** @param threads On how many processors it computes at most at a time. */
  constructor({ silentSeconds, threads }: { readonly silentSeconds: number; readonly threads: number }) {
    this.#silentSeconds = silentSeconds
    this.#threads = threads
  }

  /** Takes any report but a sign of life, or that it waits for what is not its own affair. */
  progressed(): void {
    this.#busySeconds = 0
    this.#idleBeats = 0
  }

  beat({ processorSeconds }: Pick<Alive, 'processorSeconds'>): void {
    const taken = processorSeconds - (this.#processorSeconds ?? processorSeconds)
    this.#processorSeconds = processorSeconds
    this.#busySeconds += taken
    this.#idleBeats = taken < IDLE_SHARE ? this.#idleBeats + 1 : 0
  }

  /** Which share it has used up of what it may take without getting on: it hangs from 1 on. */
  share(pace: Pace | null): number {
    const idle = this.#idleBeats / (this.#silentSeconds * IDLE_FACTOR)
    return Math.max(idle, this.#busySeconds / (this.#threads * longestStall(this.#silentSeconds, pace)))
  }

  /** Says how it hangs. */
  describe(): string {
    return this.#idleBeats >= this.#silentSeconds * IDLE_FACTOR
      ? `got on with nothing for ${this.#idleBeats} s and computed nothing`
      : `got on with nothing for ${Math.round(this.#busySeconds)} s of processor time`
  }
}

/** How long a worker may compute on each of its processors and get on with nothing, in seconds. */
export function longestStall(silentSeconds: number, pace: Pace | null): number {
  const seconds = silentSeconds * BUSY_FACTOR
  return pace === null ? seconds * UNKNOWN_FACTOR : Math.max(seconds, pace.passSeconds * PASSES)
}
