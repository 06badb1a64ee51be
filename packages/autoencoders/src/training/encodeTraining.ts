import type { BatchedFunction, BatchInputs } from '../engines/BatchedFunction.js'
import { EVALUATION_BATCH } from './evaluate.js'
import type { Pace } from './Pace.js'

/** Training examples that are encoded after each epoch, for the directions along which their codes vary. */
const MOST_ENCODED = 1000
/** Longer codes would make every epoch's file much larger. */
const LONGEST_CODE = 256

/** Returns how many training examples are encoded: whole batches as evaluation has them, so that nothing is compiled for them alone, or all of few. */
export function trainingCodeCount(trainCount: number, latentDimension: number): number {
  if (latentDimension > LONGEST_CODE) return 0
  const most = Math.min(MOST_ENCODED, trainCount)
  return most < EVALUATION_BATCH ? most : EVALUATION_BATCH * Math.floor(most / EVALUATION_BATCH)
}

export interface EncodeTrainingOptions {
  /** What defineEvaluation defines. */
  readonly evaluation: BatchedFunction
  /** Training examples in their order. */
  readonly batches: BatchInputs
  /** What trainingCodeCount returns. */
  readonly count: number
  readonly latentDimension: number
  readonly pace: Pace
}

/** Encodes the first training examples as they are evaluated, [count, latent dimension]; null for none, undefined when aborted on the way. */
export async function encodeTraining(options: EncodeTrainingOptions): Promise<Float32Array | null | undefined> {
  const { evaluation, batches, count, latentDimension, pace } = options
  if (count === 0) return null
  const codes = new Float32Array(count * latentDimension)
  for (let start = 0; start < count; start += EVALUATION_BATCH) {
    const outputs = await evaluation.run(batches, start, Math.min(start + EVALUATION_BATCH, count))
    codes.set(outputs.codes ?? new Float32Array(), start * latentDimension)
    await pace.breathe()
    if (pace.aborted) return undefined
  }
  return codes
}
