/** What an iteration over all examples came to. */
export interface IterationTaken {
  /** Whether it moved the parameters; where it did not, the next one would not either. */
  readonly hasMoved: boolean
  /** Largest magnitude in the gradient of the objective at the parameters after it. */
  readonly largestGradient: number
}
