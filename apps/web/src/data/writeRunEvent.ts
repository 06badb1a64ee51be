import type { ApolloCache } from '@apollo/client'
import {
  ReconstructionsDocument,
  RunAnalysisFieldsFragmentDoc,
  RunEpochFieldsFragmentDoc,
  RunEventFieldsFragmentDoc,
  type RunEventsSubscription,
  RunSequenceFragmentDoc,
} from './generated/graphql'
import { writeEpochs } from './writeEpochs'

export type RunEvent = RunEventsSubscription['runEvents']
type EpochCompleted = Extract<RunEvent, { __typename: 'EpochCompleted' }>

/**
 * Writes one event into the run of the cache: the row that it brings, and what it adds. One that was written before (after a reconnect the API may
 * replay some) changes nothing. A kind of event that shows nothing of its own needs nothing here.
 */
export function writeRunEvent(cache: ApolloCache, runId: string, event: RunEvent): void {
  const id = cache.identify({ __typename: 'Run', id: runId })
  const known = id ? cache.readFragment({ id, fragment: RunSequenceFragmentDoc }) : null
  if (!id || !known) return
  if (event.__typename === 'Progress') {
    // A queued run tells what it waits for.
    if (known.status === 'RUNNING' || known.status === 'QUEUED') cache.modify({ id, fields: { progress: () => event } })
    return
  }
  if (event.seq <= known.lastSeq) return
  cache.batch({
    update: () => {
      cache.writeFragment({ id, fragment: RunEventFieldsFragmentDoc, fragmentName: 'RunEventFields', data: event.run })
      writeEpochs(cache, id, event.run.summary.epochs)
      if (event.__typename === 'EpochCompleted') writeEpoch(cache, { id, runId, event })
      if (event.__typename === 'NotesChanged') cache.modify({ id, fields: { notes: () => event.notes } })
      if (event.__typename === 'ModelsDropped') forgetModels(cache, id, event.modelsDropped)
      if (event.__typename === 'AnalysisCompleted') {
        const data = { __typename: 'Run' as const, id: runId, analysis: event.analysis }
        cache.writeFragment({ id, fragment: RunAnalysisFieldsFragmentDoc, fragmentName: 'RunAnalysisFields', data })
      }
      // Only a history that is known grows: its beginning is read when it is looked at.
      const { entry } = event
      if (entry) cache.modify({ id, fields: { history: (known) => (Array.isArray(known) ? [...known, entry] : known) } })
      // The row may be of a later event: this is how far its events are in the cache.
      cache.modify({ id, fields: { lastSeq: () => event.seq } })
    },
  })
}

/** Reads the sequence number of the newest event that the cache holds, 0 where it holds none. */
export function lastSequence(cache: ApolloCache, runId: string): number {
  const id = cache.identify({ __typename: 'Run', id: runId })
  return (id && cache.readFragment({ id, fragment: RunSequenceFragmentDoc })?.lastSeq) || 0
}

/** Takes away epochs of which no model is kept any more. */
function forgetModels(cache: ApolloCache, id: string, epochs: readonly number[]): void {
  const isKept = (known: unknown) => !epochs.includes((known as { epoch: number }).epoch)
  cache.modify({ id, fields: { checkpoints: (known) => (Array.isArray(known) ? known.filter(isKept) : known) } })
}

/** Adds an epoch, and keeps what belongs to it under its own key too, so that scrubbing back to it fetches nothing. */
function writeEpoch(cache: ApolloCache, { id, runId, event }: { id: string; runId: string; event: EpochCompleted }): void {
  const { metrics, checkpoint, reconstructions, modelsDropped } = event
  const run = { __typename: 'Run' as const, id: runId }
  const data = { ...run, metrics: [metrics], checkpoints: checkpoint ? [checkpoint] : [], reconstructions }
  cache.writeFragment({ id, fragment: RunEpochFieldsFragmentDoc, fragmentName: 'RunEpochFields', data })
  if (modelsDropped.length > 0) forgetModels(cache, id, modelsDropped)
  const variables = { id: runId, epoch: metrics.epoch }
  cache.writeQuery({ query: ReconstructionsDocument, variables, data: { run: { ...run, reconstructions } } })
}
