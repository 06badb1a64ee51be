import type { ApolloClient } from '@apollo/client'
import { makeVar } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { combineLatest, map } from 'rxjs'
import { collected } from './collected'
import { onReconnected } from './connectionStatus'
import { followLists } from './followLists'
import { RunsChangedDocument } from './generated/graphql'
import { labCursor } from './LabCursor'
import { shownLists } from './ShownList'
import { shownColumns } from './shownColumns'
import { writeRunChange } from './writeRunChange'

const SETTLE_MS = 400
/** A page of a sorted table is read again at most so often: while runs train, each of their epochs may move one. */
const REREAD_MS = 4_000

/** Counts how often lists had to be read again in which a run has moved. */
export const listReadings = makeVar(0)

/** Counts how often something was told of runs, many changes of a moment once. */
export const runChanges = makeVar(0)

/** Keeps every list and row of runs in the cache live. */
export function useRunsChanged(): void {
  const client = useApolloClient()
  useEffect(() => {
    const readLists = collected(() => listReadings(listReadings() + 1), SETTLE_MS, REREAD_MS)
    const tellChange = collected(() => runChanges(runChanges() + 1), SETTLE_MS, REREAD_MS)
    const subscription = followLists(client, {
      subscription: RunsChangedDocument,
      shown: combineLatest([shownColumns, shownLists]).pipe(map(([columns, lists]) => ({ columns, lists }))),
      cursor: labCursor(client, 'runs'),
      seqOf: ({ runsChanged }) => runsChanged.seq,
      write: ({ runsChanged }, shown) => {
        // Where no place is told, because the list was refused, any run may have moved.
        const isToldOf = shownLists.value.every((list) => shown.lists.includes(list))
        const hasMoved = writeRunChange(client.cache, runsChanged, shown)
        tellChange()
        if (hasMoved || !isToldOf) readLists()
      },
      what: 'The table of runs',
    })
    // What the subscriptions do not tell of: the lab's state, and what was asked for in vain while the connection was away.
    const stopWatching = onReconnected(() =>
      refetch(client, (query) => query.queryName === 'Lab' || (asksItself(query) && query.getCurrentResult().data === undefined)),
    )
    return () => {
      stopWatching()
      readLists.cancel()
      tellChange.cancel()
      subscription.unsubscribe()
    }
  }, [client])
}

type Query = Parameters<NonNullable<Parameters<ApolloClient['refetchQueries']>[0]['onQueryUpdated']>>[0]

/** Lists look into the cache alone: who reads their pages asks again too. */
const asksItself = ({ options }: Query) => options.fetchPolicy !== 'cache-only'

function refetch(client: ApolloClient, isWanted: (query: Query) => boolean): void {
  client.refetchQueries({ include: 'active', onQueryUpdated: isWanted })
}
