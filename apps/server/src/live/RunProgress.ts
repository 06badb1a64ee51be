/** Where a training run is within its epoch; lives in memory only. */
export interface RunProgress {
  readonly epoch: number
  /** Steps of this epoch that are done. */
  readonly step: number
  readonly stepsPerEpoch: number
  readonly epochs: number
  readonly imagesPerSecond: number
  readonly secondsLeft: number
}
