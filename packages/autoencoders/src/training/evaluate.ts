import { gatherExamples, type Split } from '@hourglass/datasets'
import type { BatchedFunction, BatchInputs } from '../engines/BatchedFunction.js'
import type { Evaluation } from '../measurements/Evaluation.js'
import { measureExamples } from '../measurements/measureExamples.js'
import type { ExampleRuleId } from '../measurements/measurementRules.js'
import { CodeStatistics } from './CodeStatistics.js'
import type { Pace } from './Pace.js'

/** Large enough that a step's fixed cost vanishes, small enough to notice an abort between two of them. */
export const EVALUATION_BATCH = 500
export const SNAPSHOT_CODES = 2000

export interface EvaluateOptions {
  /** What defineEvaluation defines. */
  readonly evaluation: BatchedFunction
  /** The split's examples in their order, in batches of EVALUATION_BATCH. */
  readonly batches: BatchInputs
  readonly split: Split
  /** How many examples, from the first. */
  readonly count: number
  readonly sampleCount: number
  readonly latentDimension: number
  readonly pace: Pace
}

/** Evaluates a model on the first examples of a split; returns undefined when aborted on the way. */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation<ExampleRuleId> | undefined> {
  const { evaluation, batches, split, count, sampleCount, latentDimension, pace } = options
  const exampleSize = split.values.length / split.count
  const reconstructions = new Float32Array(Math.min(sampleCount, count) * exampleSize)
  const values = new Float32Array(Math.min(SNAPSHOT_CODES, count) * latentDimension)
  const statistics = new CodeStatistics(latentDimension)
  const divergences = new Float64Array(latentDimension)
  const sums = { error: 0, penalty: 0, squaredError: 0, clippedSquaredError: 0 }
  const examples = measureExamples(count)
  let isVariational = false
  for (let start = 0; start < count; start += EVALUATION_BATCH) {
    const end = Math.min(start + EVALUATION_BATCH, count)
    const outputs = await evaluation.run(batches, start, end)
    sums.error += sum(outputs.losses)
    sums.squaredError += sum(outputs.squaredErrors)
    sums.clippedSquaredError += sum(outputs.clippedSquaredErrors)
    sums.penalty += (outputs.penalty?.[0] ?? 0) * (end - start)
    isVariational ||= outputs.divergences !== undefined
    outputs.divergences?.forEach((divergence, unit) => {
      divergences[unit] = (divergences[unit] ?? 0) + (divergence * (end - start)) / count
    })
    examples.add({
      originals: () => gatherFloats(split, start, end),
      reconstructions: outputs.reconstructions ?? new Float32Array(),
      clippedSquaredErrors: outputs.clippedSquaredErrors ?? new Float32Array(),
    })
    copyFront(outputs.reconstructions, reconstructions, start * exampleSize)
    copyFront(outputs.codes, values, start * latentDimension)
    statistics.add(outputs.codes ?? new Float32Array())
    await pace.breathe()
    if (pace.aborted) return undefined
  }
  const labels = split.labels.slice(0, Math.min(SNAPSHOT_CODES, count))
  return {
    loss: (sums.error + sums.penalty) / count,
    reconstructionError: sums.error / count,
    meanSquaredError: sums.squaredError / count,
    clippedMeanSquaredError: sums.clippedSquaredError / count,
    ofExamples: examples.measured,
    reconstructions,
    codes: { values, labels, dimensions: statistics.dimensions(), divergences: isVariational ? divergences : null },
  }
}

function sum(values: Float32Array | undefined): number {
  return values?.reduce((total, value) => total + value, 0) ?? Number.NaN
}

function gatherFloats(split: Split, start: number, end: number): Float32Array {
  const indices = Uint32Array.from({ length: end - start }, (_, index) => start + index)
  const values = new Float32Array((indices.length * split.values.length) / split.count)
  gatherExamples(split, indices, 0, indices.length, values)
  return values
}

/** Copies as much of `from` into `to` at `offset` as fits. */
function copyFront(from: Float32Array | undefined, to: Float32Array, offset: number): void {
  if (from && offset < to.length) to.set(from.subarray(0, to.length - offset), offset)
}
