import type { TrainedStep } from './Trainer.js'

/** Measures one epoch's training steps, and estimates from them how long the rest of the run takes. */
export class Throughput {
  #milliseconds = 0
  #examples = 0
  #steps = 0

  /** Measures one step. */
  async measure(step: () => Promise<TrainedStep>): Promise<TrainedStep> {
    const started = performance.now()
    const result = await step()
    this.#milliseconds += performance.now() - started
    this.#examples += result.examplesSeen
    this.#steps += 1
    return result
  }

  get examplesPerSecond(): number {
    return this.#milliseconds === 0 ? 0 : (1000 * this.#examples) / this.#milliseconds
  }

  get secondsPerStep(): number {
    return this.#steps === 0 ? 0 : this.#milliseconds / this.#steps / 1000
  }
}
