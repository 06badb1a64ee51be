import { imageSides, reconstructionRules } from '../measurements/measurementRules.js'
import { squaredErrors } from '../metrics/squaredErrors.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { AnalysisContext } from './AnalysisContext.js'
import type { SubjectMetrics } from './SubjectMetrics.js'

/** What is compared, both [n, size]. */
export interface Compared {
  readonly originals: Float32Array
  readonly reconstructions: Float32Array
  /** Places of the examples in random order. */
  readonly order: Uint32Array
}

/** Compares reconstructions with originals: every metric of reconstructions that applies. */
export function compare({ options, limits }: AnalysisContext, { originals, reconstructions, order }: Compared): Partial<SubjectMetrics> {
  const { exampleShape } = options.dataset
  const sides = imageSides(exampleShape)
  const similarityPlaces = order.subarray(0, limits.structuralSimilarity)
  const errors = squaredErrors(originals, reconstructions, sizeOfShape(exampleShape))
  const results = { sides, originals, reconstructions, errors, similarityPlaces }
  return Object.fromEntries(Object.entries(reconstructionRules).map(([id, rule]) => [id, rule(results)]))
}

/** Compares what is made of all test examples with them. */
export function compareWithTest(context: AnalysisContext, reconstructions: Float32Array): Partial<SubjectMetrics> {
  return compare(context, { originals: context.test.features, reconstructions, order: context.testOrder })
}
