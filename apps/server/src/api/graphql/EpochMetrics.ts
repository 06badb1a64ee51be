import type { EpochMetrics } from '../../generated/prisma/client.js'
import { builder } from './builder.js'
import { addMeasurementFields } from './measurementFields.js'

export const EpochMetricsType = builder.objectRef<EpochMetrics>('EpochMetrics').implement({
  description: 'What one epoch measured. Null stands for a value that is not finite.',
  fields: (t) => ({
    epoch: t.exposeInt('epoch'),
    trainLoss: t.exposeFloat('trainLoss', { nullable: true }),
    validationLoss: t.exposeFloat('validationLoss', { nullable: true }),
    validationMeanSquaredError: t.exposeFloat('validationMeanSquaredError', {
      nullable: true,
      description: 'Mean over pixels of the squared difference, whatever the loss.',
    }),
    seconds: t.exposeFloat('seconds', { description: 'Wall time of training and evaluation.' }),
    imagesPerSecond: t.exposeFloat('imagesPerSecond', { description: 'Training examples a second, evaluation not counted.' }),
  }),
})

addMeasurementFields(EpochMetricsType)
