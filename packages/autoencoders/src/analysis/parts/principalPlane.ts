import { z } from 'zod'
import { analysisPart } from '../AnalysisPart.js'
import { count, described } from '../partSchema.js'
import { firstRows } from '../takeExamples.js'

/** As many test examples as have their codes stored with every epoch, and the same ones. */
const MAPPED = 2000

/** Projects the test examples whose codes are stored onto the first two principal components of the training images; of runs with two code units alone. */
export const principalPlane = analysisPart({
  schema: z
    .strictObject({
      examples: count.meta(described('How many test examples are projected, from the first.')),
      varianceShares: z
        .array(z.number())
        .meta(described('Of the training images’ variance, the shares along the first component and along the second.')),
    })
    .nullable()
    .default(null)
    .meta(described('The plane of two principal components that a code of two units is set beside; null for other runs.')),

  async measure({ model, pca, test, sides, size, options }) {
    const { mean, components, variances, rank } = options.principalComponents
    if (!sides || model.latentDimension !== 2 || rank < 2) return undefined
    const { features, labels } = firstRows(test, Math.min(MAPPED, test.labels.length))
    const codes = await pca.encode(features) // [examples, 2]
    const total = variances.reduce((sum, variance) => sum + variance, 0)
    return {
      value: { examples: labels.length, varianceShares: [...variances.subarray(0, 2)].map((variance) => variance / total) },
      figures: {
        'principalPlane/codes': { shape: [labels.length, 2], values: codes },
        // The mean, then both components: mean + c₁ component₁ + c₂ component₂ is decoded of (c₁, c₂).
        'principalPlane/decoder': { shape: [3, size], values: Float32Array.from([...mean, ...components.subarray(0, 2 * size)]) },
      },
    }
  },
})
