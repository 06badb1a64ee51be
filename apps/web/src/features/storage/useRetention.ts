import { useQuery } from '@apollo/client/react'
import { useEffect, useRef } from 'react'
import { ApplyRetentionDocument, RetentionDocument } from '../../data/generated/graphql'
import { defineAction, useAction } from '../../data/useAction'

/** How often it is asked how much is left, in milliseconds. */
const POLL_INTERVAL = 1_000

const applyRetention = defineAction({ document: ApplyRetentionDocument, failure: 'Nothing was removed', refetch: [RetentionDocument] })

/** Reads what retention would remove, removes it when asked to, and says when that is done. */
export function useRetention(onApplied: () => void) {
  const { data, startPolling, stopPolling } = useQuery(RetentionDocument, { fetchPolicy: 'cache-and-network' })
  const retention = data?.storage.retention
  const isApplying = retention?.isApplying ?? false
  const wasApplying = useRef(false)
  useEffect(() => {
    if (isApplying) startPolling(POLL_INTERVAL)
    else stopPolling()
    if (wasApplying.current && !isApplying) onApplied()
    wasApplying.current = isApplying
  }, [isApplying, startPolling, stopPolling, onApplied])
  const apply = useAction(applyRetention)
  return { retention, apply: () => apply.run({}), isAsking: apply.isRunning }
}
