import { imageSides, reconstructionRules } from '../measurements/measurementRules.js'
import { clipToUnit } from '../metrics/clipToUnit.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { SubjectMetrics } from './SubjectMetrics.js'

/** Compares reconstructions [n, size] with originals as many as the analysis looks at: every metric of reconstructions that applies. */
export function compareWith(
  { options, limits }: AnalysisContext,
  originals: Float32Array,
  reconstructions: Float32Array,
): Partial<SubjectMetrics> {
  const { exampleShape } = options.dataset
  const sides = imageSides(exampleShape)
  const structuralSimilarityCount = Math.min(limits.structuralSimilarity, originals.length / sizeOfShape(exampleShape))
  const shown = sides ? clipToUnit(reconstructions) : reconstructions
  const results = { exampleShape, sides, originals, reconstructions, shown, structuralSimilarityCount }
  return Object.fromEntries(Object.entries(reconstructionRules).map(([id, rule]) => [id, rule(results)]))
}
