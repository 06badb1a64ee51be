import { useMutation } from '@apollo/client/react'
import { ResumeRunDocument } from '../data/generated/graphql'
import { useReportedAction } from '../data/useReportedAction'

/** Continues a stopped or failed run after its last completed epoch. Tells the user where that fails. */
export function useResumeRun() {
  const [mutate, { loading }] = useMutation(ResumeRunDocument)
  const resumeRun = useReportedAction('The run could not be resumed', (id: string) => mutate({ variables: { id } }))
  return { resumeRun, loading }
}
