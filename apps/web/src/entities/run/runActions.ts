import {
  AnalyzeRunDocument,
  ChangeRunsDocument,
  ExtendRunDocument,
  PurgeRunsDocument,
  RestoreRunsDocument,
  ResumeRunDocument,
  StopRunDocument,
  TrashRunsDocument,
  UpdateRunDocument,
} from '../../data/generated/graphql'
import { defineAction } from '../../data/useAction'
import { writeEpochs } from '../../data/writeEpochs'
import { forgetRuns } from '../../data/writeRunChange'

/** Stops a run; what it completed stays. */
export const stopRun = defineAction({ document: StopRunDocument, failure: 'The run could not be stopped' })

/** Continues a stopped or failed run after its last completed epoch. */
export const resumeRun = defineAction({ document: ResumeRunDocument, failure: 'The run could not be resumed' })

/** Gives a completed run more epochs. Why it cannot have them stands beside its field. */
export const extendRun = defineAction({
  document: ExtendRunDocument,
  update: (cache, { extendRun: { id, summary } }) => {
    const stored = cache.identify({ __typename: 'Run', id })
    if (stored) writeEpochs(cache, stored, summary.epochs)
  },
})

/** Measures a completed run on test data, again where it was before. */
export const analyzeRun = defineAction({ document: AnalyzeRunDocument, failure: 'The run could not be measured' })

/** Changes what is said of a run. Why something is refused stands beside its field. */
export const updateRun = defineAction({ document: UpdateRunDocument })

/** Moves runs to the trash; what trains is stopped. */
export const trashRuns = defineAction({
  document: TrashRunsDocument,
  failure: 'Nothing was deleted',
  update: (cache, { trashRuns: { ids } }) => forgetRuns(cache, ids),
})

/** Tags, stars or archives runs. What shows them is told of it as of any change. */
export const changeRuns = defineAction({ document: ChangeRunsDocument, failure: 'Nothing was changed' })

/** Takes runs out of the trash. The lists that they belong to learn of them as of new ones. */
export const restoreRuns = defineAction({ document: RestoreRunsDocument, failure: 'Nothing was restored' })

/** Deletes runs with everything they stored, in the trash or not, for good. */
export const purgeRuns = defineAction({
  document: PurgeRunsDocument,
  failure: 'Nothing was deleted',
  update: (cache, { purgeRuns: { ids } }) => forgetRuns(cache, ids),
})
