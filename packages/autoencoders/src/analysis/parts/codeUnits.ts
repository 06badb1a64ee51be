import { z } from 'zod'
import { analysisPart } from '../AnalysisPart.js'
import { count, described, measured } from '../partSchema.js'

/** Describes each unit of the code, and what a variational autoencoder promises by all of them. */
export const codeUnits = analysisPart({
  schema: z
    .array(
      z.strictObject({
        index: count,
        mean: z.number(),
        klDivergence: measured.meta(
          described('Divergence of the unit from the prior; null unless the encoder is variational. Unit: nats.'),
        ),
      }),
    )
    .default([])
    .meta(described('Each unit of the code over the test examples.')),

  async measure(context) {
    const { activityOf } = await import('../measureModel.js')
    const { variationalBound } = await import('../../metrics/variationalBound.js')
    const { model, test, options } = context
    const bound = await variationalBound(model, test.features, options.config.training.seed)
    const value = activityOf(context).unitMeans.map((mean, index) => ({ index, mean, klDivergence: bound?.divergences[index] ?? null }))
    if (!bound) return { value }
    return {
      value,
      subjects: {
        MODEL: {
          klDivergence: bound.divergences.reduce((sum, divergence) => sum + divergence, 0),
          // The bound counts the code as well.
          ...(options.config.loss === 'binaryCrossEntropy' ? { bitsPerPixel: bound.bernoulliBitsPerPixel } : {}),
        },
      },
    }
  },
})
