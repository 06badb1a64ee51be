import type { ApolloClient, TypedDocumentNode } from '@apollo/client'
import { catchError, map, type Observable, of, repeat, type Subscription, switchMap, takeUntil } from 'rxjs'
import type { LabCursor } from './LabCursor'
import { resumingSubscription } from './resumingSubscription'
import { type ColumnVariables, columnVariables } from './shownColumns'

export interface FollowedLists<Data> {
  readonly subscription: TypedDocumentNode<Data, { after: number } & Partial<ColumnVariables>>
  /** Columns that are told along; where they change, lists are followed anew. @default none */
  readonly columns?: Observable<readonly string[]>
  readonly cursor: LabCursor
  readonly seqOf: (data: Data) => number
  /** Writes a change into the cache, with the columns that came along. */
  readonly write: (data: Data, columns: readonly string[]) => void
  /** Names the lists where they can be followed no more. */
  readonly what: string
}

interface Told<Data> {
  readonly data: Data
  /** Columns that came along. */
  readonly shown: readonly string[]
}

/** Keeps lists in the cache live, from where the cache is, however often the connection drops. */
export function followLists<Data>(client: ApolloClient, followed: FollowedLists<Data>): Subscription {
  const { subscription, columns = of([]), cursor, seqOf, write, what } = followed
  const follow = (shown: readonly string[]): Observable<Told<Data>> => {
    const asked = shown.length > 0 ? columnVariables(shown) : {}
    return resumingSubscription(client, { subscription, variables: async () => ({ after: await cursor.read(), ...asked }) }).pipe(
      takeUntil(cursor.rewound),
      repeat(),
      map((data) => ({ data, shown })),
      catchError((error: unknown) => {
        if (shown.length === 0) throw error
        // Rows stay live without the columns.
        console.error(`No longer live: columns of ${what}.`, error)
        return follow([])
      }),
    )
  }
  return columns.pipe(switchMap(follow)).subscribe({
    next: ({ data, shown }) => {
      write(data, shown)
      cursor.advance(seqOf(data))
    },
    error: (error: unknown) => console.error(`No longer live: ${what}.`, error),
  })
}
