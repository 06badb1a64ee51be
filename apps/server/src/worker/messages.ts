import { workUnits } from '@hourglass/autoencoders/training'
import { z } from 'zod'
import { analysisRecordSchema } from '../runs/AnalysisRecord.js'
import { epochMeasurementsSchema } from '../runs/epochMeasurements.js'
import { progressStages } from '../runs/RunProgress.js'

/** What the server tells a training worker. */
export type TrainingCommand =
  | {
      readonly type: 'train'
      readonly config: unknown
      /** Folder of the run's files. */
      readonly folder: string
      readonly threads: number
      /** Epochs that are stored; training continues from the newest training state that is not ahead of them. */
      readonly epochsCompleted: number
      /** Whether to measure the run after its last epoch; one that has them all is measured whatever this says. */
      readonly analyze: boolean
      /** File of the principal components of the run's training data. */
      readonly componentsPath: string
    }
  | { readonly type: 'stop' }
  | { readonly type: 'epochStored'; readonly epoch: number }

/** What the server asks a baseline worker for. */
export interface BaselineCommand {
  readonly type: 'compute'
  readonly dataset: string
  readonly trainCount: number
  readonly testCount: number
  readonly threads: number
  /** File that keeps the principal components for whoever needs them. */
  readonly componentsPath: string
}

/** What the server asks an engine worker for. */
export interface EngineCommand {
  readonly type: 'check'
  readonly engine: string
}

/** What the server asks an estimate worker for. */
export type EstimateCommand =
  | { readonly type: 'measure'; readonly threads: number }
  /** Of configurations as they are stored. */
  | { readonly type: 'count'; readonly configs: readonly unknown[] }

const failed = z.object({ type: z.literal('failed'), code: z.string(), message: z.string() })
const count = z.int().min(0)
/** The build of ONNX Runtime that an engine runs on, where it runs on one. */
const runtime = z.enum(['node', 'wasm']).nullable()

/** What a training worker reports. */
export const trainingReportSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    engine: z.string(),
    runtime,
    parameterCount: count,
    sampleLabels: z.array(count),
    hasCorruptedSamples: z.boolean(),
  }),
  z.object({
    type: z.literal('progress'),
    stage: z.enum(progressStages),
    epoch: count,
    step: count,
    stepsPerEpoch: count,
    epochs: count,
    imagesPerSecond: z.number(),
    secondsLeft: z.number(),
  }),
  z.object({
    type: z.literal('epochCompleted'),
    metrics: z.object({
      epoch: z.int().min(1),
      // A loss that is not finite reaches the server as it is; the store writes null.
      trainLoss: z.custom<number>((value) => typeof value === 'number'),
      validationLoss: z.custom<number>((value) => typeof value === 'number'),
      validationMeanSquaredError: z.custom<number>((value) => typeof value === 'number'),
      measurements: epochMeasurementsSchema,
      seconds: z.number(),
      imagesPerSecond: z.number(),
    }),
    /** When training and evaluation of the epoch were done, before its files were written. */
    finishedAt: z.date(),
    checkpointBytes: count,
    codeCount: count,
    codeDimensions: z.instanceof(Float64Array),
    codeDivergences: z.instanceof(Float64Array).nullable(),
  }),
  analysisRecordSchema.extend({ type: z.literal('analyzed') }),
  z.object({ type: z.literal('analysisFailed'), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('done'), reason: z.enum(['completed', 'stopped']) }),
  failed,
])
export type TrainingReport = z.output<typeof trainingReportSchema>

/** What a baseline worker reports. */
export const baselineReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('computed'), meanSquaredErrors: z.instanceof(Float64Array) }),
  failed,
])
export type BaselineReport = z.output<typeof baselineReportSchema>

/** What an engine worker reports. */
export const engineReportSchema = z.object({
  type: z.literal('checked'),
  available: z.boolean(),
  runtime,
  reason: z.string().nullable(),
})
export type EngineReport = z.output<typeof engineReportSchema>

const workSchema = z.record(z.enum(workUnits), z.number().min(0))

/** The work of a run, as it is kept between two starts. */
export const runWorkSchema = z.object({
  pretraining: workSchema,
  training: workSchema,
  evaluation: workSchema,
  analysis: workSchema,
  compiledOperators: z.number().min(0),
})

/** One measurement of the machine, as it is kept between two starts. */
export const machineMeasurementSchema = z.object({
  runtime: z.enum(['node', 'wasm']),
  threads: z.int().min(1),
  samples: z.array(z.object({ threads: z.int().min(1), work: workSchema, seconds: z.number().gt(0) })).readonly(),
  secondsPerCompiledOperator: z.number().min(0),
  disturbance: z.number().min(0).max(1),
})

/** What an estimate worker reports. */
export const estimateReportSchema = z.discriminatedUnion('type', [
  /** Every worker begins like this one: `startSeconds` is how long that took. */
  z.object({ type: z.literal('measured'), measurement: machineMeasurementSchema, startSeconds: z.number().min(0) }),
  /** The work of each configuration; null for one that is none. */
  z.object({ type: z.literal('counted'), works: z.array(runWorkSchema.nullable()) }),
  failed,
])
export type EstimateReport = z.output<typeof estimateReportSchema>
