import { z } from 'zod'
import { squaredErrors } from '../../metrics/squaredErrors.js'
import { pickRows } from '../../tensors/pickRows.js'
import { analysisPart } from '../AnalysisPart.js'
import { count, described, measured } from '../partSchema.js'
import { rankByError } from '../rankByError.js'

/** Images that are kept of each end of the ranking. */
const SHOWN = 40
/** No data set has more. */
const MOST_CLASSES = 10

/** Measures the error of each test example by itself, and how the errors of each class are spread; keeps the images with the least and the greatest. */
export const exampleErrors = analysisPart({
  schema: z
    .strictObject({
      examples: count.meta(described('All test examples of the run.')),
      shown: count.meta(
        described(
          'Images with the least and with the greatest errors, as many of each, that are among the figures; 0 of data that are no images.',
        ),
      ),
      classes: z
        .array(
          z.strictObject({
            label: count,
            examples: count,
            mean: measured,
            least: measured,
            lowerQuartile: measured,
            median: measured,
            upperQuartile: measured,
            greatest: measured,
          }),
        )
        .max(MOST_CLASSES)
        .meta(described('How the mean squared errors of the examples of each class are spread, class by class.')),
    })
    .nullable()
    .default(null)
    .meta(
      described(
        'Mean squared error of each test example, of images clipped to 0…1. The figure exampleErrors/errors holds them all, [examples, 2]: error and class; null of analyses by earlier versions.',
      ),
    ),

  async measure({ test: { features, labels }, testReconstructions, sides, size }) {
    const both = squaredErrors(features, testReconstructions, size)
    const errors = Float32Array.from(sides ? both.clipped : both.unclipped)
    const ranking = rankByError(errors)
    const shown = sides ? Math.min(SHOWN, errors.length) : 0
    const table = new Float32Array(2 * errors.length)
    errors.forEach((error, place) => {
      table.set([error, labels[place] ?? 0], 2 * place)
    })
    const stripsOf = (name: string, places: Uint32Array) => {
      const [height, width] = sides ?? [0, 0]
      const strip = (values: Float32Array) => ({ shape: [places.length, height, width], values: pickRows(values, size, places) })
      return { [`exampleErrors/${name}`]: strip(features), [`exampleErrors/${name}Reconstructions`]: strip(testReconstructions) }
    }
    return {
      value: { examples: errors.length, shown, classes: spreadsOf(errors, labels, ranking) },
      figures: {
        'exampleErrors/errors': { shape: [errors.length, 2], values: table },
        ...(shown > 0 ? { ...stripsOf('best', ranking.slice(0, shown)), ...stripsOf('worst', ranking.slice(-shown).reverse()) } : {}),
      },
    }
  },
})

/** Quartiles lie between the two errors that are nearest, as in most libraries (type 7 of Hyndman and Fan, 1996). */
function spreadsOf(errors: Float32Array, labels: Uint8Array, ranking: Uint32Array) {
  const byClass = new Map<number, number[]>()
  for (const place of ranking) {
    const label = labels[place] ?? 0
    const own = byClass.get(label) ?? []
    own.push(errors[place] as number)
    byClass.set(label, own)
  }
  return [...byClass]
    .sort(([a], [b]) => a - b)
    .map(([label, sorted]) => ({
      label,
      examples: sorted.length,
      mean: finiteOrNull(sorted.reduce((sum, error) => sum + error, 0) / sorted.length),
      least: quantile(sorted, 0),
      lowerQuartile: quantile(sorted, 0.25),
      median: quantile(sorted, 0.5),
      upperQuartile: quantile(sorted, 0.75),
      greatest: quantile(sorted, 1),
    }))
}

function quantile(sorted: readonly number[], share: number): number | null {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return finiteOrNull(below + (place - Math.floor(place)) * (above - below))
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null)
