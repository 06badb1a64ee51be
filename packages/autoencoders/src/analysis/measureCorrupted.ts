import { medianFilter } from '@hourglass/datasets'
import { isNone } from '../config/isNone.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { PartResult } from './AnalysisPart.js'
import { corruptInOrder } from './corruptExamples.js'
import { FIGURE_IMAGES, figureOf } from './figures.js'
import { filterExamples } from './filterExamples.js'
import { compareWithTest } from './measureReconstructions.js'
import type { SubjectMetrics } from './SubjectMetrics.js'
import { firstRows } from './takeExamples.js'

/** The noise of the examples that the Wiener filter is fitted to, the same for all runs of a data set. */
const FILTER_NOISE = { seed: 0, stream: 'analysis/filter' }

/** Measures what is made of corrupted test examples against the clean ones: by the model, and by what sees the same of them. */
export async function measureCorruptedSubjects(context: AnalysisContext): Promise<PartResult<null> | undefined> {
  const { model, sides, size, test, limits, train, options } = context
  const { corruption } = options.config
  if (isNone(corruption)) return undefined
  const corrupted = corruptInOrder(test.features, { corruption, size })
  const denoised = await model.decode(await model.encode(corrupted))
  const components = context.pca.latentDimension
  const compared = await context.share('corrupted', { corruption }, () => compareFilters(context, corrupted))
  const projected = await context.share('pca of corrupted', { corruption, components }, () => projectCorrupted(context, corrupted))
  const subjects = {
    DENOISED: compareWithTest(context, denoised),
    CORRUPTED: compared.CORRUPTED.metrics,
    CORRUPTED_PCA: projected.metrics,
    WIENER_FILTER: compared.WIENER_FILTER.metrics,
    ...(compared.MEDIAN_FILTER ? { MEDIAN_FILTER: compared.MEDIAN_FILTER.metrics } : {}),
  }
  const counts = { wienerFilter: Math.min(limits.wienerFilter, train.labels.length) }
  if (!sides || !compared.MEDIAN_FILTER) return { value: null, subjects, counts }
  const figures = {
    'denoising/originals': figureOf(test.features, sides),
    'denoising/corrupted': figureOf(corrupted, sides),
    'denoising/denoised': figureOf(denoised, sides),
    'denoising/pca': figureOf(projected.shown, sides),
    'denoising/wienerFilter': figureOf(compared.WIENER_FILTER.shown, sides),
    'denoising/medianFilter': figureOf(compared.MEDIAN_FILTER.shown, sides),
  }
  return { value: null, subjects, counts, figures }
}

/** What is made of corrupted test examples by something that was not trained on them. */
interface ComparedExamples {
  readonly metrics: Partial<SubjectMetrics>
  /** Those that figures show, [n, size]. */
  readonly shown: Float32Array
}

function compareExamples(context: AnalysisContext, examples: Float32Array): ComparedExamples {
  return { metrics: compareWithTest(context, examples), shown: examples.slice(0, FIGURE_IMAGES * context.size) }
}

/** Compares corrupted test examples with the clean ones, as they are and filtered; a median filter is one of images. */
async function compareFilters(context: AnalysisContext, corrupted: Float32Array) {
  const { sides, size, train, limits, options } = context
  const { engine, principalComponents, dataset, config } = options
  const clean = firstRows(train, limits.wienerFilter).features
  const wiener = await filterExamples(corrupted, {
    ...{ engine, principalComponents, exampleShape: dataset.exampleShape, clean },
    corrupted: corruptInOrder(clean, { corruption: config.corruption, size, stream: FILTER_NOISE }),
  })
  const median = sides && medianFilter(corrupted, { height: sides[0], width: sides[1] })
  return {
    CORRUPTED: compareExamples(context, corrupted),
    WIENER_FILTER: compareExamples(context, wiener),
    MEDIAN_FILTER: median && compareExamples(context, median),
  }
}

async function projectCorrupted(context: AnalysisContext, corrupted: Float32Array): Promise<ComparedExamples> {
  return compareExamples(context, await context.pca.decode(await context.pca.encode(corrupted)))
}
