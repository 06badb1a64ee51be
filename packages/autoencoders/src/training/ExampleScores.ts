import { gatherExamples, type Split } from '@hourglass/datasets'
import type { Evaluation } from '../measurements/Evaluation.js'
import { type ExampleMeasures, measureExamples } from '../measurements/measureExamples.js'
import type { ExampleRuleId } from '../measurements/measurementRules.js'
import type { BatchTaker, EvaluatedBatch } from './evaluate.js'

/** Accumulates the scores of a model on examples. */
export class ExampleScores implements BatchTaker {
  readonly #split: Split
  readonly #count: number
  readonly #sums = { error: 0, penalty: 0, squaredError: 0, clippedSquaredError: 0 }
  readonly #examples: ExampleMeasures

  /** @param count How many examples of the split, from the first, there will be. */
  constructor(split: Split, count: number) {
    this.#split = split
    this.#count = count
    this.#examples = measureExamples(count)
  }

  add({ start, end, outputs }: EvaluatedBatch): void {
    this.#sums.error += sum(outputs.losses)
    this.#sums.squaredError += sum(outputs.squaredErrors)
    this.#sums.clippedSquaredError += sum(outputs.clippedSquaredErrors)
    this.#sums.penalty += (outputs.penalty?.[0] ?? 0) * (end - start)
    this.#examples.add({
      originals: () => gatherFloats(this.#split, start, end),
      reconstructions: outputs.reconstructions ?? new Float32Array(),
      clippedSquaredErrors: outputs.clippedSquaredErrors ?? new Float32Array(),
    })
  }

  /** The means over all examples. */
  read(): Omit<Evaluation<ExampleRuleId>, 'codes'> {
    const { error, penalty, squaredError, clippedSquaredError } = this.#sums
    return {
      loss: (error + penalty) / this.#count,
      reconstructionError: error / this.#count,
      meanSquaredError: squaredError / this.#count,
      clippedMeanSquaredError: clippedSquaredError / this.#count,
      ofExamples: this.#examples.measured,
    }
  }
}

function sum(values: Float32Array | undefined): number {
  return values?.reduce((total, value) => total + value, 0) ?? Number.NaN
}

function gatherFloats(split: Split, start: number, end: number): Float32Array {
  const indices = Uint32Array.from({ length: end - start }, (_, index) => start + index)
  const values = new Float32Array((indices.length * split.values.length) / split.count)
  gatherExamples(split, { indices, start: 0, end: indices.length }, values)
  return values
}
