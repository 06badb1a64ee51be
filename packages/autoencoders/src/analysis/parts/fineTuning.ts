import { z } from 'zod'
import { analysisPart } from '../AnalysisPart.js'
import { count, described } from '../partSchema.js'

/** Trains the classifier that a configuration asks for twice: from the run's encoder, and from random weights of the same seed. */
export const fineTuning = analysisPart({
  schema: z
    .strictObject({
      labels: count,
      epochs: count,
      pretrainedTestError: z
        .number()
        .meta(described('Share of test examples that are given another class than theirs, starting from the run’s encoder.')),
      randomTestError: z.number().meta(described('The same, starting from random weights.')),
    })
    .nullable()
    .default(null)
    .meta(
      described(
        'Classifiers trained on few labels, from this encoder and from random weights; null where the configuration asks for none.',
      ),
    ),

  figure: 'the test errors of classifiers of few labels, from each encoder and from random weights',

  async measure({ options }) {
    const { fineTuneClassifier } = await import('../../supervised/fineTuneClassifier.js')
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
  },
})
