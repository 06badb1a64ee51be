import { codeRateDistortion } from '../compression/codeRateDistortion.js'
import { jpegRateDistortion } from '../compression/jpegRateDistortion.js'
import type { AnalysisContext } from './AnalysisContext.js'
import { rowsWithin } from './AnalysisLimits.js'
import type { PartResult } from './AnalysisPart.js'
import type { Analysis } from './analysisSchema.js'
import { firstRows } from './takeExamples.js'

/** Code values that are compressed, and that frequencies are fitted to. */
const COMPRESSED_VALUES = 200_000
const FITTED_VALUES = 400_000

/** How many examples are compressed, and how many frequencies are fitted to. */
export function compressionCounts({ model, limits, train, test }: AnalysisContext) {
  const width = model.latentDimension
  return {
    train: rowsWithin(FITTED_VALUES, { width, most: Math.min(limits.compressionTrain, train.labels.length) }),
    test: rowsWithin(COMPRESSED_VALUES, { width, most: Math.min(limits.compressionTest, test.labels.length) }),
  }
}

/** Measures what a pixel costs and how good it then is, with the model, PCA and JPEG; nothing for data that are no images. */
export async function measureCompression(context: AnalysisContext): Promise<PartResult<Analysis['rateDistortion']> | undefined> {
  const { model, pca, sides } = context
  if (!sides) return undefined
  const counts = compressionCounts(context)
  const sets = { train: firstRows(context.train, counts.train).features, test: firstRows(context.test, counts.test).features }
  const value: Analysis['rateDistortion'] = [
    { codec: 'MODEL', points: await codeRateDistortion(model, sets) },
    { codec: 'PCA', points: await codeRateDistortion(pca, sets) },
    { codec: 'JPEG', points: await jpegRateDistortion(sets.test, { height: sides[0], width: sides[1] }) },
  ]
  return { value, counts: { compression: counts.test } }
}
