import type { IterationTaken } from '../optimizers/IterationTaken.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'

export interface TrainedStep {
  /** The objective, before the step's update where there is a batch for each step, else after it. */
  readonly loss: number
  /** Examples that the loss is a mean over. */
  readonly examples: number
  /** How many examples the step looked at; one may be looked at several times. */
  readonly examplesSeen: number
  /** What an iteration over all examples came to; a step over a batch says nothing of the minimum. */
  readonly iteration?: IterationTaken
}

/** Changes a model's parameters step by step: one epoch is a fixed number of steps. */
export interface Trainer {
  readonly stepsPerEpoch: number
  /** Whether an epoch's loss is that of its last step, which looked at all examples; else the mean over what its steps looked at. */
  readonly lossIsOfLastStep: boolean
  /** Prepares what an epoch's steps share; epochs count from 1. */
  beginEpoch(epoch: number): void
  /** Compiles what the next step needs, so that the time of a step is that of its arithmetic. Steps count from 1. */
  prepare(step: number): Promise<void>
  /** Takes the step of that number in the epoch. */
  step(step: number): Promise<TrainedStep>
  /** Copies everything that training goes on from; the parameters are among it. */
  snapshot(): NamedTensors
  /** Continues from a snapshot; throws AutoencoderError INVALID_TRAINING_STATE where it is another model's. */
  restore(trainingState: NamedTensors): void
  dispose(): Promise<void>
}
