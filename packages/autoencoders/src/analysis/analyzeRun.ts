import { setImmediate } from 'node:timers/promises'
import { type VariationalBound, variationalBound } from '../metrics/variationalBound.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { type AnalysisContext, createAnalysisContext } from './AnalysisContext.js'
import { MOST_TANGENT_UNITS } from './AnalysisLimits.js'
import type { AnalyzeRunOptions } from './AnalyzeRunOptions.js'
import type { Analysis } from './analysisSchema.js'
import { compareSubspaces } from './compareSubspaces.js'
import { compressionCounts, measureCompression } from './measureCompression.js'
import { measureFineTuning } from './measureFineTuning.js'
import { measureGeneralization } from './measureGeneralization.js'
import { measureInpainting } from './measureInpainting.js'
import { activityOf, jacobianCount } from './measureModel.js'
import { featureCounts, measureCleanSubjects, measureCorruptedSubjects } from './measureSubjects.js'
import { measureTangents } from './measureTangents.js'

export interface RunAnalysis {
  /** Plain JSON, as analysisSchema describes. */
  readonly analysis: Analysis
  /**
   * Images for figures by name, [n, height, width]; of tangent directions [examples, directions, height, width], or [examples, directions,
   * 2, 1] for points, which lie at `tangents/points` [examples, 2].
   */
  readonly figures: NamedTensors
}

/**
 * Measures a completed run on held-out data, outside of training: every number of metricCatalog that applies to the model and to what it
 * is compared with, rate-distortion curves, inpainting, tangent spaces. It takes seconds, looks at the first examples where all would take
 * too long, and depends on nothing but its options.
 *
 * Throws AutoencoderError PARAMETERS_MISMATCH where the parameters are not the architecture's, and the signal's reason when aborted.
 */
export async function analyzeRun(options: AnalyzeRunOptions): Promise<RunAnalysis> {
  const started = performance.now()
  const context = await createAnalysisContext(options)
  const next = async <Part>(part: (context: AnalysisContext) => Promise<Part>): Promise<Part> => {
    await setImmediate()
    options.signal?.throwIfAborted()
    return part(context)
  }
  try {
    const clean = await next(measureCleanSubjects)
    const corrupted = await next(measureCorruptedSubjects)
    const generalization = await next(measureGeneralization)
    const rateDistortion = await next(measureCompression)
    const inpainting = await next(measureInpainting)
    const tangents = await next(measureTangents)
    const angles = await next(measureAngles)
    const bound = await next(measureBound)
    const fineTuning = await next(measureFineTuning)
    const [model, ...others] = clean
    const rows = [...(model ? [model] : []), generalization.row, ...corrupted.rows, ...others]
    if (model) {
      model.metrics.inpaintingMeanSquaredError = inpainting.result?.meanSquaredError ?? null
      model.metrics.subspaceAngle = angles?.at(-1) ?? null
      model.metrics.klDivergence = bound?.divergences.reduce((sum, value) => sum + value, 0) ?? null
      // The bound counts the code as well.
      if (bound && options.config.loss === 'binaryCrossEntropy') model.metrics.bitsPerPixel = bound.bernoulliBitsPerPixel
    }
    return {
      analysis: {
        version: 1,
        seconds: (performance.now() - started) / 1000,
        counts: countsOf(context),
        subjects: rows,
        codeUnits: activityOf(context).unitMeans.map((mean, index) => ({
          index,
          mean,
          klDivergence: bound?.divergences[index] ?? null,
        })),
        rateDistortion,
        inpainting: inpainting.result,
        tangents: tangents.results,
        subspaceAngles: angles ?? null,
        fineTuning,
      },
      figures: { ...corrupted.figures, ...generalization.figures, ...inpainting.figures, ...tangents.figures },
    }
  } finally {
    await context.dispose()
  }
}

function countsOf(context: AnalysisContext): Analysis['counts'] {
  const { limits, test, sides, model } = context
  const count = test.labels.length
  return {
    test: count,
    structuralSimilarity: sides ? Math.min(limits.structuralSimilarity, count) : 0,
    ...featureCounts(context, model.latentDimension),
    jacobianNorm: jacobianCount(context),
    compression: sides ? compressionCounts(context).test : 0,
    inpainting: sides ? Math.min(limits.inpainting, count) : 0,
  }
}

async function measureAngles({ model, options, testCodes }: AnalysisContext): Promise<number[] | undefined> {
  if (model.latentDimension > MOST_TANGENT_UNITS) return undefined
  return compareSubspaces(model, options.principalComponents, testCodes.slice(0, 2 * model.latentDimension))
}

function measureBound({ model, test, options }: AnalysisContext): Promise<VariationalBound | undefined> {
  return variationalBound(model, test.features, options.config.training.seed)
}
