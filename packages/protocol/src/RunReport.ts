import { z } from 'zod'
import { aliveSchema } from './Alive.js'
import { artifactRefSchema } from './ArtifactRef.js'
import { datasetRefSchema } from './DatasetRef.js'

const count = z.int().min(0)
/** A moment as ISO 8601 in UTC. */
const moment = z.iso.datetime()
/** A measured number; null where it is not finite: JSON knows no others. */
const measured = z.number().nullable()
/** Any names: metrics are the business of whoever measures them. */
const values = z.record(z.string(), measured)
const failure = { code: z.string(), message: z.string() }

/** What a run's values are counted by. */
export const axes = ['epoch', 'step'] as const
export type Axis = (typeof axes)[number]

/** Parts of a run's time, in order. */
export const runStages = ['starting', 'pretraining', 'training', 'measuring'] as const
export type RunStage = (typeof runStages)[number]

/** What whoever trains a run says of it: a process of this machine, a worker on another one, a script that trained elsewhere. */
export const runReportSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('started'),
    /** Name of the machine. */
    host: z.string(),
    /** What computes, and its build where there are several. */
    engine: z.string().nullable(),
    runtime: z.string().nullable(),
    parameterCount: count.nullable(),
    /** The examples that it learns from; null for data that this lab does not know. */
    dataset: datasetRefSchema.nullable(),
    /** Classes of the fixed examples that every epoch shows. */
    sampleLabels: z.array(count),
    artifacts: z.array(artifactRefSchema),
  }),
  /** The run goes on from an earlier epoch than the newest that is stored: training states are missing or damaged. What lies between is trained again. */
  z.strictObject({
    type: z.literal('resumedEarlier'),
    /** Epoch after which it goes on; 0 for its beginning. */
    epoch: count,
    /** Training states that are of no use, and why. */
    unusable: z.array(z.strictObject({ name: z.string(), message: z.string() })),
  }),
  /** Where a run is within its epoch; never stored. */
  z.strictObject({
    type: z.literal('progress'),
    stage: z.enum(runStages),
    /** 0 before the first. */
    epoch: count,
    /** Steps of this epoch that are done, or of all pretraining; parts that are measured. */
    step: count,
    /** Of as many; 0 where they are not counted. */
    stepsPerEpoch: count,
    epochs: count,
    imagesPerSecond: z.number(),
    secondsLeft: z.number(),
  }),
  /** What it waits for, or null when it goes on; never stored. */
  z.strictObject({ type: z.literal('waiting'), reason: z.strictObject(failure).nullable() }),
  aliveSchema,
  /** A stage is over, and how long it took: what the time of later runs is foretold from. */
  z.strictObject({ type: z.literal('timed'), stage: z.enum(runStages), seconds: z.number().min(0) }),
  z.strictObject({
    type: z.literal('logged'),
    axis: z.enum(axes),
    /** In ascending order of `at`. */
    points: z.array(z.strictObject({ at: count, values })).min(1),
  }),
  z.strictObject({
    type: z.literal('epoch'),
    epoch: z.int().min(1),
    /** When its training and evaluation were done, before its files were written. */
    finishedAt: moment,
    values,
    /** Of an epoch that is trained again, its training state alone: the others are there. Files of earlier epochs among them lie elsewhere from then on. */
    artifacts: z.array(artifactRefSchema),
    /** Earlier epochs whose checkpoint and codes are kept no more. */
    dropped: z.array(z.int().min(1)).optional(),
  }),
  /** Training is over before its last epoch, as the validation loss has not fallen for long enough. */
  z.strictObject({
    type: z.literal('stoppedEarly'),
    /** The last epoch that is stored. */
    epoch: z.int().min(1),
    /** The one with the lowest validation loss. */
    bestEpoch: z.int().min(1),
  }),
  z.strictObject({ type: z.literal('artifacts'), artifacts: z.array(artifactRefSchema).min(1) }),
  z.strictObject({
    type: z.literal('analysed'),
    /** The epoch whose model was measured. */
    epoch: z.int().min(1),
    /** Version of the analysis format. */
    version: z.int().min(1),
    measured: z.unknown(),
    /** What it shows, the shape of its values, and the name of its file. */
    figures: z.array(z.strictObject({ name: z.string(), shape: z.array(count), file: z.string() })),
    artifacts: z.array(artifactRefSchema),
  }),
  z.strictObject({ type: z.literal('analysisFailed'), ...failure }),
  z.strictObject({ type: z.literal('ended'), reason: z.enum(['completed', 'stopped']) }),
  z.strictObject({ type: z.literal('failed'), ...failure }),
])
export type RunReport = z.output<typeof runReportSchema>
export type RunReportOf<Type extends RunReport['type']> = Extract<RunReport, { type: Type }>
export type RunProgress = RunReportOf<'progress'>
