import { fineTuneClassifier } from '../supervised/fineTuneClassifier.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { PartResult } from './AnalysisPart.js'
import type { Analysis } from './analysisSchema.js'

/** Trains the classifier that a configuration asks for twice: from the run's encoder, and from random weights of the same seed. */
export async function measureFineTuning({ options }: AnalysisContext): Promise<PartResult<Analysis['fineTuning']> | undefined> {
  const { config, parameters, dataset, engine, signal } = options
  const { labels, fineTuningEpochs: epochs } = config.evaluation
  if (labels === null) return undefined
  const { architecture, data, training } = config
  const shared = {
    architecture,
    dataset,
    labels,
    engine,
    epochs,
    seed: training.seed,
    trainCount: data.trainCount,
    testCount: data.testCount,
    signal,
  }
  const pretrained = await fineTuneClassifier({ ...shared, parameters })
  const random = await fineTuneClassifier({ ...shared, parameters: null })
  return { value: { labels, epochs, pretrainedTestError: pretrained.testError, randomTestError: random.testError } }
}
