import { useApolloClient } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { followLive, saysGivenUp } from '../data/followLive'
import { LabChangedDocument, type LabChangedSubscription } from '../data/generated/graphql'
import { readQueueAgain, writeQueue } from '../data/labQueue'

export type Obstacle = NonNullable<LabChangedSubscription['labChanged']['obstacle']>

/** Follows what keeps the lab from storing anything; null while nothing does. */
export function useObstacle(): Obstacle | null {
  const client = useApolloClient()
  const [obstacle, setObstacle] = useState<Obstacle | null>(null)
  useEffect(() => {
    const what = 'The queue'
    const subscription = followLive(client, { what, subscription: LabChangedDocument, variables: () => ({}) })
      .pipe(saysGivenUp(what))
      .subscribe(({ labChanged: { obstacle: current, queuePaused, queued, running } }) => {
        setObstacle(current)
        writeQueue(client.cache, { queuePaused, queued, running })
        readQueueAgain(client)
      })
    return () => subscription.unsubscribe()
  }, [client])
  return obstacle
}
