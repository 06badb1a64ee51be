import { useMutation } from '@apollo/client/react'
import { StopRunDocument } from '../data/generated/graphql'
import { useReportedAction } from '../data/useReportedAction'

/** Stops a run; what it completed stays. Tells the user where that fails. */
export function useStopRun() {
  const [mutate, { loading }] = useMutation(StopRunDocument)
  const stopRun = useReportedAction('The run could not be stopped', (id: string) => mutate({ variables: { id } }))
  return { stopRun, loading }
}
