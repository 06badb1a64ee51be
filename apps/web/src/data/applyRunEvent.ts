import type { ApolloCache, Reference } from '@apollo/client'
import { epochMetricCatalog } from '@hourglass/autoencoders'
import {
  CodesDocument,
  type EpochMeasurementsFieldsFragment,
  type EpochMetricsFieldsFragment,
  ReconstructionsDocument,
  type RunEventsSubscription,
  RunSequenceFragmentDoc,
  type RunStatus,
} from './generated/graphql'

export type RunEvent = RunEventsSubscription['runEvents']
type StoredEvent = Exclude<RunEvent, { __typename: 'Progress' }>
type EpochCompleted = Extract<RunEvent, { __typename: 'EpochCompleted' }>

/**
 * Applies one event to the run in the cache. An event that was applied before (after a reconnect the API may replay some) changes
 * nothing; an epoch that is trained again after a resume replaces the earlier one.
 */
export function applyRunEvent(cache: ApolloCache, runId: string, event: RunEvent): void {
  const id = cache.identify({ __typename: 'Run', id: runId })
  const known = id ? cache.readFragment({ id, fragment: RunSequenceFragmentDoc }) : null
  if (!id || !known) return
  if (event.__typename === 'Progress') {
    if (known.status === 'RUNNING') cache.modify({ id, fields: { progress: () => event } })
    return
  }
  if (event.seq <= known.lastSeq) return
  cache.batch({
    update: () => {
      applyStored(cache, id, event)
      if (event.__typename === 'EpochCompleted') keepEpoch(cache, runId, event)
      cache.modify({ id, fields: { lastSeq: () => event.seq } })
    },
  })
}

/** Reads the sequence number of the newest event that the cache holds, 0 where it holds none. */
export function lastSequence(cache: ApolloCache, runId: string): number {
  const id = cache.identify({ __typename: 'Run', id: runId })
  return (id && cache.readFragment({ id, fragment: RunSequenceFragmentDoc })?.lastSeq) || 0
}

function applyStored(cache: ApolloCache, id: string, event: StoredEvent): void {
  switch (event.__typename) {
    case 'StatusChanged':
      cache.modify({
        id,
        fields: {
          status: () => event.status,
          error: () => event.error,
          progress: (progress) => (event.status === 'RUNNING' ? progress : null),
          startedAt: (startedAt) => startedAt ?? (event.status === 'RUNNING' ? event.at : null),
          finishedAt: () => (isFinished(event.status) ? event.at : null),
        },
      })
      return
    case 'PcaBaselineComputed':
      cache.modify({ id, fields: { pcaBaseline: () => event.baseline } })
      return
    case 'AnalysisCompleted':
      cache.modify({ id, fields: { analysis: () => event.analysis } })
      return
    case 'EpochCompleted':
      cache.modify({
        id,
        fields: {
          metrics: (existing, { storeFieldName }) => (storeFieldName === 'metrics' ? withEpoch(existing, event.metrics) : existing),
          checkpoints: (existing) => withEpoch(existing, event.checkpoint),
          reconstructions: (existing, { storeFieldName }) => (storeFieldName === 'reconstructions' ? event.reconstructions : existing),
          codes: (existing, { storeFieldName }) => (storeFieldName === 'codes' ? event.codes : existing),
          summary: (existing) => withResults(existing, event.metrics),
        },
      })
  }
}

/** Keeps what belongs to the epoch under the epoch's own key too, so that scrubbing back to it fetches nothing. */
function keepEpoch(cache: ApolloCache, runId: string, { metrics, reconstructions, codes }: EpochCompleted): void {
  const variables = { id: runId, epoch: metrics.epoch }
  cache.writeQuery({ query: ReconstructionsDocument, variables, data: { run: { __typename: 'Run', id: runId, reconstructions } } })
  cache.writeQuery({ query: CodesDocument, variables, data: { run: { __typename: 'Run', id: runId, codes } } })
}

/** Puts an entry in its place by epoch; one of the same epoch gives way. */
export function withEpoch<Entry extends { readonly epoch: number }>(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const last = entries.at(-1)
  if (!last || last.epoch < entry.epoch) return [...entries, entry]
  return [...entries.filter(({ epoch }) => epoch !== entry.epoch), entry].sort((a, b) => a.epoch - b.epoch)
}

interface StoredSummary {
  readonly epochsCompleted: number
  readonly seconds: number | null
  readonly bestValidationLoss: number | null
  readonly bestEpoch: number | null
}

function withResults(
  summary: StoredSummary | Reference,
  metrics: EpochMetricsFieldsFragment & EpochMeasurementsFieldsFragment,
): StoredSummary | Reference {
  if (!('epochsCompleted' in summary)) return summary
  const { validationLoss } = metrics
  const improved = validationLoss !== null && (summary.bestValidationLoss === null || validationLoss < summary.bestValidationLoss)
  return {
    ...summary,
    // The table's own stream may have brought this epoch's summary before.
    ...(metrics.epoch > summary.epochsCompleted
      ? { epochsCompleted: metrics.epoch, seconds: (summary.seconds ?? 0) + metrics.seconds }
      : {}),
    trainLoss: metrics.trainLoss,
    validationLoss,
    validationMeanSquaredError: metrics.validationMeanSquaredError,
    ...Object.fromEntries(epochMetricCatalog.map(({ id }) => [id, metrics[id]])),
    imagesPerSecond: metrics.imagesPerSecond,
    ...(improved ? { bestValidationLoss: validationLoss, bestEpoch: metrics.epoch } : {}),
  } as StoredSummary
}

function isFinished(status: RunStatus): boolean {
  return status !== 'QUEUED' && status !== 'RUNNING'
}
