import { axes } from '@hourglass/protocol'
import type { SeriesColumns } from '../../runs/series/readColumns.js'
import { builder } from './builder.js'
import { enumValues } from './enumValues.js'
import { finiteOrNull } from './measurementFields.js'

export const SeriesAxisType = builder.enumType('SeriesAxis', {
  description: 'What values are counted by.',
  values: enumValues(axes),
})

const SeriesColumnType = builder.objectRef<SeriesColumns['columns'][number]>('SeriesColumn').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    values: t.field({
      type: t.listRef('Float', { nullable: true }),
      description: 'As many as there are places; null where nothing was measured or the value is not finite.',
      resolve: ({ values }) => values.map(finiteOrNull),
    }),
  }),
})

export const SeriesType = builder.objectRef<SeriesColumns>('Series').implement({
  description: 'Values of a run by epoch or by step.',
  fields: (t) => ({
    at: t.field({ type: ['Float'], description: 'Epochs or steps, ascending.', resolve: ({ at }) => [...at] }),
    columns: t.field({ type: [SeriesColumnType], resolve: ({ columns }) => [...columns] }),
  }),
})
