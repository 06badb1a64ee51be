export interface StepSize {
  /** Examples in a batch. */
  readonly batchSize: number
  /** Of encoding and decoding one example. */
  readonly multiplications: number
}

/**
 * Multiplications below which a second thread gains nothing: waking it for each of a step's operators then takes as long as it saves. Measured
 * with dense autoencoders of 32 to 256 code units.
 */
const WORTH_SHARING = 50_000_000

/**
 * Returns how many of the given threads a training step is worth, as long as idle threads sleep between operators. A step takes about
 * three times the multiplications of its forward pass: one forward, two backward.
 */
export function usefulThreads(threads: number, { batchSize, multiplications }: StepSize): number {
  return 3 * batchSize * multiplications < WORTH_SHARING ? 1 : threads
}
