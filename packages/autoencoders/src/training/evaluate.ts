import type { BatchedFunction, BatchInputs } from '../engines/BatchedFunction.js'
import type { Pace } from './Pace.js'

/** Large enough that a step's fixed cost vanishes, small enough to notice an abort between two of them. */
export const EVALUATION_BATCH = 500

export interface EvaluateOptions {
  /** What defineEvaluation defines. */
  readonly evaluation: BatchedFunction
  /** Examples in their order, in batches of EVALUATION_BATCH. */
  readonly batches: BatchInputs
  /** How many of them, from the first. */
  readonly count: number
  readonly pace: Pace
}

/** The examples from `start` to `end - 1`, and what defineEvaluation says of them. */
export interface EvaluatedBatch {
  readonly start: number
  readonly end: number
  readonly outputs: Readonly<Record<string, Float32Array>>
}

/** Takes what is said of batches, one after the other. */
export interface BatchTaker {
  add(batch: EvaluatedBatch): void
}

/** Evaluates a model on examples, for all who take what is said of them; returns whether that went through: false when aborted on the way. */
export async function evaluate({ evaluation, batches, count, pace }: EvaluateOptions, takers: readonly BatchTaker[]): Promise<boolean> {
  for (let start = 0; start < count; start += EVALUATION_BATCH) {
    const end = Math.min(start + EVALUATION_BATCH, count)
    const outputs = await evaluation.run(batches, start, end)
    for (const taker of takers) taker.add({ start, end, outputs })
    await pace.breathe()
    if (pace.aborted) return false
  }
  return true
}
