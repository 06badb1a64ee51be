import { z } from 'zod'
import { pickRows } from '../../tensors/pickRows.js'
import { analysisPart } from '../AnalysisPart.js'
import { count, described } from '../partSchema.js'

/** As many training images can be looked at one by one. */
const MOST_PLACED = 100

/** Places training images along a code of one unit: all of them, or a random hundred. */
export const codeLine = analysisPart({
  schema: z
    .array(z.strictObject({ label: count, code: z.number() }))
    .default([])
    .meta(
      described(
        'Training images by rising code, each with its class: all of them, or a random hundred; none where a code has more units than one, and for other data. Images are in the same order.',
      ),
    ),

  figure: 'a code of one unit as a line, training images at their places, and what is decoded between them',

  async measure({ model, train, sides, size, options }) {
    if (!sides || model.latentDimension !== 1) return undefined
    const placed = Math.min(MOST_PLACED, options.config.data.trainCount ?? options.dataset.train.count, train.labels.length)
    const codes = await model.encode(train.features.subarray(0, placed * size))
    if (!codes.every(Number.isFinite)) return undefined
    const rising = Uint32Array.from(codes.keys()).sort((a, b) => (codes[a] ?? 0) - (codes[b] ?? 0))
    return {
      value: Array.from(rising, (place) => ({ label: train.labels[place] ?? 0, code: codes[place] ?? 0 })),
      figures: { 'codeLine/images': { shape: [placed, ...sides], values: pickRows(train.features, size, rising) } },
    }
  },
})
