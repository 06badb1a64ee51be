import { useMutation } from '@apollo/client/react'
import { AnalyzeRunDocument } from '../data/generated/graphql'
import { useReportedAction } from '../data/useReportedAction'

/** Measures a completed run on test data, again where it was before. Tells the user where that fails. */
export function useAnalyzeRun() {
  const [mutate, { loading }] = useMutation(AnalyzeRunDocument)
  const analyzeRun = useReportedAction('The run could not be measured', (id: string) => mutate({ variables: { id } }))
  return { analyzeRun, loading }
}
