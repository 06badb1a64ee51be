import { artifactNames, changesFiles, describeRunEvent, type RunEventKind, runEventPayloads } from '@hourglass/protocol'
import type { z } from 'zod'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { FollowedEvent } from '../../runs/feeds/runFeed.js'
import type { LiveProgress } from '../../runs/LiveProgress.js'
import type { RunEvent } from '../../runs/RunReader.js'
import { AnalysisType, describeAnalysis } from './Analysis.js'
import { builder } from './builder.js'
import { CheckpointType } from './Checkpoint.js'
import { CodeSnapshotType, describeCodes } from './CodeSnapshot.js'
import { EpochMetricsType } from './EpochMetrics.js'
import { eventFieldType } from './eventFieldType.js'
import { HistoryEntryType } from './HistoryEntry.js'
import { describeBaseline, PcaBaselineType } from './PcaBaseline.js'
import { ProgressType } from './Progress.js'
import { describeReconstructions, ReconstructionsType } from './Reconstructions.js'
import { RunType } from './Run.js'
import { RunErrorType, RunStatusType } from './RunStatus.js'

const StoredEvent = builder.interfaceRef<RunEvent>('StoredEvent').implement({
  description: 'What happened to a run, and the run as it was when the event was sent: whoever applies both misses nothing.',
  fields: (t) => ({
    seq: t.exposeInt('seq', { description: 'Counts what happens in the lab: grows from event to event of a run, with gaps.' }),
    at: t.expose('at', { type: 'DateTime' }),
    run: t.field({ type: RunType, resolve: ({ run }) => run }),
    changesFiles: t.boolean({
      description: 'Whether files of the run come or go with it: `files` is then another list.',
      resolve: ({ kind }) => changesFiles(kind),
    }),
    entry: t.field({
      type: HistoryEntryType,
      nullable: true,
      description: 'What it adds to the history of the run; null where that is nothing.',
      resolve: ({ seq, at, kind, payload }) => {
        const line = describeRunEvent(kind, payload)
        return line === null ? null : { seq, at, line }
      },
    }),
  }),
})

/** An object type for each kind of event, with the fields of its payload; what else an event has is in `addedFields`. */
const eventTypes = Object.fromEntries(
  Object.entries(runEventPayloads).map(([kind, payload]) => [kind, defineEvent(kind as RunEventKind, payload)]),
) as Record<RunEventKind, ReturnType<typeof defineEvent>>

builder.objectFields(eventTypes.STATUS_CHANGED, (t) => ({
  status: t.field({ type: RunStatusType, resolve: ({ payload }) => runEventPayloads.STATUS_CHANGED.parse(payload).status }),
  error: t.field({
    type: RunErrorType,
    nullable: true,
    resolve: ({ payload }) => runEventPayloads.STATUS_CHANGED.parse(payload).error,
  }),
}))

const epochOf = ({ payload }: RunEvent) => runEventPayloads.EPOCH_COMPLETED.parse(payload).epoch

builder.objectFields(eventTypes.EPOCH_COMPLETED, (t) => ({
  metrics: t.field({ type: EpochMetricsType, resolve: (event) => event.point ?? { at: epochOf(event), values: {} } }),
  reconstructions: t.field({
    type: ReconstructionsType,
    nullable: true,
    resolve: (event, _, { loaders }) => describeReconstructions(loaders, event.run, epochOf(event)),
  }),
  codes: t.field({ type: CodeSnapshotType, nullable: true, resolve: (event, _, { lab }) => describeCodes(lab, event.run, epochOf(event)) }),
  checkpoint: t.field({
    type: CheckpointType,
    nullable: true,
    resolve: async (event, _, { lab }) => {
      const artifact = await lab.artifacts.find(event.run.number, artifactNames.checkpoint(epochOf(event)))
      return artifact && { runId: event.run.id, artifact }
    },
  }),
}))

builder.objectFields(eventTypes.NOTES_CHANGED, (t) => ({
  notes: t.string({ description: 'As they are when the event is sent.', resolve: ({ run }) => run.notes }),
}))

builder.objectFields(eventTypes.PCA_BASELINE_COMPUTED, (t) => ({
  baseline: t.field({ type: PcaBaselineType, nullable: true, resolve: ({ run }, _, { loaders }) => describeBaseline(loaders, run) }),
}))

builder.objectFields(eventTypes.ANALYSIS_COMPLETED, (t) => ({
  analysis: t.field({
    type: AnalysisType,
    nullable: true,
    description: 'The newest of the run.',
    resolve: ({ run }, _, { loaders }) => describeAnalysis(loaders, run),
  }),
}))

const RunEventType = builder.unionType('RunEvent', {
  description: 'What happens to a run. All but Progress are stored.',
  types: [...Object.values(eventTypes), ProgressType],
  resolveType: (event: RunEvent | LiveProgress) => ('seq' in event ? eventTypes[event.kind] : ProgressType),
})

builder.subscriptionFields((t) => ({
  runEvents: t.field({
    type: RunEventType,
    description:
      'Replays the stored events after `after` in order, then continues live. Progress is live only. Ends when the run is deleted, not when it finishes: it may be resumed.',
    args: {
      runId: t.arg.id({ required: true }),
      after: t.arg.int({ defaultValue: 0, description: 'Sequence number of the last event that the client has; 0 for none.' }),
    },
    subscribe: (_, { runId, after }, { lab }) => {
      if ((after ?? 0) < 0) throw new HourglassError(errorCodes.badUserInput, `after: expected a sequence number from 0, got ${after}.`)
      return lab.feeds.followRun(runId, after ?? 0)
    },
    resolve: (followed: FollowedEvent) => (followed.kind === 'stored' ? followed.event : followed.progress),
  }),
}))

function defineEvent(kind: RunEventKind, payload: z.ZodObject) {
  const members = kind === 'STATUS_CHANGED' ? [] : Object.entries(payload.shape)
  return builder.objectRef<RunEvent>(typeName(kind)).implement({
    interfaces: [StoredEvent],
    fields: (t) =>
      Object.fromEntries(
        members.map(([name, schema]) => {
          const { type, nullable } = eventFieldType(name, schema)
          return [
            name,
            // The type of a field follows from its schema, which gave the payload.
            t.field({
              type: type as 'String',
              nullable: nullable as true,
              resolve: (event) => (payload.parse(event.payload)[name] ?? null) as string | null,
            }),
          ]
        }),
      ),
  })
}

/** `EPOCH_COMPLETED` is the type EpochCompleted. */
function typeName(kind: RunEventKind): string {
  return kind
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
