import { useMutation } from '@apollo/client/react'
import { MeasureSpeedDocument, PresetEstimatesDocument } from '../../data/generated/graphql'
import { useReportedAction } from '../../data/useReportedAction'

/** Has the speed of the server's machine measured anew. Tells the user where that fails. */
export function useMeasureSpeed() {
  const [mutate] = useMutation(MeasureSpeedDocument, { refetchQueries: [PresetEstimatesDocument] })
  return useReportedAction('The machine could not be measured', () => mutate())
}
