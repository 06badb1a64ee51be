import { useMutation } from '@apollo/client/react'
import { ResumeExperimentDocument } from '../../data/generated/graphql'
import { useReportedAction } from '../../data/useReportedAction'

/** Queues every stopped or failed run of an experiment again. Tells the user where that fails. */
export function useResumeExperiment() {
  const [mutate] = useMutation(ResumeExperimentDocument)
  return useReportedAction('The experiment could not be resumed', (id: string) => mutate({ variables: { id } }))
}
