import { errorCodes, HourglassError } from '../../HourglassError.js'

/** Numbers of all series of an answer: 100,000 steps of ten metrics are half of that. */
const MOST_VALUES = 2_000_000

/** Bounds how much of series one answer holds: what a series costs is known only once it is read. */
export class SeriesBudget {
  #values = 0

  /** Counts values that are to be answered; throws QUERY_TOO_COMPLEX where they are too many with those before. */
  take(values: number): void {
    this.#values += values
    if (this.#values <= MOST_VALUES) return
    throw new HourglassError(
      errorCodes.queryTooComplex,
      `series: expected at most ${MOST_VALUES.toLocaleString('en')} numbers in an answer, got ${this.#values.toLocaleString('en')}. Ask for fewer names, with maxPoints, or for a part after the other with after.`,
    )
  }
}
