import { shuffledIndices } from '@hourglass/datasets'
import type { Variable } from '@tensorflow/tfjs-core'
import { BatchedFunction } from '../engines/BatchedFunction.js'
import type { EngineState, TensorFunction } from '../engines/Engine.js'
import { requireTrainingState } from '../optimizers/requireTrainingState.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import type { BatchSource } from './BatchSource.js'
import type { TrainedStep, Trainer } from './Trainer.js'

export interface MiniBatchTrainerOptions {
  readonly state: EngineState
  /** Parameters and optimizer slots, all of them in the state. */
  readonly variables: Readonly<Record<string, Variable>>
  /** What defineTrainingStep defines. */
  readonly trainingStep: TensorFunction
  readonly source: BatchSource
  readonly trainCount: number
  readonly batchSize: number
  readonly seed: number
  /** Distinguishes the random streams of several trainings of one run. @default '' */
  readonly streamPrefix?: string
}

/** Trains on one shuffled batch after another. */
export class MiniBatchTrainer implements Trainer {
  readonly stepsPerEpoch: number
  readonly lossIsOfLastStep = false
  readonly #options: MiniBatchTrainerOptions
  readonly #trainingStep: BatchedFunction

  constructor(options: MiniBatchTrainerOptions) {
    const { state, trainingStep, source, trainCount, batchSize } = options
    this.#options = options
    this.stepsPerEpoch = Math.ceil(trainCount / batchSize)
    this.#trainingStep = new BatchedFunction({ state, fn: trainingStep, widths: source.widths })
  }

  beginEpoch(epoch: number): void {
    const { source, trainCount, seed, streamPrefix = '' } = this.#options
    const stream = `${streamPrefix}epoch/${epoch}`
    source.select({ order: shuffledIndices(trainCount, { seed, stream }), seed, stream })
  }

  async prepare(step: number): Promise<void> {
    const [start, end] = this.#rangeOf(step)
    await this.#trainingStep.prepare(end - start)
  }

  async step(step: number): Promise<TrainedStep> {
    const [start, end] = this.#rangeOf(step)
    const { loss } = await this.#trainingStep.run(this.#options.source, start, end)
    return { loss: loss?.[0] ?? Number.NaN, examples: end - start, examplesSeen: end - start }
  }

  snapshot(): NamedTensors {
    return this.#options.state.snapshot()
  }

  restore(trainingState: NamedTensors): void {
    requireTrainingState(trainingState, this.#options.variables)
    this.#options.state.restore(trainingState)
  }

  dispose(): Promise<void> {
    return this.#trainingStep.dispose()
  }

  #rangeOf(step: number): readonly [start: number, end: number] {
    const { batchSize, trainCount } = this.#options
    return [(step - 1) * batchSize, Math.min(step * batchSize, trainCount)]
  }
}
