import { z } from 'zod'
import { analysisPart } from '../AnalysisPart.js'
import { count, described } from '../partSchema.js'
import { firstRows } from '../takeExamples.js'

/** More training images than this are not learned by heart, and comparing each with each takes long. */
const MOST_STORED = 100
const LOOKED_AT = 200
/** Mean squared difference below which two images of digits are the same one to the eye: those of different people are about 0.1 apart. */
const SAME = 0.03

/** Measures how many new images become one of a few training images; nothing of runs of many, and of data that are no images. */
export const storedExamples = analysisPart({
  schema: z
    .strictObject({
      stored: count.meta(described('How many training images there are.')),
      examples: count.meta(described('How many test images were looked at.')),
      share: z
        .number()
        .meta(described(`Share of test images whose reconstruction has a mean squared difference below ${SAME} to a training image.`)),
    })
    .nullable()
    .default(null)
    .meta(described('Whether few training images are stored, and new ones become one of them; null for runs of many, and for other data.')),

  async measure({ model, train, test, sides, size, options }) {
    const stored = options.config.data.trainCount ?? options.dataset.train.count
    if (!sides || stored > MOST_STORED) return undefined
    const images = firstRows(test, Math.min(LOOKED_AT, test.labels.length)).features
    const made = await model.decode(await model.encode(images))
    const examples = images.length / size
    const rowsOf = (values: Float32Array, rows: number) =>
      Array.from({ length: rows }, (_, index) => values.subarray(size * index, size * (index + 1)))
    const known = rowsOf(train.features, stored)
    const same = rowsOf(made, examples).filter((image) => known.some((each) => meanSquare(image, each) < SAME)).length
    return { value: { stored, examples, share: same / examples } }
  },
})

function meanSquare(values: Float32Array, others: Float32Array): number {
  return values.reduce((sum, value, index) => sum + (value - (others[index] ?? 0)) ** 2, 0) / values.length
}
