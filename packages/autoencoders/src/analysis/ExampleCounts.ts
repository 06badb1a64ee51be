import { z } from 'zod'
import { count } from './partSchema.js'

/** How many examples a part looked at; none where it does not apply or an earlier analysis lacks it. */
const examples = count.default(0)

/** Describes how many examples each part looked at. */
export const exampleCountsSchema = z.strictObject({
  test: examples,
  structuralSimilarity: examples,
  linearProbeTrain: examples,
  linearProbeTest: examples,
  kMeans: examples,
  jacobianNorm: examples,
  jacobianSpectra: examples,
  compression: examples,
  inpainting: examples,
  importanceWeighted: examples,
  /** Training examples whose reconstructions are measured, and those of them whose SSIM is. */
  training: examples,
  trainingSimilarity: examples,
  /** Images of pure noise. */
  noise: examples,
  /** Training examples that the Wiener filter is fitted to. */
  wienerFilter: examples,
})

export type ExampleCounts = z.output<typeof exampleCountsSchema>

/** Counts of an analysis that looked at nothing. */
export const noExamples: ExampleCounts = exampleCountsSchema.parse({})
