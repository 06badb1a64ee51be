import type { Dataset } from '@hourglass/datasets'
import type { CodeSnapshot } from '../measurements/CodeSnapshot.js'
import type { Evaluation } from '../measurements/Evaluation.js'
import type { ExampleRuleId } from '../measurements/measurementRules.js'
import { CodeDistribution } from './CodeDistribution.js'
import { ExampleScores } from './ExampleScores.js'
import { encodeTraining, trainingCodeCount } from './encodeTraining.js'
import { type BatchTaker, evaluate } from './evaluate.js'
import type { Pace } from './Pace.js'
import { ShownExamples } from './ShownExamples.js'
import type { TrainingSession } from './TrainingSession.js'

export interface EvaluateEpochOptions {
  readonly session: TrainingSession
  readonly dataset: Dataset
  /** Test examples that are reconstructed. */
  readonly sampleCount: number
  readonly pace: Pace
}

/** What an epoch leaves to be measured, and to be looked at. */
export interface EvaluatedEpoch {
  readonly evaluation: Evaluation<ExampleRuleId>
  readonly reconstructions: Float32Array
  readonly codes: CodeSnapshot
}

/**
 * Evaluates the model as it is: scores validation examples, and test examples only where none are held out; reconstructs and encodes the first test
 * examples, and encodes the first training examples. Returns undefined when aborted on the way.
 */
export async function evaluateEpoch({ session, dataset, sampleCount, pace }: EvaluateEpochOptions): Promise<EvaluatedEpoch | undefined> {
  const { evaluation, scored, shownBatches, trainBatches, counts, shownCount, latentDimension } = session
  const run = (batches: typeof shownBatches, count: number, takers: readonly BatchTaker[]) =>
    evaluate({ evaluation, batches, count, pace }, takers)
  const exampleSize = dataset.test.values.length / dataset.test.count
  const scores = new ExampleScores(scored.split, scored.count)
  const scoredCodes = new CodeDistribution(latentDimension, scored.count)
  const shown = new ShownExamples({ samples: sampleCount, codes: shownCount, exampleSize, latentDimension })
  let shownCodes = scoredCodes
  if (scored.split === dataset.test) {
    if (!(await run(scored.batches, scored.count, [scores, scoredCodes, shown]))) return undefined
  } else {
    shownCodes = new CodeDistribution(latentDimension, shownCount)
    if (!(await run(scored.batches, scored.count, [scores, scoredCodes]))) return undefined
    if (!(await run(shownBatches, shownCount, [shown, shownCodes]))) return undefined
  }
  const coded = trainingCodeCount(counts.train, latentDimension)
  const training = await encodeTraining({ evaluation, batches: trainBatches, count: coded, latentDimension, pace })
  if (training === undefined) return undefined
  return {
    evaluation: { ...scores.read(), codes: describe(scoredCodes) },
    reconstructions: shown.reconstructions,
    codes: {
      values: shown.codes,
      labels: dataset.test.labels.slice(0, shownCount),
      training: training && { values: training, labels: dataset.train.labels.slice(0, coded) },
      ...describe(shownCodes),
    },
  }
}

function describe(codes: CodeDistribution): Pick<CodeSnapshot, 'dimensions' | 'divergences'> {
  return { dimensions: codes.dimensions(), divergences: codes.divergences }
}
