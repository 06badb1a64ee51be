import { variationalBound } from '../metrics/variationalBound.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { PartResult } from './AnalysisPart.js'
import type { Analysis } from './analysisSchema.js'
import { activityOf } from './measureModel.js'

/** Describes each unit of the code, and what a variational autoencoder promises by all of them. */
export async function measureCodeUnits(context: AnalysisContext): Promise<PartResult<Analysis['codeUnits']>> {
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
}
