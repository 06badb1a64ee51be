import type { OnnxRuntimeName } from '@hourglass/tfjs-onnx'
import type { EngineName } from '../config/engineCatalog.js'
import type { CodeSnapshot } from '../measurements/CodeSnapshot.js'
import type { EpochMetrics } from '../measurements/measurementRules.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'

/** What a training run reports, in order: started once, then per epoch progress (a few a second) and the completed epoch, and at last whether it stopped early. */
export type TrainingEvent = TrainingStarted | TrainingProgress | EpochCompleted | StoppedEarly

export interface TrainingStarted {
  readonly type: 'started'
  readonly engine: EngineName
  /** The build of ONNX Runtime that the engine runs on; null for engines that run on none. */
  readonly runtime: OnnxRuntimeName | null
  readonly parameterCount: number
  readonly stepsPerEpoch: number
  /** Number of the last epoch. */
  readonly epochs: number
  /** 1, or the one after the epoch that was resumed from. */
  readonly firstEpoch: number
  /** The first test examples, [samples, values of one example]: the ones that every epoch reconstructs. */
  readonly originals: Float32Array
  /** What a denoising autoencoder sees of them, of the same shape; null where it sees themselves. */
  readonly corrupted: Float32Array | null
  /** Class of each original. */
  readonly labels: readonly number[]
}

/** What a run is doing: training each layer by itself before the first epoch, or training. */
export type TrainingStage = 'pretraining' | 'training'

export interface TrainingProgress {
  readonly type: 'progress'
  readonly stage: TrainingStage
  /** 0 before the first epoch. */
  readonly epoch: number
  /** Steps of this epoch that are done, or of all pretraining. */
  readonly step: number
  readonly stepsPerEpoch: number
  readonly epochs: number
  /** Training examples a second in the steps of this epoch; evaluation is not counted. */
  readonly imagesPerSecond: number
  /** Estimate until training ends, at most where it may stop early, by what the epochs of this run take: evaluations and whatever the reader of these events does with an epoch are part of it. */
  readonly secondsLeft: number
}

export interface EpochCompleted {
  readonly type: 'epochCompleted'
  readonly metrics: EpochMetrics
  /** Reconstructions of the originals, [samples, values of one example]. */
  readonly reconstructions: Float32Array
  readonly codes: CodeSnapshot
  readonly parameters: NamedTensors
  /** Parameters, optimizer slots and step: resuming from it continues to the same last bit. Shares its parameters' memory. */
  readonly trainingState: NamedTensors
}

/** Training has ended before its last epoch, as the validation loss had not fallen for as many epochs as the configuration is patient for. */
export interface StoppedEarly {
  readonly type: 'stoppedEarly'
  /** The last epoch that was trained. */
  readonly epoch: number
  /** The one with the lowest validation loss. */
  readonly bestEpoch: number
}
