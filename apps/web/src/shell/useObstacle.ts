import { useApolloClient } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { LabChangedDocument, type LabChangedSubscription } from '../data/generated/graphql'
import { readQueueAgain, writeQueue } from '../data/labQueue'
import { resumingSubscription } from '../data/resumingSubscription'

export type Obstacle = NonNullable<LabChangedSubscription['labChanged']['obstacle']>

/** Follows what keeps the lab from storing anything; null while nothing does. Reads everything anew where a backup was restored in place of what was stored. */
export function useObstacle(): Obstacle | null {
  const client = useApolloClient()
  const [obstacle, setObstacle] = useState<Obstacle | null>(null)
  useEffect(() => {
    let known: string | undefined
    const subscription = resumingSubscription(client, { subscription: LabChangedDocument, variables: () => ({}) }).subscribe({
      next: ({ labChanged: { identity, obstacle: current, queuePaused, queued, running } }) => {
        known ??= identity
        // Another history is stored now: nothing that this page holds, nor the place from which it follows, says anything of it.
        if (identity !== known) window.location.reload()
        else {
          setObstacle(current)
          writeQueue(client.cache, { queuePaused, queued, running })
          readQueueAgain(client)
        }
      },
      error: (error: unknown) => console.error('What the lab waits for is no longer told.', error),
    })
    return () => subscription.unsubscribe()
  }, [client])
  return obstacle
}
