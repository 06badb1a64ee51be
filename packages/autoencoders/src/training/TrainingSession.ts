import type { Dataset, ExampleCounts, Split } from '@hourglass/datasets'
import type { Variable } from '@tensorflow/tfjs-core'
import { createNetwork } from '../architectures/createNetwork.js'
import { latentDimensionOf } from '../architectures/layouts.js'
import type { RunConfig } from '../config/RunConfig.js'
import { BatchedFunction } from '../engines/BatchedFunction.js'
import type { Engine } from '../engines/Engine.js'
import { lossFunctions } from '../losses/losses.js'
import type { Objective } from '../objective/computeObjective.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { disposeVariables, toVariables } from '../tensors/variables.js'
import { BatchSource } from './BatchSource.js'
import { EVALUATION_BATCH } from './evaluate.js'
import type { Pace } from './Pace.js'
import { SNAPSHOT_CODES } from './ShownExamples.js'
import type { Trainer } from './Trainer.js'
import { openTrainer } from './trainers.js'
import { defineEvaluation } from './trainingStep.js'

export interface TrainingSessionOptions {
  readonly engine: Engine
  readonly config: RunConfig
  readonly dataset: Dataset
  readonly counts: ExampleCounts
  /** Where training starts. */
  readonly parameters: NamedTensors
  readonly pace: Pace
  /** Gives the principal components of all training examples, where somebody keeps them. */
  readonly principalComponents?: (() => Promise<PrincipalComponents>) | undefined
}

/** Examples that are scored, from the first of a split. */
export interface ScoredExamples {
  readonly split: Split
  readonly count: number
  /** The examples in their order, in batches of EVALUATION_BATCH. */
  readonly batches: BatchSource
}

/** One model in training on one engine: what trains it, and what evaluates it. */
export class TrainingSession {
  readonly trainer: Trainer
  /** What defineEvaluation defines. */
  readonly evaluation: BatchedFunction
  readonly counts: ExampleCounts
  /** What is scored after each epoch: validation examples, or test examples where none are held out. */
  readonly scored: ScoredExamples
  /** Test examples in their order, in batches of EVALUATION_BATCH. */
  readonly shownBatches: BatchSource
  /** How many of them are encoded after each epoch. */
  readonly shownCount: number
  /** Training examples in their order, likewise. */
  readonly trainBatches: BatchSource
  readonly latentDimension: number
  readonly #variables: Readonly<Record<string, Variable>>
  readonly #parameterNames: readonly string[]

  constructor({ engine, config, dataset, counts, parameters: initial, pace, principalComponents }: TrainingSessionOptions) {
    const { architecture, corruption } = config
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
    const train = (batchSize: number) => sourceOf(dataset.train, counts.train, batchSize)
    const trainCount = counts.train
    const context = {
      engine,
      config,
      dataset,
      trainCount,
      latentDimension,
      objective,
      parameters,
      pace,
      principalComponents,
      sourceOf: train,
    }
    const { trainer, state, variables } = openTrainer(config.optimizer, context)
    this.trainer = trainer
    this.#variables = variables
    this.latentDimension = latentDimension
    this.#parameterNames = Object.keys(parameters)
    this.counts = counts
    this.shownCount = Math.min(SNAPSHOT_CODES, counts.test)
    const split = counts.validation > 0 ? dataset.validation : null
    this.shownBatches = sourceOf(dataset.test, split ? this.shownCount : counts.test, EVALUATION_BATCH)
    this.scored = split
      ? { split, count: counts.validation, batches: sourceOf(split, counts.validation, EVALUATION_BATCH) }
      : { split: dataset.test, count: counts.test, batches: this.shownBatches }
    this.trainBatches = train(EVALUATION_BATCH)
    const evaluation = defineEvaluation({ objective, parameters })
    this.evaluation = new BatchedFunction({ state, fn: evaluation, widths: this.shownBatches.widths })
  }

  /** Copies everything that training goes on from; the parameters are among it. */
  snapshot(): { readonly parameters: NamedTensors; readonly trainingState: NamedTensors } {
    const trainingState = this.trainer.snapshot()
    const parameters = Object.entries(trainingState).filter(([name]) => this.#parameterNames.includes(name))
    return { parameters: Object.fromEntries(parameters), trainingState }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose()
  }

  async dispose(): Promise<void> {
    await this.trainer.dispose()
    await this.evaluation.dispose()
    disposeVariables(this.#variables)
  }
}
