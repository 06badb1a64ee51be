/** Every way in which a request for random numbers can be wrong. */
export type RandomErrorCode = 'INVALID_ARGUMENT'

/** What went wrong, in the order in which the message says it. */
export interface RandomErrorDetails {
  /** The argument at fault. */
  readonly subject: string
  readonly expected: string
  readonly found: string
  /** What to do about it, as a sentence. */
  readonly advice: string
}

/** Says which argument is wrong, what was expected, what was found and what to do. */
export class RandomError extends Error {
  override readonly name = 'RandomError'
  readonly subject: string
  readonly expected: string
  readonly found: string

  constructor(
    readonly code: RandomErrorCode,
    { subject, expected, found, advice }: RandomErrorDetails,
  ) {
    super(`${subject}: expected ${expected}, found ${found}. ${advice}`)
    this.subject = subject
    this.expected = expected
    this.found = found
  }
}
