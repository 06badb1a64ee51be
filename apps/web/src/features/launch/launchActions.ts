import { LaunchExperimentDocument, LaunchRunDocument } from '../../data/generated/graphql'
import { defineAction } from '../../data/useAction'

/** Launches one run. What is refused stands in the form. */
export const launchRun = defineAction({ document: LaunchRunDocument })

/** Launches an experiment of several runs. What is refused stands in the form. */
export const launchExperiment = defineAction({ document: LaunchExperimentDocument })
