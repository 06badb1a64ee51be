import { EpochPace, type LiveStage } from '@hourglass/autoencoders/training'
import type { RunReport } from '@hourglass/protocol'

/** Knows what the worker of one run does, and since when, from what it reports. */
export class StageClock {
  #stage: LiveStage['stage'] = 'starting'
  /** 0 until a report names it. */
  #epoch = 0
  #share = 0
  #since = performance.now()
  #pace = new EpochPace()

  /** Takes a report once it is stored. */
  follow(report: RunReport): void {
    if (report.type === 'started') {
      this.#begin('training', 0)
      this.#pace = new EpochPace()
    } else if (report.type === 'epoch') {
      this.#begin('training', report.epoch + 1)
      this.#pace.finished()
    } else if (report.type === 'progress') {
      const { stage, epoch, step, stepsPerEpoch } = report
      if (stage !== this.#stage) this.#begin(stage, epoch)
      this.#epoch = epoch
      this.#share = Math.min(1, step / Math.max(1, stepsPerEpoch))
    }
  }

  now(): LiveStage {
    const elapsedSeconds = (performance.now() - this.#since) / 1000
    return { stage: this.#stage, epoch: this.#epoch, share: this.#share, elapsedSeconds, epochSeconds: this.#pace.secondsPerEpoch }
  }

  #begin(stage: LiveStage['stage'], epoch: number): void {
    this.#stage = stage
    this.#epoch = epoch
    this.#share = 0
    this.#since = performance.now()
  }
}
