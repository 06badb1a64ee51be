import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

export interface PeriodCountsOptions {
  /** In seconds. */
  readonly period: number
  /** Names that are counted at a time. */
  readonly mostCounted: number
  /** Into how many parts one is divided: the limiter counts whole numbers, and leaves out what is smaller. @default 1 */
  readonly parts?: number
}

/**
 * Counts by name what was used in a period. Of names it keeps those that were used last, so that whoever makes up names fills no memory; one that is
 * forgotten begins anew.
 */
export class PeriodCounts {
  readonly #limiter: RateLimiterMemory
  readonly #mostNames: number
  readonly #parts: number
  /** In the order in which they were last used. */
  readonly #names = new Set<string>()

  /** @param most What each name may use in a period. */
  constructor(most: number, { period, mostCounted, parts = 1 }: PeriodCountsOptions) {
    this.#limiter = new RateLimiterMemory({ points: most * parts, duration: period })
    this.#mostNames = mostCounted
    this.#parts = parts
  }

  /** Counts what is used; returns the milliseconds until there is more, where that is too much, null otherwise. */
  async use(name: string, amount: number): Promise<number | null> {
    this.#keep(name)
    try {
      await this.#limiter.consume(name, Math.round(amount * this.#parts))
      return null
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext
      throw refusal
    }
  }

  /** Returns the milliseconds until there is more, where all was used, null otherwise. */
  async untilMore(name: string): Promise<number | null> {
    const state = await this.#limiter.get(name)
    return state && state.remainingPoints <= 0 ? state.msBeforeNext : null
  }

  #keep(name: string): void {
    this.#names.delete(name)
    this.#names.add(name)
    if (this.#names.size <= this.#mostNames) return
    const [oldest = name] = this.#names
    this.#names.delete(oldest)
    void this.#limiter.delete(oldest)
  }
}
