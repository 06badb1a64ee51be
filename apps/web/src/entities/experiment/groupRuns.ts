import { GroupRunsDocument } from '../../data/generated/graphql'
import { defineAction } from '../../data/useAction'
import { writeExperimentChange } from '../../data/writeExperimentChange'

/** Saves runs that belong to no experiment as one. Why that is refused stands in the dialog. */
export const groupRuns = defineAction({
  document: GroupRunsDocument,
  update: (cache, { groupRuns: experiment }) => {
    writeExperimentChange(cache, { __typename: 'ExperimentsChanged', change: 'CREATED', id: experiment.id, experiment })
  },
})
