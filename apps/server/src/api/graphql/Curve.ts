import type { ReadStretch } from '../../runs/series/SeriesStore.js'
import { builder } from './builder.js'
import { finiteOrNull } from './measurementFields.js'

/** More than a screen shows of a value, and half of what a double takes to write. */
const DIGITS = 5

/** Losses over epochs in columns, for a drawing in a row of a table: a list of objects would be three times as long. */
export const CurveType = builder.objectRef<ReadStretch>('Curve').implement({
  description: `Losses over epochs in columns of equal length, rounded to ${DIGITS} digits; null stands for a value that is not finite.`,
  fields: (t) => ({
    epochs: t.intList({ resolve: ({ points }) => points.map(({ at }) => at) }),
    trainLoss: t.field({
      type: ['Float'],
      nullable: { list: false, items: true },
      resolve: ({ points }) => points.map(({ values }) => rounded(values.trainLoss)),
    }),
    validationLoss: t.field({
      type: ['Float'],
      nullable: { list: false, items: true },
      resolve: ({ points }) => points.map(({ values }) => rounded(values.validationLoss)),
    }),
    problem: t.exposeString('problem', {
      nullable: true,
      description:
        'What of the run’s newest numbers and of its epochs is damaged or of another version, and so missing; null where all can be read.',
    }),
  }),
})

function rounded(given: number | undefined): number | null {
  const value = finiteOrNull(given)
  return value === null ? null : Number(value.toPrecision(DIGITS))
}
