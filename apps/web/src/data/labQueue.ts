import type { ApolloCache, ApolloClient } from '@apollo/client'
import type { LabQuery } from './generated/graphql'

/** Writes into the cache how the queue is. */
export function writeQueue(cache: ApolloCache, queue: Partial<Pick<LabQuery['lab'], 'queuePaused' | 'queued' | 'running'>>): void {
  cache.modify({ fields: { lab: (lab: object) => ({ ...lab, ...queue }) } })
}

/** Has those who show the runs that wait, in their order, read them again. */
export function readQueueAgain(client: ApolloClient): void {
  client.refetchQueries({ include: 'active', onQueryUpdated: ({ queryName }) => queryName === 'Queue' })
}
