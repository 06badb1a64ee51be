import type { Experiment } from '../../experiments/ExperimentReader.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { type ChangedRow, tableChanges } from '../../runs/feeds/tableFeed.js'
import { builder } from './builder.js'
import { ExperimentType } from './Experiment.js'

const ExperimentsChangeType = builder.enumType('ExperimentsChange', { values: tableChanges })

const ExperimentsChangedType = builder.objectRef<ChangedRow<Experiment>>('ExperimentsChanged').implement({
  fields: (t) => ({
    seq: t.exposeInt('seq', { description: 'Sequence number of the newest event that this tells of: where to resume from.' }),
    change: t.field({ type: ExperimentsChangeType, resolve: ({ change }) => change }),
    id: t.exposeID('id'),
    experiment: t.field({
      type: ExperimentType,
      nullable: true,
      description: 'The experiment as it is now; null where it was deleted.',
      resolve: ({ row }) => row,
    }),
  }),
})

builder.subscriptionFields((t) => ({
  experimentsChanged: t.field({
    type: ExperimentsChangedType,
    description:
      'Every experiment that changed after `after`, itself or one of its runs, as it is now, then live; several changes of one in short time come as one.',
    args: { after: t.arg.int({ description: 'Sequence number of the last change that the client has; left out, only what comes.' }) },
    subscribe: (_, { after }, { lab }) => {
      if ((after ?? 0) < 0) throw new HourglassError(errorCodes.badUserInput, `after: expected a sequence number from 0, got ${after}.`)
      return lab.feeds.followExperiments(after ?? undefined)
    },
    resolve: (changed) => changed,
  }),
}))
