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
type StoredEvent = Exclude<RunEvent, { __typename: 'Progress' }>

/** What every stored event brings. */
type Shared = '__typename' | 'seq' | 'changesFiles' | 'entry' | 'run'
/** Kinds of stored events that bring something of their own. */
type OwnKind<Event extends StoredEvent = StoredEvent> = Event extends unknown
  ? Exclude<keyof Event, Shared> extends never
    ? never
    : Event['__typename']
  : never

interface Written<Event> {
  readonly cache: ApolloCache
  /** The run's key in the cache. */
  readonly id: string
  readonly runId: string
  readonly event: Event
}

/** How what a kind of event brings of its own is written. A kind of which the subscription selects more than the run's row has a row here. */
const ownWriters: { readonly [Kind in OwnKind]: (written: Written<Extract<StoredEvent, { __typename: Kind }>>) => void } = {
  EpochCompleted: ({ cache, id, runId, event: { metrics, checkpoint, reconstructions, modelsDropped } }) => {
    const run = { __typename: 'Run' as const, id: runId }
    const data = { ...run, metrics: [metrics], checkpoints: checkpoint ? [checkpoint] : [], reconstructions }
    cache.writeFragment({ id, fragment: RunEpochFieldsFragmentDoc, fragmentName: 'RunEpochFields', data })
    if (modelsDropped.length > 0) forgetModels(cache, id, modelsDropped)
    // What belongs to the epoch is kept under its own key too, so that scrubbing back to it fetches nothing.
    const variables = { id: runId, epoch: metrics.epoch }
    cache.writeQuery({ query: ReconstructionsDocument, variables, data: { run: { ...run, reconstructions } } })
  },
  NotesChanged: ({ cache, id, event }) => cache.modify({ id, fields: { notes: () => event.notes } }),
  // Whoever shows them reads them again.
  LandmarkChanged: ({ cache, id }) => void cache.evict({ id, fieldName: 'landmarks' }),
  ModelsDropped: ({ cache, id, event }) => forgetModels(cache, id, event.modelsDropped),
  AnalysisCompleted: ({ cache, id, runId, event }) => {
    const data = { __typename: 'Run' as const, id: runId, analysis: event.analysis }
    cache.writeFragment({ id, fragment: RunAnalysisFieldsFragmentDoc, fragmentName: 'RunAnalysisFields', data })
  },
}

/**
 * Writes one event into the run of the cache: the row that it brings, and what it adds. One that was written before (after a reconnect the API may
 * replay some) changes nothing.
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
      writeOwn({ cache, id, runId, event })
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

/** Writes what an event brings beside the run's row. */
function writeOwn(written: Written<StoredEvent>): void {
  const kind = written.event.__typename
  if (!hasOwn(kind)) return
  // The writer of a kind takes that kind's event.
  const write = ownWriters[kind] as (written: Written<StoredEvent>) => void
  write(written)
}

function hasOwn(kind: StoredEvent['__typename']): kind is OwnKind {
  return Object.hasOwn(ownWriters, kind)
}

/** Takes away epochs of which no model is kept any more. */
function forgetModels(cache: ApolloCache, id: string, epochs: readonly number[]): void {
  const isKept = (known: unknown) => !epochs.includes((known as { epoch: number }).epoch)
  cache.modify({ id, fields: { checkpoints: (known) => (Array.isArray(known) ? known.filter(isKept) : known) } })
}
