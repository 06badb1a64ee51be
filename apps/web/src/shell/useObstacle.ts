import { useApolloClient } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { LabChangedDocument, type LabChangedSubscription } from '../data/generated/graphql'
import { readQueueAgain, writeQueue } from '../data/labQueue'
import { resumingSubscription } from '../data/resumingSubscription'

export type Obstacle = NonNullable<LabChangedSubscription['labChanged']['obstacle']>

/** Follows what keeps the lab from storing anything; null while nothing does. */
export function useObstacle(): Obstacle | null {
  const client = useApolloClient()
  const [obstacle, setObstacle] = useState<Obstacle | null>(null)
  useEffect(() => {
    const subscription = resumingSubscription(client, { subscription: LabChangedDocument, variables: () => ({}) }).subscribe({
      next: ({ labChanged: { obstacle: current, queuePaused, queued, running } }) => {
        setObstacle(current)
        writeQueue(client.cache, { queuePaused, queued, running })
        readQueueAgain(client)
      },
      error: (error: unknown) => console.error('What the lab waits for is no longer told.', error),
    })
    return () => subscription.unsubscribe()
  }, [client])
  return obstacle
}
