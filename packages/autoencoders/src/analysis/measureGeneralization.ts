import type { NamedTensors } from '../tensors/NamedTensors.js'
import type { AnalysisContext } from './AnalysisContext.js'
import { FIGURE_IMAGES, figureOf } from './figures.js'
import { drawNoise } from './measureNoise.js'
import { compareWith } from './measureReconstructions.js'
import { firstRows } from './takeExamples.js'
import { type SubjectRow, toRow } from './toRow.js'

/**
 * Measures reconstructions of training examples, and shows them beside those of test examples, of PCA with as many components, and of
 * noise: what was learned by heart is good on the first alone, what has learned to copy on all of them.
 */
export async function measureGeneralization(
  context: AnalysisContext,
): Promise<{ readonly row: SubjectRow; readonly figures: NamedTensors }> {
  const { model, pca, sides, limits, test, testCodes } = context
  const { features } = firstRows(context.train, limits.training)
  const reconstructed = await model.decode(await model.encode(features))
  const row = toRow('TRAINING', compareWith(context, features, reconstructed))
  if (!sides) return { row, figures: {} }
  const shown = firstRows(test, FIGURE_IMAGES).features
  const noise = drawNoise(context, FIGURE_IMAGES)
  return {
    row,
    figures: {
      'generalization/training': figureOf(features, sides),
      'generalization/trainingReconstructions': figureOf(reconstructed, sides),
      'generalization/test': figureOf(shown, sides),
      'generalization/testReconstructions': figureOf(await model.decode(testCodes.slice(0, FIGURE_IMAGES * model.latentDimension)), sides),
      'generalization/pcaReconstructions': figureOf(await pca.decode(await pca.encode(shown)), sides),
      'generalization/noise': figureOf(noise, sides),
      'generalization/noiseReconstructions': figureOf(await model.decode(await model.encode(noise)), sides),
    },
  }
}
