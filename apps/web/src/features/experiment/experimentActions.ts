import {
  AddToExperimentDocument,
  DeleteExperimentsDocument,
  RestoreExperimentsDocument,
  ResumeExperimentDocument,
  StopExperimentDocument,
  TakeOutOfExperimentDocument,
  UpdateExperimentDocument,
} from '../../data/generated/graphql'
import { defineAction } from '../../data/useAction'
import { writeExperimentChange } from '../../data/writeExperimentChange'

/** Stops every active run of an experiment. */
export const stopExperiment = defineAction({ document: StopExperimentDocument, failure: 'The experiment could not be stopped' })

/** Queues every stopped or failed run of an experiment again. */
export const resumeExperiment = defineAction({ document: ResumeExperimentDocument, failure: 'The experiment could not be resumed' })

/** Queues more runs of an experiment. Why they are refused stands in the dialog. */
export const addToExperiment = defineAction({ document: AddToExperimentDocument })

/** Makes a run of an experiment a run of its own. Why that is refused stands in the dialog. */
export const takeOutOfExperiment = defineAction({ document: TakeOutOfExperimentDocument })

/** Changes an experiment’s name. Why one is refused stands beside its field. */
export const updateExperiment = defineAction({ document: UpdateExperimentDocument })

/** Moves experiments to the trash with their runs; what trains is stopped. */
export const deleteExperiments = defineAction({
  document: DeleteExperimentsDocument,
  failure: 'Nothing was deleted',
  update: (cache, { deleteExperiments: ids }) => {
    for (const id of ids) writeExperimentChange(cache, { __typename: 'ExperimentsChanged', change: 'DELETED', id, experiment: null })
  },
})

/** Takes experiments out of the trash with their runs. */
export const restoreExperiments = defineAction({ document: RestoreExperimentsDocument, failure: 'Nothing was restored' })
