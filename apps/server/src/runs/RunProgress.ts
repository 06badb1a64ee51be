import { trainingStages } from '@hourglass/autoencoders'

/** What a running run is doing; measuring is what follows the last epoch. */
export const progressStages = [...trainingStages, 'measuring'] as const
export type ProgressStage = (typeof progressStages)[number]

/** Where a run is within its epoch; lives in memory only. */
export interface RunProgress {
  readonly stage: ProgressStage
  /** 0 while layers are pretrained. */
  readonly epoch: number
  /** Steps of this epoch that are done, or of all pretraining. */
  readonly step: number
  /** 0 while measuring. */
  readonly stepsPerEpoch: number
  readonly epochs: number
  readonly imagesPerSecond: number
  readonly secondsLeft: number
}
