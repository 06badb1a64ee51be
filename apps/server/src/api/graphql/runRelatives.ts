import type { Run } from '../../runs/RunReader.js'
import { builder } from './builder.js'
import { RunType } from './Run.js'

interface RunParent {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly epoch: number
}

const RunParentType = builder.objectRef<RunParent>('RunParent').implement({
  description: 'Where a run started: the model of another one after an epoch.',
  fields: (t) => ({
    runId: t.exposeID('id', { description: 'The id of the run, also once that is deleted.' }),
    number: t.exposeInt('number'),
    name: t.exposeString('name', { description: 'As it was then.' }),
    epoch: t.exposeInt('epoch'),
    run: t.field({
      type: RunType,
      nullable: true,
      description: 'Null once it is deleted.',
      resolve: ({ id }, _, { lab }) => lab.runs.find(id),
    }),
  }),
})

function describeParent({ parentId, parentNumber, parentName, parentEpoch }: Run): RunParent | null {
  if (parentId === null || parentNumber === null || parentName === null || parentEpoch === null) return null
  return { id: parentId, number: parentNumber, name: parentName, epoch: parentEpoch }
}

builder.objectFields(RunType, (t) => ({
  parent: t.field({
    type: RunParentType,
    nullable: true,
    description: 'The run whose model it started from; null where it started from initial weights.',
    resolve: (run) => describeParent(run),
  }),
  children: t.field({
    type: [RunType],
    description: 'Runs that started from its models, the newest first.',
    complexity: { field: 5, multiplier: 10 },
    resolve: ({ id }, _, { lab }) => lab.runs.childrenOf(id),
  }),
}))
