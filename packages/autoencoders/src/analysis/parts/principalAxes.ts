import { z } from 'zod'
import { analysisPart } from '../AnalysisPart.js'
import { described } from '../partSchema.js'

/** Points of more coordinates cannot be drawn with their axes. */
const MOST_COORDINATES = 3

/** Tells the axes along which training points vary: the eigenvectors of their covariance, with the standard deviations along them. Nothing of images. */
export const principalAxes = analysisPart({
  schema: z
    .strictObject({
      mean: z.array(z.number()).meta(described('Of the training points, a number for each coordinate.')),
      eigenvectors: z.array(
        z.strictObject({
          direction: z.array(z.number()).meta(described('An eigenvector of length 1, its coordinate of largest magnitude positive.')),
          standardDeviation: z.number().meta(described('Of the training points along it.')),
        }),
      ),
    })
    .nullable()
    .default(null)
    .meta(described('The mean of training points and their principal axes, by falling standard deviation; null for images.')),

  figure: 'points with their principal components, and where each run puts them',

  async measure({ size, sides, options }) {
    const { mean, components, variances, rank } = options.principalComponents
    if (sides || size > MOST_COORDINATES) return undefined
    const eigenvectors = Array.from({ length: rank }, (_, axis) => ({
      direction: withSign([...components.subarray(axis * size, (axis + 1) * size)]),
      standardDeviation: Math.sqrt(variances[axis] ?? 0),
    }))
    return { value: { mean: [...mean], eigenvectors } }
  },
})

/** An eigenvector has no sign of its own. */
function withSign(direction: readonly number[]): number[] {
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  return direction.map((value) => (largest < 0 ? -value : value))
}
