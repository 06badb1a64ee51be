import { clipToUnit } from '../metrics/clipToUnit.js'
import { meanSquaredError } from '../metrics/meanSquaredError.js'
import { peakSignalToNoiseRatio } from '../metrics/peakSignalToNoiseRatio.js'
import { structuralSimilarity } from '../metrics/structuralSimilarity.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { SubjectMetrics } from './analysisSchema.js'

export interface ReconstructionOptions {
  readonly exampleShape: readonly number[]
  /** Images that SSIM looks at, from the first. */
  readonly structuralSimilarityCount: number
}

/** Height and width of grey images; undefined for other data. */
export function imageSides(exampleShape: readonly number[]): readonly [height: number, width: number] | undefined {
  const [height, width] = exampleShape
  return exampleShape.length === 2 && height !== undefined && width !== undefined ? [height, width] : undefined
}

/** Compares reconstructions with originals as many as the analysis looks at. */
export function compareWith(
  { options, limits }: AnalysisContext,
  originals: Float32Array,
  reconstructions: Float32Array,
): Partial<SubjectMetrics> {
  const { exampleShape } = options.dataset
  const count = originals.length / sizeOfShape(exampleShape)
  const structuralSimilarityCount = Math.min(limits.structuralSimilarity, count)
  return measureReconstructions(originals, reconstructions, { exampleShape, structuralSimilarityCount })
}

/** Measures how close reconstructions [n, size] are to originals; points have no peak, no bounds and no structure, and only their error. */
export function measureReconstructions(
  originals: Float32Array,
  reconstructions: Float32Array,
  { exampleShape, structuralSimilarityCount }: ReconstructionOptions,
): Partial<SubjectMetrics> {
  const unclippedMeanSquaredError = meanSquaredError(originals, reconstructions)
  const sides = imageSides(exampleShape)
  if (!sides) return { meanSquaredError: unclippedMeanSquaredError, unclippedMeanSquaredError }
  const shown = clipToUnit(reconstructions)
  const size = sides[0] * sides[1]
  const front = structuralSimilarityCount * size
  return {
    meanSquaredError: meanSquaredError(originals, shown),
    unclippedMeanSquaredError,
    peakSignalToNoiseRatio: peakSignalToNoiseRatio(originals, shown, size),
    structuralSimilarity: structuralSimilarity(originals.subarray(0, front), shown.subarray(0, front), sides),
  }
}
