import type { Dataset, Split } from '@hourglass/datasets'
import type { Variable } from '@tensorflow/tfjs-core'
import { createNetwork } from '../architectures/createNetwork.js'
import { latentDimensionOf } from '../architectures/layouts.js'
import type { RunConfig } from '../config/RunConfig.js'
import { BatchedFunction } from '../engines/BatchedFunction.js'
import type { Engine, EngineState } from '../engines/Engine.js'
import { lossFunctions } from '../losses/losses.js'
import type { Objective } from '../objective/computeObjective.js'
import { createOptimizer } from '../optimizers/createOptimizer.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { disposeVariables, toVariables } from '../tensors/variables.js'
import { BatchSource } from './BatchSource.js'
import { ClosedFormTrainer } from './ClosedFormTrainer.js'
import { EVALUATION_BATCH } from './evaluate.js'
import { FULL_BATCH_CHUNK, FullBatchTrainer } from './FullBatchTrainer.js'
import { MiniBatchTrainer } from './MiniBatchTrainer.js'
import type { Pace } from './Pace.js'
import type { Trainer } from './Trainer.js'
import { defineEvaluation, defineTrainingStep } from './trainingStep.js'

export interface TrainingSessionOptions {
  readonly engine: Engine
  readonly config: RunConfig
  readonly dataset: Dataset
  readonly trainCount: number
  readonly testCount: number
  /** Where training starts. */
  readonly parameters: NamedTensors
  readonly pace: Pace
}

/** One model in training on one engine: what trains it, and what evaluates it. */
export class TrainingSession {
  readonly trainer: Trainer
  /** What defineEvaluation defines. */
  readonly evaluation: BatchedFunction
  /** Test examples in their order, in batches of EVALUATION_BATCH. */
  readonly testBatches: BatchSource
  /** Training examples in their order, likewise. */
  readonly trainBatches: BatchSource
  readonly latentDimension: number
  readonly #state: EngineState
  readonly #variables: Readonly<Record<string, Variable>>
  readonly #parameterNames: readonly string[]

  constructor({ engine, config, dataset, trainCount, testCount, parameters: initial, pace }: TrainingSessionOptions) {
    const { architecture, corruption, optimizer: optimizerConfig, training } = config
    const parameters = toVariables(initial)
    const objective: Objective = {
      network: createNetwork(architecture, dataset.exampleShape),
      loss: lossFunctions[config.loss],
      regularizer: config.regularizer,
      encoder: architecture.encoder,
    }
    const latentDimension = latentDimensionOf(architecture, dataset.exampleShape)
    const sourceOf = (split: Split, count: number, batchSize: number) =>
      new BatchSource({ encoder: architecture.encoder, corruption, latentDimension, split, count, batchSize })
    const train = (batchSize: number) => sourceOf(dataset.train, trainCount, batchSize)
    if (optimizerConfig.kind === 'closedForm') {
      this.#variables = parameters
      const state = engine.createState(parameters)
      const { train: split, exampleShape } = dataset
      this.trainer = new ClosedFormTrainer({ engine, state, split, trainCount, exampleShape, latentDimension })
      this.#state = state
    } else if (optimizerConfig.kind === 'lbfgs') {
      this.#variables = parameters
      const state = engine.createState(parameters)
      const source = train(FULL_BATCH_CHUNK)
      this.trainer = new FullBatchTrainer({ config: optimizerConfig, state, source, trainCount, objective, parameters, pace })
      this.#state = state
    } else {
      const optimizer = createOptimizer(optimizerConfig, parameters)
      this.#variables = { ...parameters, ...optimizer.variables }
      const state = engine.createState(this.#variables)
      const { batchSize, seed } = training
      const trainingStep = defineTrainingStep({ objective, parameters, optimizer })
      const variables = this.#variables
      this.trainer = new MiniBatchTrainer({ state, variables, trainingStep, source: train(batchSize), trainCount, batchSize, seed })
      this.#state = state
    }
    this.latentDimension = latentDimension
    this.#parameterNames = Object.keys(parameters)
    this.testBatches = sourceOf(dataset.test, testCount, EVALUATION_BATCH)
    this.trainBatches = train(EVALUATION_BATCH)
    const evaluation = defineEvaluation({ objective, parameters })
    this.evaluation = new BatchedFunction({ state: this.#state, fn: evaluation, widths: this.testBatches.widths })
  }

  /** Copies everything that training goes on from; the parameters are among it. */
  snapshot(): { readonly parameters: NamedTensors; readonly trainingState: NamedTensors } {
    const trainingState = this.trainer.snapshot()
    const parameters = Object.entries(trainingState).filter(([name]) => this.#parameterNames.includes(name))
    return { parameters: Object.fromEntries(parameters), trainingState }
  }

  async dispose(): Promise<void> {
    await this.trainer.dispose()
    await this.evaluation.dispose()
    disposeVariables(this.#variables)
  }
}
