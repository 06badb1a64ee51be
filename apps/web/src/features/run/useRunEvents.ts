import { useApolloClient } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { followRun } from './followRun'

/**
 * Keeps a run in the cache current while `enabled`, which should be so once the run is loaded. Gives the sequence number of the newest event since then with
 * which files of the run came or went; 0 where none did.
 */
export function useRunEvents(id: string, enabled: boolean): number {
  const client = useApolloClient()
  const [filesSeq, setFilesSeq] = useState(0)
  useEffect(() => (enabled ? followRun(client, id, { onFiles: setFilesSeq }) : undefined), [client, id, enabled])
  return filesSeq
}
