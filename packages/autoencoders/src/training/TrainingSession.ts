import type { Dataset } from '@hourglass/datasets'
import { dispose, tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core'
import { createNetwork } from '../architectures/networks.js'
import type { RunConfig } from '../config/RunConfig.js'
import { BatchedFunction } from '../engines/BatchedFunction.js'
import type { Engine, EngineState } from '../engines/Engine.js'
import { initializeParameters } from '../layers/initializers.js'
import { lossFunctions } from '../losses/losses.js'
import { createOptimizer, type NamedVariables } from '../optimizers/createOptimizer.js'
import { activateCpuBackend } from '../tensors/cpuBackend.js'
import { type NamedTensors, sizeOfShape } from '../tensors/NamedTensors.js'
import { requireTrainingState } from './requireTrainingState.js'
import { defineEvaluation, defineTrainingStep } from './trainingStep.js'

/** One model in training on one engine: its variables and the functions that work on them. */
export class TrainingSession {
  readonly trainingStep: BatchedFunction
  readonly evaluation: BatchedFunction
  readonly #variables: NamedVariables
  readonly #parameterNames: readonly string[]
  readonly #state: EngineState

  /** Starts from freshly initialized parameters. */
  constructor(engine: Engine, config: RunConfig, { exampleShape }: Pick<Dataset, 'exampleShape'>) {
    const { architecture, optimizer: optimizerConfig, training } = config
    activateCpuBackend()
    const parameters = toVariables(initializeParameters(architecture, { exampleShape, seed: training.seed }))
    const optimizer = createOptimizer(optimizerConfig, parameters)
    const parts = { network: createNetwork(architecture, exampleShape), loss: lossFunctions[config.loss], parameters, optimizer }
    this.#variables = { ...parameters, ...optimizer.variables }
    this.#parameterNames = Object.keys(parameters)
    this.#state = engine.createState(this.#variables)
    this.trainingStep = new BatchedFunction(this.#state, defineTrainingStep(parts), sizeOfShape(exampleShape))
    this.evaluation = new BatchedFunction(this.#state, defineEvaluation(parts), sizeOfShape(exampleShape))
  }

  /** Continues from a training state; throws AutoencoderError INVALID_TRAINING_STATE where it is another model's. */
  restore(trainingState: NamedTensors): void {
    requireTrainingState(trainingState, this.#variables)
    this.#state.restore(trainingState)
  }

  /** Copies everything that training goes on from; the parameters are among it. */
  snapshot(): { readonly parameters: NamedTensors; readonly trainingState: NamedTensors } {
    const trainingState = this.#state.snapshot()
    const parameters = Object.entries(trainingState).filter(([name]) => this.#parameterNames.includes(name))
    return { parameters: Object.fromEntries(parameters), trainingState }
  }

  async dispose(): Promise<void> {
    await this.trainingStep.dispose()
    await this.evaluation.dispose()
    activateCpuBackend()
    dispose({ ...this.#variables })
  }
}

function toVariables(tensors: NamedTensors): Record<string, Variable> {
  return tidy(() =>
    Object.fromEntries(Object.entries(tensors).map(([name, { shape, values }]) => [name, variable(tensor(values, [...shape]))])),
  )
}
