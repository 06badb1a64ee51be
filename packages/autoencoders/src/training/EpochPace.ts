/** Enough to even out what disturbs one, and few enough to follow a machine that others begin to use. */
const RECENT_EPOCHS = 50

/**
 * Knows what an epoch of one run takes by the clock, with all that it waits for: evaluation, files and the store. Of small models, steps are the
 * least of it. Moments are in milliseconds.
 */
export class EpochPace {
  /** When training began, and when the newest epochs ended. */
  readonly #ends: number[]
  /** When the first step was done, for which everything is compiled, and which share of its epoch that was. */
  #compiled: { readonly at: number; readonly share: number } | undefined
  /** What the first epoch would have taken without compiling; it counts until there are others. */
  #first: number | undefined

  constructor(beganAt = performance.now()) {
    this.#ends = [beganAt]
  }

  /** A step is done, and with it so much of its epoch. */
  stepped(share: number, at = performance.now()): void {
    this.#compiled ??= { at, share }
  }

  /** An epoch is over, and with it all that it leaves. */
  finished(at = performance.now()): void {
    if (this.#first === undefined) {
      this.#first = this.#firstWhole(1, at)
      this.#ends.length = 0
    }
    this.#ends.push(at)
    if (this.#ends.length > RECENT_EPOCHS + 1) this.#ends.shift()
  }

  /** Seconds of an epoch after the first; undefined before there were two. */
  get secondsPerEpoch(): number | undefined {
    const [first = Number.NaN] = this.#ends
    const last = this.#ends.at(-1) ?? Number.NaN
    return this.#first === undefined || this.#ends.length < 2 ? undefined : (last - first) / (this.#ends.length - 1) / 1000
  }

  /** Estimates the seconds until so many epochs are over, the one under way among them, of whose steps a share from 0 to 1 is done. */
  secondsLeft(epochs: number, share: number, at = performance.now()): number {
    const elapsed = (at - (this.#ends.at(-1) ?? at)) / 1000
    const whole = this.secondsPerEpoch ?? this.#first ?? this.#firstWhole(share, at)
    const current = this.#first === undefined ? (1 - share) * whole : whole - elapsed
    return Math.max(0, current) + (epochs - 1) * whole
  }

  /** What the first epoch takes by the steps after those that compile. */
  #firstWhole(share: number, at: number): number {
    const since = this.#compiled && this.#compiled.share < share ? this.#compiled : { at: this.#ends[0] ?? at, share: 0 }
    return (at - since.at) / 1000 / (share - since.share)
  }
}
