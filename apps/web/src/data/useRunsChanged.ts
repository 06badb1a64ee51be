import type { ApolloClient } from '@apollo/client'
import { makeVar } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { collected } from './collected'
import { onReconnected } from './connectionStatus'
import { followLists } from './followLists'
import { RunsChangedDocument } from './generated/graphql'
import { labCursor } from './LabCursor'
import { shownColumns } from './shownColumns'
import { ToldRuns } from './ToldRuns'
import { writeRunChange } from './writeRunChange'

const SETTLE_MS = 400
/** A page of a sorted table is read again at most so often: while a run trains, each of its epochs may move it. */
const REREAD_MS = 4_000

/** Counts how often lists that only the API can order had to be read again. */
export const listReadings = makeVar(0)

/** Counts how often something was told of runs, many changes of a moment once. */
export const runChanges = makeVar(0)

/** Keeps every list and row of runs in the cache live. */
export function useRunsChanged(): void {
  const client = useApolloClient()
  useEffect(() => {
    const readLists = collected(() => listReadings(listReadings() + 1), SETTLE_MS, REREAD_MS)
    const tellChange = collected(() => runChanges(runChanges() + 1), SETTLE_MS, REREAD_MS)
    const refreshLab = collected(() => refetch(client, (query) => query.queryName === 'Lab'), SETTLE_MS)
    const refreshQueue = collected(() => refetch(client, (query) => query.queryName === 'Queue'), SETTLE_MS)
    const told = new ToldRuns()
    const subscription = followLists(client, {
      subscription: RunsChangedDocument,
      columns: shownColumns,
      cursor: labCursor(client, 'runs'),
      seqOf: ({ runsChanged }) => runsChanged.seq,
      write: ({ runsChanged }, columns) => {
        const { listsAreStale, loadChanged } = writeRunChange(client.cache, told, { ...runsChanged, columns })
        tellChange()
        if (listsAreStale) readLists()
        if (loadChanged) refreshLab()
        // Another that waits may have been moved: only the API knows the order.
        if (loadChanged || runsChanged.run?.status === 'QUEUED') refreshQueue()
      },
      what: 'the table of runs',
    })
    // What the subscriptions do not tell of: the lab's state, and what was asked for in vain while the connection was away.
    const stopWatching = onReconnected(() =>
      refetch(client, (query) => query.queryName === 'Lab' || (asksItself(query) && query.getCurrentResult().data === undefined)),
    )
    return () => {
      stopWatching()
      readLists.cancel()
      tellChange.cancel()
      refreshLab.cancel()
      refreshQueue.cancel()
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
