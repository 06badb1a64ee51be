import { type ChangedRun, followTable, tableChanges } from '../../runs/followTable.js'
import { builder } from './builder.js'
import { RunType } from './Run.js'

const RunsChangeType = builder.enumType('RunsChange', { values: tableChanges })

const RunsChangedType = builder.objectRef<ChangedRun>('RunsChanged').implement({
  fields: (t) => ({
    change: t.field({ type: RunsChangeType, resolve: ({ change }) => change }),
    id: t.exposeID('id'),
    run: t.field({
      type: RunType,
      nullable: true,
      description: 'The run as it is now; null where it was deleted.',
      resolve: ({ id }, _, { loaders }) => loaders.run.load(id),
    }),
  }),
})

builder.subscriptionFields((t) => ({
  runsChanged: t.field({
    type: RunsChangedType,
    description: 'Every change of the table of runs; several of one run in short time come as one.',
    subscribe: (_, __, { lab }) => followTable(lab.signals),
    resolve: (changed) => changed,
  }),
}))
