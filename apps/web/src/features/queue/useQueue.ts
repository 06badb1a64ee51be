import { useQuery } from '@apollo/client/react'
import { useMemo, useState } from 'react'
import { toApiError } from '../../data/apiError'
import { MoveInQueueDocument, QueueDocument, type QueueQuery } from '../../data/generated/graphql'
import { defineAction, useAction } from '../../data/useAction'
import { type Move, reordered, targetOf } from './queueOrder'

export type QueuedRun = QueueQuery['queue'][number]

const moveInQueue = defineAction({ document: MoveInQueueDocument, failure: 'The run was not moved' })

/** Reads the runs that wait, in order, and moves them. The app’s subscriptions keep both current. */
export function useQueue() {
  const { data, error, refetch } = useQuery(QueueDocument, { fetchPolicy: 'cache-and-network' })
  const sent = data?.queue as readonly QueuedRun[] | undefined
  const { run: send } = useAction(moveInQueue)
  // What somebody moves is shown there at once, until the server has answered.
  const [order, setOrder] = useState<readonly string[] | null>(null)
  const runs = useMemo(() => {
    const waiting = (sent ?? []).filter(({ status }) => status === 'QUEUED')
    if (!order) return waiting
    const placeOf = (id: string) => order.indexOf(id)
    return [...waiting].sort((a, b) => placeOf(a.id) - placeOf(b.id))
  }, [sent, order])
  const ids = runs.map(({ id }) => id)
  const lab = data?.lab as QueueQuery['lab'] | undefined
  const count = Math.max(lab?.queued ?? 0, ids.length)
  const move = async (id: string, where: Move): Promise<number | null> => {
    const to = targetOf({ ids, count }, id, where)
    if (!to) return null
    const next = reordered(ids, id, to)
    setOrder(next)
    const { data: moved } = await send({ id, to })
    // The order that it was in before is not shown again meanwhile.
    await refetch().catch(() => undefined)
    setOrder((current) => (current === next ? null : current))
    if (!moved) return null
    return to.last ? count : next.indexOf(id) + 1
  }
  return {
    runs,
    lab,
    /** All that wait, shown or not. */
    count,
    loading: sent === undefined,
    error: useMemo(() => (error ? toApiError(error) : undefined), [error]),
    move,
  }
}
