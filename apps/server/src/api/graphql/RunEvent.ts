import type { Run } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { type FollowedEvent, followRun } from '../../runs/followRun.js'
import type { RunProgress } from '../../runs/RunProgress.js'
import type { StoredRunEvent } from '../../runs/RunStore.js'
import { AnalysisType, describeAnalysis } from './Analysis.js'
import { builder } from './builder.js'
import { CheckpointType } from './Checkpoint.js'
import { CodeSnapshotType } from './CodeSnapshot.js'
import type { Context } from './Context.js'
import { parseConfig } from './configTypes.js'
import { EpochMetricsType } from './EpochMetrics.js'
import { describeBaseline, PcaBaselineType } from './PcaBaseline.js'
import { describeReconstructions, ReconstructionsType } from './Reconstructions.js'
import { describeError, ProgressType, RunErrorType, RunStatusType } from './Run.js'

const StatusChangedType = builder.objectRef<StoredRunEvent>('StatusChanged').implement({
  fields: (t) => ({
    seq: t.exposeInt('seq'),
    at: t.expose('at', { type: 'DateTime' }),
    status: t.field({ type: RunStatusType, resolve: ({ status }) => present(status, 'status') }),
    error: t.field({ type: RunErrorType, nullable: true, resolve: describeError }),
  }),
})

const EpochCompletedType = builder.objectRef<StoredRunEvent>('EpochCompleted').implement({
  fields: (t) => ({
    seq: t.exposeInt('seq'),
    at: t.expose('at', { type: 'DateTime', description: 'When its training and evaluation were done, before it was stored.' }),
    metrics: t.field({ type: EpochMetricsType, resolve: ({ epochMetrics }) => present(epochMetrics, 'metrics') }),
    reconstructions: t.field({
      type: ReconstructionsType,
      resolve: async ({ runId, epoch }, _, context) => describeReconstructions(await requireRun(context, runId), present(epoch, 'epoch')),
    }),
    codes: t.field({ type: CodeSnapshotType, resolve: ({ epochMetrics }) => present(epochMetrics?.codeSnapshot, 'codes') }),
    checkpoint: t.field({ type: CheckpointType, resolve: ({ epochMetrics }) => present(epochMetrics?.checkpoint, 'checkpoint') }),
  }),
})

const PcaBaselineComputedType = builder.objectRef<StoredRunEvent>('PcaBaselineComputed').implement({
  fields: (t) => ({
    seq: t.exposeInt('seq'),
    at: t.expose('at', { type: 'DateTime' }),
    baseline: t.field({
      type: PcaBaselineType,
      resolve: async ({ runId }, _, context) => {
        const run = await requireRun(context, runId)
        const baseline = await context.loaders.baseline.load(present(run.pcaBaselineId, 'baseline'))
        return present(describeBaseline(parseConfig(run.config), present(baseline, 'baseline')), 'baseline')
      },
    }),
  }),
})

const AnalysisCompletedType = builder.objectRef<StoredRunEvent>('AnalysisCompleted').implement({
  fields: (t) => ({
    seq: t.exposeInt('seq'),
    at: t.expose('at', { type: 'DateTime' }),
    analysis: t.field({
      type: AnalysisType,
      nullable: true,
      description: 'The newest of the run.',
      resolve: async ({ runId }, _, context) =>
        describeAnalysis(await requireRun(context, runId), await context.loaders.analysis.load(runId), context.lab.log),
    }),
  }),
})

const storedTypes = {
  STATUS_CHANGED: 'StatusChanged',
  EPOCH_COMPLETED: 'EpochCompleted',
  PCA_BASELINE_COMPUTED: 'PcaBaselineComputed',
  ANALYSIS_COMPLETED: 'AnalysisCompleted',
} as const satisfies Record<StoredRunEvent['type'], string>

const RunEventType = builder.unionType('RunEvent', {
  description: 'What happens to a run. All but Progress are stored and carry a sequence number without gaps.',
  types: [StatusChangedType, EpochCompletedType, PcaBaselineComputedType, AnalysisCompletedType, ProgressType],
  resolveType: (event: StoredRunEvent | RunProgress) => ('seq' in event ? storedTypes[event.type] : 'Progress'),
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
      const { store, signals, queue } = lab
      return followRun({ store, signals, runId, after: after ?? 0, progressOf: (id) => queue.progressOf(id) })
    },
    resolve: (followed: FollowedEvent) => (followed.kind === 'stored' ? followed.event : followed.progress),
  }),
}))

async function requireRun({ loaders }: Context, id: string): Promise<Run> {
  return present(await loaders.run.load(id), 'run')
}

/** An event is stored in one transaction with what it reports; that is missing only where the run was deleted meanwhile. */
function present<Value>(value: Value | null | undefined, subject: string): Value {
  if (value === null || value === undefined) {
    throw new HourglassError(errorCodes.runNotFound, `The ${subject} of this event is gone: the run was deleted.`)
  }
  return value
}
