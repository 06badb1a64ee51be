import type { OnnxRuntimeName } from '@hourglass/tfjs-onnx'
import type { EngineName } from '../config/RunConfig.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'

/** What a training run reports, in order: started once, then per epoch progress (a few a second) and the completed epoch. */
export type TrainingEvent = TrainingStarted | TrainingProgress | EpochCompleted

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
export const trainingStages = ['pretraining', 'training'] as const
export type TrainingStage = (typeof trainingStages)[number]

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
  /** Estimate for the rest of the run, evaluations included. */
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

export interface EpochMetrics {
  /** Counts from 1. */
  readonly epoch: number
  /** The objective: its mean over the epoch's training examples, each taken before the update it took part in; of L-BFGS after the last. */
  readonly trainLoss: number
  /** The objective: its mean over the test examples after the epoch. */
  readonly validationLoss: number
  /** The part of it that is the reconstruction error; the rest is what regularizer and divergence add. */
  readonly validationReconstructionError: number
  /** Mean over test examples and pixels of the squared difference, whatever the loss. */
  readonly validationMeanSquaredError: number
  /** Mean over test images of −10 log₁₀ of their squared error with values clipped to 0…1, in dB; null for data that are no images. */
  readonly peakSignalToNoiseRatio: number | null
  /** Mean of all code values over the test examples. */
  readonly meanActivation: number
  /** Share of code units that are in use, as activeUnits tells by their variances over the test examples. */
  readonly activeUnitShare: number
  /** Mean over test examples of KL(q(z|x) ‖ p(z)) in nats, summed over units; null unless the encoder is variational. */
  readonly divergence: number | null
  /** Negative log-likelihood of Bernoulli outputs, and of a variational autoencoder the negative evidence lower bound, in bits a value; null for other outputs. */
  readonly bitsPerPixel: number | null
  /** Wall time of training and evaluation. */
  readonly seconds: number
  /** Training examples a second in the training steps alone. */
  readonly imagesPerSecond: number
}

export interface CodeSnapshot {
  /** Codes of the first test examples, at most 2000, [n, latent dimension]. */
  readonly values: Float32Array
  /** Class of each of them. */
  readonly labels: Uint8Array
  /** Codes of the first training examples, at most 1000, [n, latent dimension]; null for codes of more than 256 units, and for fewer than 500 examples. */
  readonly training: Float32Array | null
  /** Distribution of each code dimension over all test examples. */
  readonly dimensions: readonly CodeDimension[]
  /** Divergence of each dimension from the prior in nats, the mean over all test examples; null unless the encoder is variational. */
  readonly divergences: Float64Array | null
}

export interface CodeDimension {
  readonly index: number
  readonly minimum: number
  readonly maximum: number
  readonly mean: number
  readonly standardDeviation: number
}
