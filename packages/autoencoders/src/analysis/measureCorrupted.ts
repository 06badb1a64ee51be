import { medianFilter } from '@hourglass/datasets'
import { EngineModel } from '../inference/EngineModel.js'
import { toLinearModel } from '../pca/toLinearModel.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { PartResult } from './AnalysisPart.js'
import { corruptInOrder } from './corruptExamples.js'
import { figureOf } from './figures.js'
import { compareWithTest } from './measureReconstructions.js'
import { firstRows } from './takeExamples.js'
import { fitWienerFilter } from './wienerFilter.js'

/** The noise of the examples that the Wiener filter is fitted to, the same for all runs of a data set. */
const FILTER_NOISE = { seed: 0, stream: 'analysis/filter' }

/** Measures what is made of corrupted test examples against the clean ones: by the model, and by what sees the same of them. */
export async function measureCorruptedSubjects(context: AnalysisContext): Promise<PartResult<null> | undefined> {
  const { model, pca, sides, size, test, options } = context
  const { corruption } = options.config
  if (corruption.kind === 'none') return undefined
  const compare = (reconstructions: Float32Array) => compareWithTest(context, reconstructions)
  const corrupted = corruptInOrder(test.features, corruption, size)
  const denoised = await model.decode(await model.encode(corrupted))
  const projected = await pca.decode(await pca.encode(corrupted))
  const wiener = await filterLinearly(context, corrupted)
  const subjects = {
    DENOISED: compare(denoised),
    CORRUPTED: compare(corrupted),
    CORRUPTED_PCA: compare(projected),
    WIENER_FILTER: compare(wiener),
  }
  if (!sides) return { value: null, subjects }
  const filtered = medianFilter(corrupted, { height: sides[0], width: sides[1] })
  const figures = {
    'denoising/originals': figureOf(test.features, sides),
    'denoising/corrupted': figureOf(corrupted, sides),
    'denoising/denoised': figureOf(denoised, sides),
    'denoising/pca': figureOf(projected, sides),
    'denoising/wienerFilter': figureOf(wiener, sides),
    'denoising/medianFilter': figureOf(filtered, sides),
  }
  return { value: null, subjects: { ...subjects, MEDIAN_FILTER: compare(filtered) }, figures }
}

async function filterLinearly({ options, train, limits, size }: AnalysisContext, corrupted: Float32Array): Promise<Float32Array> {
  const { engine, principalComponents, dataset, config } = options
  const basis = new EngineModel(engine, toLinearModel(principalComponents, Math.max(1, principalComponents.rank), dataset.exampleShape))
  try {
    const clean = firstRows(train, limits.wienerFilter).features
    const filter = await fitWienerFilter({ basis, clean, corrupted: corruptInOrder(clean, config.corruption, size, FILTER_NOISE) })
    return await filter(corrupted)
  } finally {
    await basis.dispose()
  }
}
