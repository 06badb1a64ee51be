import { useMutation } from '@apollo/client/react'
import { StopExperimentDocument } from '../../data/generated/graphql'
import { useReportedAction } from '../../data/useReportedAction'

/** Stops every active run of an experiment. Tells the user where that fails. */
export function useStopExperiment() {
  const [mutate] = useMutation(StopExperimentDocument)
  return useReportedAction('The experiment could not be stopped', (id: string) => mutate({ variables: { id } }))
}
