import { z } from 'zod'
import { codeRateDistortion } from '../../compression/codeRateDistortion.js'
import { jpegRateDistortion } from '../../compression/jpegRateDistortion.js'
import { type AnalysisContext, sampleTest } from '../AnalysisContext.js'
import { rowsWithin } from '../AnalysisLimits.js'
import { analysisPart } from '../AnalysisPart.js'
import { described } from '../partSchema.js'
import { firstRows } from '../takeExamples.js'

/** Code values that are compressed, and that frequencies are fitted to. */
const COMPRESSED_VALUES = 200_000
const FITTED_VALUES = 400_000

/** Says how many examples are compressed, and how many frequencies are fitted to. */
function compressionCounts({ model, limits, train, test }: AnalysisContext) {
  const width = model.latentDimension
  return {
    train: rowsWithin(FITTED_VALUES, { width, most: Math.min(limits.compressionTrain, train.labels.length) }),
    test: rowsWithin(COMPRESSED_VALUES, { width, most: Math.min(limits.compressionTest, test.labels.length) }),
  }
}

/** Measures what a pixel costs and how good it then is, with the model, PCA and JPEG; nothing for data that are no images. */
export const rateDistortion = analysisPart({
  schema: z
    .array(
      z.strictObject({
        codec: z.enum(['MODEL', 'PCA', 'JPEG']),
        points: z.array(
          z.strictObject({
            setting: z.number().meta(described('Step of quantisation as a share of the codes’ spread, or JPEG’s quality.')),
            bitsPerPixel: z.number().meta(described('Bits of the compressed bytes over pixels of the images.')),
            meanSquaredError: z.number(),
            peakSignalToNoiseRatio: z.number(),
          }),
        ),
      }),
    )
    .default([])
    .meta(described('A curve for each codec of images.')),

  async measure(context) {
    const { model, pca, sides } = context
    if (!sides) return undefined
    const counts = compressionCounts(context)
    const sets = { train: firstRows(context.train, counts.train).features, test: sampleTest(context, counts.test).features }
    const value = [
      { codec: 'MODEL' as const, points: await codeRateDistortion(model, sets) },
      { codec: 'PCA' as const, points: await codeRateDistortion(pca, sets) },
      { codec: 'JPEG' as const, points: await jpegRateDistortion(sets.test, { height: sides[0], width: sides[1] }) },
    ]
    return { value, counts: { compression: counts.test } }
  },
})
