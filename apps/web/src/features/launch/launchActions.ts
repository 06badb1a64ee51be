import { LaunchExperimentDocument, LaunchRunDocument } from '../../data/generated/graphql'
import { defineAction } from '../../data/useAction'

/** Launches one run. What is refused stands in the form. */
export const launchRun = defineAction({
  document: LaunchRunDocument,
  // The page of the run that it starts from lists one more.
  update: (cache, { launchRun: { parent } }) => {
    const id = parent?.run ? cache.identify(parent.run) : undefined
    if (id) cache.evict({ id, fieldName: 'children' })
  },
})

/** Launches an experiment of several runs. What is refused stands in the form. */
export const launchExperiment = defineAction({ document: LaunchExperimentDocument })
