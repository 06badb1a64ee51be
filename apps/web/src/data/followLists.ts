import type { ApolloClient, TypedDocumentNode } from '@apollo/client'
import { repeat, type Subscription, takeUntil } from 'rxjs'
import type { LabCursor } from './LabCursor'
import { resumingSubscription } from './resumingSubscription'

export interface FollowedLists<Data> {
  readonly subscription: TypedDocumentNode<Data, { after: number }>
  readonly cursor: LabCursor
  readonly seqOf: (data: Data) => number
  /** Writes a change into the cache. */
  readonly write: (data: Data) => void
  /** Names the lists where they can be followed no more. */
  readonly what: string
}

/** Keeps lists in the cache live, from where the cache is, however often the connection drops. */
export function followLists<Data>(client: ApolloClient, { subscription, cursor, seqOf, write, what }: FollowedLists<Data>): Subscription {
  return resumingSubscription(client, { subscription, variables: async () => ({ after: await cursor.read() }) })
    .pipe(takeUntil(cursor.rewound), repeat())
    .subscribe({
      next: (data) => {
        write(data)
        cursor.advance(seqOf(data))
      },
      error: (error: unknown) => console.error(`${what} is no longer live.`, error),
    })
}
