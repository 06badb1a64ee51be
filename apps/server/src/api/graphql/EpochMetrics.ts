import type { SeriesPoint } from '../../database/SeriesPoint.js'
import { builder } from './builder.js'
import { addMeasurementFields, finiteOrNull } from './measurementFields.js'

export const EpochMetricsType = builder.objectRef<SeriesPoint>('EpochMetrics').implement({
  description: 'What one epoch measured. Null stands for a value that is not finite.',
  fields: (t) => {
    const value = (name: string, description?: string) =>
      t.float({ nullable: true, ...(description ? { description } : {}), resolve: ({ values }) => finiteOrNull(values[name]) })
    return {
      epoch: t.exposeInt('at'),
      trainLoss: value('trainLoss'),
      validationLoss: value('validationLoss'),
      validationMeanSquaredError: value('validationMeanSquaredError', 'Mean over pixels of the squared difference, whatever the loss.'),
      seconds: t.float({ description: 'Wall time of training and evaluation.', resolve: ({ values }) => values.seconds ?? 0 }),
      imagesPerSecond: t.float({
        description: 'Training examples a second, evaluation not counted.',
        resolve: ({ values }) => finiteOrNull(values.imagesPerSecond) ?? 0,
      }),
    }
  },
})

addMeasurementFields(EpochMetricsType, ({ values }) => values)
