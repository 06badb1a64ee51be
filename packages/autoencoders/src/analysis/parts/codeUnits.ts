import { z } from 'zod'
import { lossRows } from '../../config/lossRows.js'
import { sampleTest } from '../AnalysisContext.js'
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
    const { importanceWeightedBound } = await import('../../metrics/importanceWeightedBound.js')
    const { model, test, options, limits } = context
    const { evaluation, loss, training } = options.config
    const bound = await variationalBound(model, test.features, training.seed)
    const value = activityOf(context).unitMeans.map((mean, index) => ({ index, mean, klDivergence: bound?.divergences[index] ?? null }))
    if (!bound) return { value }
    const { importanceSamples: samples } = evaluation
    const { isBernoulli } = lossRows[loss]
    const count = Math.min(limits.importanceWeighted, test.labels.length)
    const looked = count < test.labels.length ? sampleTest(context, count) : test
    const tighter =
      isBernoulli && samples !== null ? await importanceWeightedBound(model, looked.features, { samples, seed: training.seed }) : undefined
    return {
      value,
      counts: { importanceWeighted: tighter === undefined ? 0 : count },
      subjects: {
        MODEL: {
          klDivergence: bound.divergences.reduce((sum, divergence) => sum + divergence, 0),
          // The bound counts the code as well.
          ...(isBernoulli ? { bitsPerPixel: bound.bernoulliBitsPerPixel } : {}),
          ...(tighter === undefined ? {} : { importanceWeightedBitsPerPixel: tighter }),
        },
      },
    }
  },
})
