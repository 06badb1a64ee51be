import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { followLists } from './followLists'
import { ExperimentsChangedDocument } from './generated/graphql'
import { labCursor } from './LabCursor'
import { writeExperimentChange } from './writeExperimentChange'

/** Keeps every list and row of experiments in the cache live. */
export function useExperimentsChanged(): void {
  const client = useApolloClient()
  useEffect(() => {
    const subscription = followLists(client, {
      subscription: ExperimentsChangedDocument,
      cursor: labCursor(client, 'experiments'),
      seqOf: ({ experimentsChanged }) => experimentsChanged.seq,
      write: ({ experimentsChanged }) => writeExperimentChange(client.cache, experimentsChanged),
      what: 'The list of experiments',
    })
    return () => subscription.unsubscribe()
  }, [client])
}
