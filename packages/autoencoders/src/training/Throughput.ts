import type { TrainedStep } from './Trainer.js'

/** Measures how fast training steps are. */
export class Throughput {
  #milliseconds = 0
  #examples = 0

  /** Measures one step. */
  async measure(step: () => Promise<TrainedStep>): Promise<TrainedStep> {
    const started = performance.now()
    const result = await step()
    this.#milliseconds += performance.now() - started
    this.#examples += result.examplesSeen
    return result
  }

  get examplesPerSecond(): number {
    return this.#milliseconds === 0 ? 0 : (1000 * this.#examples) / this.#milliseconds
  }
}
