import type { LbfgsConfig } from '../config/optimizers/lbfgs.js'
import { BatchedFunction } from '../engines/BatchedFunction.js'
import type { EngineState } from '../engines/Engine.js'
import { Lbfgs } from '../optimizers/lbfgs/Lbfgs.js'
import { describeLbfgsState } from '../optimizers/lbfgs/lbfgsState.js'
import { requireTrainingState } from '../optimizers/requireTrainingState.js'
import { FlatLayout } from '../tensors/FlatLayout.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import type { BatchSource } from './BatchSource.js'
import type { Pace } from './Pace.js'
import type { TrainedStep, Trainer } from './Trainer.js'
import { defineGradients, type GradientParts } from './trainingStep.js'

/** Beside the gradients, which have the names of their parameters. */
const LOSS = 'loss'

/** Examples whose gradient is computed at once; gradients of all of them are added up. */
export const FULL_BATCH_CHUNK = 1000

export interface FullBatchTrainerOptions extends GradientParts {
  readonly config: LbfgsConfig
  /** Holds the parameters and nothing else. */
  readonly state: EngineState
  /** Of batches of up to FULL_BATCH_CHUNK. */
  readonly source: BatchSource
  readonly trainCount: number
  /** Asked between two chunks; an iteration that is aborted is as if it had not begun. */
  readonly pace: Pace
}

/** Trains by L-BFGS on the gradient over all examples: each step is one iteration, with as many evaluations as its line search takes. */
export class FullBatchTrainer implements Trainer {
  readonly stepsPerEpoch: number
  readonly lossIsOfLastStep = true
  readonly #options: FullBatchTrainerOptions
  readonly #gradients: BatchedFunction
  readonly #layout: FlatLayout
  readonly #minimizer: Lbfgs
  #evaluations = 0

  constructor(options: FullBatchTrainerOptions) {
    const { config, state, source, objective, parameters } = options
    this.#options = options
    this.stepsPerEpoch = config.iterationsPerEpoch
    const computeGradients = defineGradients({ objective, parameters })
    this.#gradients = new BatchedFunction({
      state,
      fn: (inputs) => {
        const { loss, gradients } = computeGradients(inputs)
        return { ...gradients, [LOSS]: loss }
      },
      widths: source.widths,
    })
    this.#layout = new FlatLayout(parameters)
    this.#minimizer = new Lbfgs(this.#layout.flatten(state.snapshot()), { memory: config.historySize })
  }

  beginEpoch(): void {}

  async prepare(): Promise<void> {
    const { trainCount } = this.#options
    for (const count of new Set([Math.min(FULL_BATCH_CHUNK, trainCount), trainCount % FULL_BATCH_CHUNK || FULL_BATCH_CHUNK])) {
      if (count <= trainCount) await this.#gradients.prepare(count)
    }
  }

  async step(): Promise<TrainedStep> {
    const { state, trainCount } = this.#options
    const before = this.#evaluations
    const { loss, outcome, gradientNorm } = await this.#minimizer.iterate((parameters) => this.#evaluate(parameters))
    state.restore(this.#layout.unflatten(this.#minimizer.parameters))
    return {
      loss,
      examples: trainCount,
      examplesSeen: (this.#evaluations - before) * trainCount,
      iteration: { hasMoved: outcome === 'progressed', largestGradient: gradientNorm },
    }
  }

  snapshot(): NamedTensors {
    return { ...this.#options.state.snapshot(), ...this.#minimizer.snapshot() }
  }

  restore(trainingState: NamedTensors): void {
    const { config, parameters, state } = this.#options
    const memory = describeLbfgsState(this.#layout.size, config.historySize)
    requireTrainingState(trainingState, { ...parameters, ...memory })
    const flat = this.#layout.flatten(trainingState)
    state.restore(this.#layout.unflatten(flat))
    this.#minimizer.restore(flat, Object.fromEntries(Object.entries(trainingState).filter(([name]) => Object.hasOwn(memory, name))))
  }

  dispose(): Promise<void> {
    return this.#gradients.dispose()
  }

  async #evaluate(parameters: Float32Array): Promise<{ loss: number; gradient: Float32Array }> {
    const { state, source, trainCount, pace } = this.#options
    this.#evaluations += 1
    state.restore(this.#layout.unflatten(parameters))
    const sums = new Float64Array(parameters.length)
    let lossSum = 0
    for (let start = 0; start < trainCount; start += FULL_BATCH_CHUNK) {
      const end = Math.min(start + FULL_BATCH_CHUNK, trainCount)
      const outputs = await this.#gradients.run(source, start, end)
      lossSum += (outputs[LOSS]?.[0] ?? Number.NaN) * (end - start)
      this.#layout.addScaled(sums, outputs, end - start)
      await pace.breathe()
      pace.throwIfAborted()
    }
    return { loss: lossSum / trainCount, gradient: new Float32Array(sums.map((sum) => sum / trainCount)) }
  }
}
