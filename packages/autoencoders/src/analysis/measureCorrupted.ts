import { medianFilter } from '@hourglass/datasets'
import type { AnalysisContext } from './AnalysisContext.js'
import type { PartResult } from './AnalysisPart.js'
import { corruptInOrder } from './corruptExamples.js'
import { figureOf } from './figures.js'
import { filterExamples } from './filterExamples.js'
import { compareWithTest } from './measureReconstructions.js'
import { firstRows } from './takeExamples.js'

/** The noise of the examples that the Wiener filter is fitted to, the same for all runs of a data set. */
const FILTER_NOISE = { seed: 0, stream: 'analysis/filter' }

/** Measures what is made of corrupted test examples against the clean ones: by the model, and by what sees the same of them. */
export async function measureCorruptedSubjects(context: AnalysisContext): Promise<PartResult<null> | undefined> {
  const { model, pca, sides, size, train, test, limits, options } = context
  const { corruption } = options.config
  if (corruption.kind === 'none') return undefined
  const compare = (reconstructions: Float32Array) => compareWithTest(context, reconstructions)
  const corrupted = corruptInOrder(test.features, corruption, size)
  const denoised = await model.decode(await model.encode(corrupted))
  const projected = await pca.decode(await pca.encode(corrupted))
  const { features: clean, labels: fitted } = firstRows(train, limits.wienerFilter)
  const { engine, principalComponents, dataset } = options
  const wiener = await filterExamples(corrupted, {
    ...{ engine, principalComponents, exampleShape: dataset.exampleShape, clean },
    corrupted: corruptInOrder(clean, corruption, size, FILTER_NOISE),
  })
  const subjects = {
    DENOISED: compare(denoised),
    CORRUPTED: compare(corrupted),
    CORRUPTED_PCA: compare(projected),
    WIENER_FILTER: compare(wiener),
  }
  const counts = { wienerFilter: fitted.length }
  if (!sides) return { value: null, subjects, counts }
  const filtered = medianFilter(corrupted, { height: sides[0], width: sides[1] })
  const figures = {
    'denoising/originals': figureOf(test.features, sides),
    'denoising/corrupted': figureOf(corrupted, sides),
    'denoising/denoised': figureOf(denoised, sides),
    'denoising/pca': figureOf(projected, sides),
    'denoising/wienerFilter': figureOf(wiener, sides),
    'denoising/medianFilter': figureOf(filtered, sides),
  }
  return { value: null, subjects: { ...subjects, MEDIAN_FILTER: compare(filtered) }, counts, figures }
}
