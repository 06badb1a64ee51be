import { type ChangedExperiment, followExperiments } from '../../experiments/followExperiments.js'
import { tableChanges } from '../../runs/followTable.js'
import { builder } from './builder.js'
import { ExperimentType } from './Experiment.js'

const ExperimentsChangeType = builder.enumType('ExperimentsChange', { values: tableChanges })

const ExperimentsChangedType = builder.objectRef<ChangedExperiment>('ExperimentsChanged').implement({
  fields: (t) => ({
    change: t.field({ type: ExperimentsChangeType, resolve: ({ change }) => change }),
    id: t.exposeID('id'),
    experiment: t.field({
      type: ExperimentType,
      nullable: true,
      description: 'The experiment as it is now; null where it was deleted.',
      resolve: ({ id }, _, { loaders }) => loaders.experiment.load(id),
    }),
  }),
})

builder.subscriptionFields((t) => ({
  experimentsChanged: t.field({
    type: ExperimentsChangedType,
    description: 'Every change of an experiment or of one of its runs; several of one experiment in short time come as one.',
    subscribe: (_, __, { lab }) =>
      followExperiments({ signals: lab.signals, experimentsOf: (runIds) => lab.experiments.experimentsOf(runIds) }),
    resolve: (changed) => changed,
  }),
}))
