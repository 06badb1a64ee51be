import type { Dataset } from '@hourglass/datasets'
import type { Variable } from '@tensorflow/tfjs-core'
import { isMiniBatch } from '../config/optimizerRowOf.js'
import type { MiniBatchOptimizerConfig, OptimizerConfig, RunConfig } from '../config/RunConfig.js'
import type { Engine, EngineState } from '../engines/Engine.js'
import type { Objective } from '../objective/computeObjective.js'
import { createOptimizer } from '../optimizers/createOptimizer.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'
import type { BatchSource } from './BatchSource.js'
import { ClosedFormTrainer } from './ClosedFormTrainer.js'
import { FULL_BATCH_CHUNK, FullBatchTrainer } from './FullBatchTrainer.js'
import { MiniBatchTrainer } from './MiniBatchTrainer.js'
import type { Pace } from './Pace.js'
import type { Trainer } from './Trainer.js'
import { defineTrainingStep } from './trainingStep.js'

/** What a trainer works on. */
export interface TrainerContext {
  readonly engine: Engine
  readonly config: RunConfig
  readonly dataset: Dataset
  readonly trainCount: number
  readonly latentDimension: number
  readonly objective: Objective
  readonly parameters: Readonly<Record<string, Variable>>
  readonly pace: Pace
  /** Gives those of all training examples. */
  readonly principalComponents?: (() => Promise<PrincipalComponents>) | undefined
  /** Gives the training examples in batches of a size. */
  readonly sourceOf: (batchSize: number) => BatchSource
}

export interface OpenedTrainer {
  readonly trainer: Trainer
  /** Holds the variables. */
  readonly state: EngineState
  /** The parameters, and whatever the trainer remembers beside them; the caller disposes of them. */
  readonly variables: Readonly<Record<string, Variable>>
}

type FullBatchKind = Exclude<OptimizerConfig, MiniBatchOptimizerConfig>['kind']
type OpenTrainer<Kind extends FullBatchKind> = (config: Extract<OptimizerConfig, { kind: Kind }>, context: TrainerContext) => OpenedTrainer

/** What trains with each optimizer that looks at all examples in each step; those that move after every batch have one trainer. */
const trainers: { readonly [Kind in FullBatchKind]: OpenTrainer<Kind> } = {
  lbfgs: (config, { engine, trainCount, objective, parameters, pace, sourceOf }) => {
    const state = engine.createState(parameters)
    const source = sourceOf(FULL_BATCH_CHUNK)
    return {
      trainer: new FullBatchTrainer({ config, state, source, trainCount, objective, parameters, pace }),
      state,
      variables: parameters,
    }
  },

  closedForm: (_, { engine, dataset, trainCount, latentDimension, parameters, principalComponents }) => {
    const state = engine.createState(parameters)
    const { train: split, exampleShape } = dataset
    return {
      trainer: new ClosedFormTrainer({
        engine,
        state,
        split,
        trainCount,
        exampleShape,
        latentDimension,
        principalComponents: trainCount === split.count ? principalComponents : undefined,
      }),
      state,
      variables: parameters,
    }
  },
}

/** Opens what trains with an optimizer. */
export function openTrainer(optimizer: OptimizerConfig, context: TrainerContext): OpenedTrainer {
  if (isMiniBatch(optimizer)) return openMiniBatchTrainer(optimizer, context)
  // A row takes the settings of its own kind, which the lookup by kind guarantees and the type system cannot follow.
  const open = trainers[optimizer.kind] as (config: OptimizerConfig, context: TrainerContext) => OpenedTrainer
  return open(optimizer, context)
}

function openMiniBatchTrainer(config: MiniBatchOptimizerConfig, context: TrainerContext): OpenedTrainer {
  const { engine, objective, parameters, trainCount, sourceOf } = context
  const { batchSize, seed, epochs } = context.config.training
  const optimizer = createOptimizer(config, parameters, { epochs, stepsPerEpoch: Math.ceil(trainCount / batchSize) })
  const variables = { ...parameters, ...optimizer.variables }
  const state = engine.createState(variables)
  const trainingStep = defineTrainingStep({ objective, parameters, optimizer })
  return {
    trainer: new MiniBatchTrainer({ state, variables, trainingStep, source: sourceOf(batchSize), trainCount, batchSize, seed }),
    state,
    variables,
  }
}
