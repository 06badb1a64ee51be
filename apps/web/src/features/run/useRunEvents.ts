import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { followRun } from './followRun'

/** Keeps a run in the cache current while `enabled`, which should be so once the run is loaded. */
export function useRunEvents(id: string, enabled: boolean): void {
  const client = useApolloClient()
  useEffect(() => (enabled ? followRun(client, id) : undefined), [client, id, enabled])
}
