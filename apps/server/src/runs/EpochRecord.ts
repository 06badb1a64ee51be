import type { Prisma, Run } from '../generated/prisma/client.js'
import type { EpochMeasurements } from './epochMeasurements.js'

/** What a worker reports of one completed epoch, its files already written. */
export interface EpochRecord {
  readonly metrics: {
    readonly epoch: number
    readonly trainLoss: number
    readonly validationLoss: number
    readonly validationMeanSquaredError: number
    readonly measurements: EpochMeasurements
    readonly seconds: number
    readonly imagesPerSecond: number
  }
  /** When the epoch's training and evaluation were done. */
  readonly finishedAt: Date
  readonly checkpointBytes: number
  /** Examples in the epoch's file of codes. */
  readonly codeCount: number
  /** [latent dimension][minimum, maximum, mean, standard deviation] */
  readonly codeDimensions: Float64Array
  /** Divergence of each dimension from the prior, [latent dimension]; null unless the encoder is variational. */
  readonly codeDivergences: Float64Array | null
}

interface StoredEpoch {
  readonly epochMetrics: Prisma.EpochMetricsUncheckedCreateInput
  readonly checkpoint: Prisma.CheckpointUncheckedCreateInput
  readonly codeSnapshot: Prisma.CodeSnapshotUncheckedCreateInput
  /** What the run's own row says from now on. */
  readonly summary: Prisma.RunUpdateInput
}

/** Lays an epoch out as rows. */
export function toStored(run: Run, { metrics, checkpointBytes, codeCount, codeDimensions, codeDivergences }: EpochRecord): StoredEpoch {
  const key = { runId: run.id, epoch: metrics.epoch }
  const { measurements } = metrics
  const losses = {
    trainLoss: finiteOrNull(metrics.trainLoss),
    validationLoss: finiteOrNull(metrics.validationLoss),
    validationMeanSquaredError: finiteOrNull(metrics.validationMeanSquaredError),
  }
  const { validationLoss } = losses
  const isBest = validationLoss !== null && (run.bestValidationLoss === null || validationLoss < run.bestValidationLoss)
  return {
    epochMetrics: { ...key, ...losses, measurements, seconds: metrics.seconds, imagesPerSecond: metrics.imagesPerSecond },
    checkpoint: { ...key, bytes: checkpointBytes },
    codeSnapshot: {
      ...key,
      count: codeCount,
      dimensions: toBytes(codeDimensions),
      divergences: codeDivergences && toBytes(codeDivergences),
    },
    summary: {
      ...losses,
      measurements,
      ...(isBest ? { bestValidationLoss: validationLoss, bestEpoch: metrics.epoch } : {}),
      epochsCompleted: metrics.epoch,
      seconds: (run.seconds ?? 0) + metrics.seconds,
      imagesPerSecond: metrics.imagesPerSecond,
    },
  }
}

/** Lays float64 values out as little-endian bytes. */
export function toBytes(values: Float64Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * Float64Array.BYTES_PER_ELEMENT)
  const view = new DataView(bytes.buffer)
  values.forEach((value, index) => {
    view.setFloat64(index * Float64Array.BYTES_PER_ELEMENT, value, true)
  })
  return bytes
}

/** Reads little-endian float64 values back. */
export function fromBytes(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float64Array.from({ length: bytes.length / Float64Array.BYTES_PER_ELEMENT }, (_, index) =>
    view.getFloat64(index * Float64Array.BYTES_PER_ELEMENT, true),
  )
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
