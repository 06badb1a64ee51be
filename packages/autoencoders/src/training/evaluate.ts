import type { BatchGatherer, Split } from '@hourglass/datasets'
import type { BatchedFunction } from '../engines/BatchedFunction.js'
import { CodeStatistics } from './CodeStatistics.js'
import type { Pace } from './Pace.js'
import type { CodeSnapshot } from './TrainingEvent.js'

/** Large enough that a step's fixed cost vanishes, small enough to notice an abort between two of them. */
export const EVALUATION_BATCH = 500
const SNAPSHOT_CODES = 2000

export interface Evaluation {
  /** Means over the examples. */
  readonly loss: number
  readonly meanSquaredError: number
  /** Of the first examples. */
  readonly reconstructions: Float32Array
  readonly codes: CodeSnapshot
}

export interface EvaluateOptions {
  /** What defineEvaluation defines. */
  readonly evaluation: BatchedFunction
  readonly split: Split
  /** The same split, in batches of EVALUATION_BATCH. */
  readonly batches: BatchGatherer
  /** How many examples, from the first. */
  readonly count: number
  readonly sampleCount: number
  readonly latentDimension: number
  readonly pace: Pace
}

/** Evaluates a model on the first examples of a split; returns undefined when aborted on the way. */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation | undefined> {
  const { evaluation, split, batches, count, sampleCount, latentDimension, pace } = options
  const exampleSize = split.values.length / split.count
  const indices = Uint32Array.from({ length: count }, (_, index) => index)
  const reconstructions = new Float32Array(Math.min(sampleCount, count) * exampleSize)
  const values = new Float32Array(Math.min(SNAPSHOT_CODES, count) * latentDimension)
  const statistics = new CodeStatistics(latentDimension)
  let loss = 0
  let squaredError = 0
  for (let start = 0; start < count; start += EVALUATION_BATCH) {
    const outputs = await evaluation.run(batches, indices, start, Math.min(start + EVALUATION_BATCH, count))
    const { codes, losses, squaredErrors } = outputs
    loss += sum(losses)
    squaredError += sum(squaredErrors)
    copyFront(outputs.reconstructions, reconstructions, start * exampleSize)
    copyFront(codes, values, start * latentDimension)
    statistics.add(codes ?? new Float32Array())
    await pace.breathe()
    if (pace.aborted) return undefined
  }
  const labels = split.labels.slice(0, Math.min(SNAPSHOT_CODES, count))
  return {
    loss: loss / count,
    meanSquaredError: squaredError / count,
    reconstructions,
    codes: { values, labels, dimensions: statistics.dimensions() },
  }
}

function sum(values: Float32Array | undefined): number {
  return values?.reduce((total, value) => total + value, 0) ?? Number.NaN
}

/** Copies as much of `from` into `to` at `offset` as fits. */
function copyFront(from: Float32Array | undefined, to: Float32Array, offset: number): void {
  if (from && offset < to.length) to.set(from.subarray(0, to.length - offset), offset)
}
