import { describeMeasurement, epochCatalog } from '@hourglass/autoencoders'
import type { SeriesPoint } from '../../database/SeriesPoint.js'
import { builder } from './builder.js'
import { addMeasurementFields, finiteOrNull } from './measurementFields.js'

export const EpochMetricsType = builder.objectRef<SeriesPoint>('EpochMetrics').implement({
  description: 'What one epoch measured. Null stands for a value that is not finite.',
  fields: (t) => ({
    epoch: t.exposeInt('at'),
    elapsedSeconds: t.float({
      nullable: true,
      description: 'What the epochs up to this one took, evaluation included. Null in events. Unit: s.',
      resolve: ({ values }) => finiteOrNull(values.elapsedSeconds),
    }),
  }),
})

const isSpeed = ({ role }: (typeof epochCatalog)[number]) => role === 'speed'

addMeasurementFields(EpochMetricsType, { rows: epochCatalog.filter((row) => !isSpeed(row)), read: ({ values }, id) => values[id] })

// Every epoch took its time: clients rely on a number.
builder.objectFields(EpochMetricsType, (t) =>
  Object.fromEntries(
    epochCatalog
      .filter(isSpeed)
      .map((row) => [
        row.id,
        t.float({ description: describeMeasurement(row), resolve: ({ values }) => finiteOrNull(values[row.id]) ?? 0 }),
      ]),
  ),
)
