import type { ApolloClient, TypedDocumentNode } from '@apollo/client'
import { catchError, map, type Observable, of, repeat, type Subscription, switchMap, takeUntil } from 'rxjs'
import { followLive, saysGivenUp } from './followLive'
import type { RunList } from './generated/graphql'
import type { LabCursor } from './LabCursor'
import { type ColumnVariables, columnVariables } from './shownColumns'
import type { Shown } from './writeRunChange'

interface ShownVariables extends ColumnVariables {
  readonly lists: RunList[]
}

export interface FollowedLists<Data> {
  readonly subscription: TypedDocumentNode<Data, { after: number } & Partial<ShownVariables>>
  /** What pages show, which is told along; where it changes, lists are followed anew. @default nothing */
  readonly shown?: Observable<Shown>
  readonly cursor: LabCursor
  readonly seqOf: (data: Data) => number
  /** Writes a change into the cache, with what was told along. */
  readonly write: (data: Data, shown: Shown) => void
  /** Names the lists as the subject of a sentence, where they cannot be followed. */
  readonly what: string
}

interface Told<Data> {
  readonly data: Data
  /** What was told along. */
  readonly shown: Shown
}

const nothing: Shown = { columns: [], lists: [] }

/** Keeps lists in the cache live, from where the cache is, however often the connection drops. */
export function followLists<Data>(client: ApolloClient, followed: FollowedLists<Data>): Subscription {
  const { subscription, shown: whatIsShown = of(nothing), cursor, seqOf, write, what } = followed
  const follow = (shown: Shown): Observable<Told<Data>> => {
    const asked = variablesOf(shown)
    return followLive(client, { what, subscription, variables: async () => ({ after: await cursor.read(), ...asked }) }).pipe(
      takeUntil(cursor.rewound),
      repeat(),
      map((data) => ({ data, shown })),
      catchError((error: unknown) => {
        if (Object.keys(asked).length === 0) throw error
        // Rows stay live without what some show beside them.
        console.error(`No longer live: columns and order of ${what}.`, error)
        return follow(nothing)
      }),
    )
  }
  return whatIsShown.pipe(switchMap(follow), saysGivenUp(what)).subscribe(({ data, shown }) => {
    write(data, shown)
    cursor.advance(seqOf(data))
  })
}

function variablesOf({ columns, lists }: Shown): Partial<ShownVariables> {
  return {
    ...(columns.length > 0 ? columnVariables(columns) : {}),
    ...(lists.length > 0 ? { lists: lists.map(({ list }) => list) } : {}),
  }
}
