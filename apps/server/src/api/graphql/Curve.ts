import type { SeriesPoint } from '../../database/SeriesPoint.js'
import { builder } from './builder.js'
import { finiteOrNull } from './measurementFields.js'

/** More than a screen shows of a value, and half of what a double takes to write. */
const DIGITS = 5

/** Losses over epochs in columns, for a drawing in a row of a table: a list of objects would be three times as long. */
export const CurveType = builder.objectRef<readonly SeriesPoint[]>('Curve').implement({
  description: `Losses over epochs in columns of equal length, rounded to ${DIGITS} digits; null stands for a value that is not finite.`,
  fields: (t) => ({
    epochs: t.intList({ resolve: (metrics) => metrics.map(({ at }) => at) }),
    trainLoss: t.field({
      type: ['Float'],
      nullable: { list: false, items: true },
      resolve: (metrics) => metrics.map(({ values }) => rounded(values.trainLoss)),
    }),
    validationLoss: t.field({
      type: ['Float'],
      nullable: { list: false, items: true },
      resolve: (metrics) => metrics.map(({ values }) => rounded(values.validationLoss)),
    }),
  }),
})

function rounded(given: number | undefined): number | null {
  const value = finiteOrNull(given)
  return value === null ? null : Number(value.toPrecision(DIGITS))
}
