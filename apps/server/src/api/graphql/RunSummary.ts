import { epochCatalog, metricCatalog } from '@hourglass/autoencoders'
import { finalValueName } from '../../runs/query/valueNames.js'
import type { Run } from '../../runs/RunReader.js'
import { builder } from './builder.js'
import { addMeasurementFields } from './measurementFields.js'

/** A run and the newest numbers of it. */
interface RunSummary {
  readonly run: Run
  readonly latest: Readonly<Record<string, number>>
}

const TestMetricsType = builder.objectRef<RunSummary>('TestMetrics').implement({
  description:
    'What the model of a completed run was measured with on test examples. Null stands for what does not apply or is not finite.',
})

addMeasurementFields(TestMetricsType, { rows: metricCatalog, read: ({ latest }, id) => latest[finalValueName(id)] })

export const RunSummaryType = builder.objectRef<RunSummary>('RunSummary').implement({
  description: 'The latest epoch in short, and what the completed run was measured with.',
  fields: (t) => ({
    epochs: t.int({
      description:
        'Epochs that were asked for, or that it has where it stopped early; of a run that was asked for none, those that it has.',
      resolve: ({ run: { epochs, epochsCompleted } }) => epochs ?? epochsCompleted,
    }),
    epochsCompleted: t.int({ resolve: ({ run }) => run.epochsCompleted }),
    bestValidationLoss: t.float({
      nullable: true,
      description: 'The lowest validation loss so far; null where no examples are held out for validation.',
      resolve: ({ latest }) => latest.bestValidationLoss ?? null,
    }),
    bestEpoch: t.int({
      nullable: true,
      description: 'The epoch with the lowest validation loss; null where no examples are held out: test examples choose none.',
      resolve: ({ latest }) => latest.bestEpoch ?? null,
    }),
    seconds: t.float({
      nullable: true,
      description: 'Seconds spent in completed epochs.',
      resolve: ({ latest }) => latest.totalSeconds ?? null,
    }),
    test: t.field({
      type: TestMetricsType,
      nullable: true,
      description: 'Null before the run was measured after its last epoch.',
      resolve: (summary) => (metricCatalog.some(({ id }) => finalValueName(id) in summary.latest) ? summary : null),
    }),
  }),
})

// Of all epochs together, their seconds are what counts: the field above.
addMeasurementFields(RunSummaryType, { rows: epochCatalog.filter(({ id }) => id !== 'seconds'), read: ({ latest }, id) => latest[id] })
