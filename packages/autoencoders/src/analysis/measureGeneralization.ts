import type { AnalysisContext } from './AnalysisContext.js'
import type { PartResult } from './AnalysisPart.js'
import { FIGURE_IMAGES, figureOf } from './figures.js'
import { drawNoise } from './measureNoise.js'
import { compare } from './measureReconstructions.js'
import { firstRows } from './takeExamples.js'

/**
 * Measures reconstructions of training examples, and shows them beside those of test examples, of PCA with as many components, and of
 * noise: what was learned by heart is good on the first alone, what has learned to copy on all of them.
 */
export async function measureGeneralization(context: AnalysisContext): Promise<PartResult<null>> {
  const { model, pca, sides, limits, test, testReconstructions } = context
  const { features, labels } = firstRows(context.train, limits.training)
  const reconstructed = await model.decode(await model.encode(features))
  const order = Uint32Array.from({ length: labels.length }, (_, index) => index)
  const subjects = { TRAINING: compare(context, { originals: features, reconstructions: reconstructed, order }) }
  const counts = { training: labels.length, trainingSimilarity: sides ? Math.min(limits.structuralSimilarity, labels.length) : 0 }
  if (!sides) return { value: null, subjects, counts }
  const shown = firstRows(test, FIGURE_IMAGES).features
  const noise = drawNoise(context, FIGURE_IMAGES)
  return {
    value: null,
    subjects,
    counts,
    figures: {
      'generalization/training': figureOf(features, sides),
      'generalization/trainingReconstructions': figureOf(reconstructed, sides),
      'generalization/test': figureOf(shown, sides),
      'generalization/testReconstructions': figureOf(testReconstructions, sides),
      'generalization/pcaReconstructions': figureOf(await pca.decode(await pca.encode(shown)), sides),
      'generalization/noise': figureOf(noise, sides),
      'generalization/noiseReconstructions': figureOf(await model.decode(await model.encode(noise)), sides),
    },
  }
}
