import type { Split } from '@hourglass/datasets'
import type { Engine, EngineState } from '../engines/Engine.js'
import { requireTrainingState } from '../optimizers/requireTrainingState.js'
import { fitPrincipalComponents } from '../pca/fitPrincipalComponents.js'
import { PcaWorkspace } from '../pca/PcaWorkspace.js'
import type { PrincipalComponents } from '../pca/PrincipalComponents.js'
import { roundPrincipalComponents } from '../pca/principalComponentsFile.js'
import { toLinearModel } from '../pca/toLinearModel.js'
import { type NamedTensors, sizeOfShape } from '../tensors/NamedTensors.js'
import type { TrainedStep, Trainer } from './Trainer.js'

export interface ClosedFormTrainerOptions {
  readonly engine: Engine
  /** Holds the parameters of a dense linear autoencoder and nothing else. */
  readonly state: EngineState
  readonly split: Split
  /** Training examples, from the first of the split. */
  readonly trainCount: number
  readonly exampleShape: readonly number[]
  readonly latentDimension: number
  /** Gives the principal components of these examples, where somebody keeps them. @default computes them */
  readonly principalComponents?: (() => Promise<PrincipalComponents>) | undefined
}

/**
 * Sets a linear autoencoder to its optimum in a single step: f(x) = Dᵀ(x − μ) and g(z) = Dz + μ with the leading principal components of the
 * training examples as columns of D, which no other linear autoencoder beats on them (Eckart & Young 1936). Units of a code that is longer than
 * there are components stay at 0.
 */
export class ClosedFormTrainer implements Trainer {
  readonly stepsPerEpoch = 1
  readonly lossIsOfLastStep = true
  readonly #options: ClosedFormTrainerOptions
  readonly #split: Split
  readonly #workspace: PcaWorkspace

  constructor(options: ClosedFormTrainerOptions) {
    const { engine, split, trainCount, exampleShape } = options
    const size = sizeOfShape(exampleShape)
    this.#options = options
    this.#split = {
      count: trainCount,
      values: split.values.subarray(0, trainCount * size),
      labels: split.labels.subarray(0, trainCount),
    }
    this.#workspace = new PcaWorkspace(engine, size)
  }

  beginEpoch(): void {}

  async prepare(): Promise<void> {
    if (!this.#options.principalComponents) await this.#workspace.prepare(this.#split)
  }

  async step(): Promise<TrainedStep> {
    const { state, latentDimension, exampleShape, trainCount } = this.#options
    const { principalComponents = () => this.#computeComponents() } = this.#options
    const components = await principalComponents()
    state.restore(toLinearModel(components, latentDimension, exampleShape).parameters)
    // What the other components carry is what is lost.
    const lost = components.variances.subarray(latentDimension).reduce((sum, variance) => sum + variance, 0)
    return { loss: lost / components.size, examples: trainCount, examplesSeen: trainCount }
  }

  /** As they would be kept: the parameters are the same to the last bit, whoever computed them. */
  async #computeComponents(): Promise<PrincipalComponents> {
    return roundPrincipalComponents(await fitPrincipalComponents(this.#workspace, this.#split))
  }

  snapshot(): NamedTensors {
    return this.#options.state.snapshot()
  }

  restore(trainingState: NamedTensors): void {
    const { state } = this.#options
    requireTrainingState(trainingState, state.snapshot())
    state.restore(trainingState)
  }

  dispose(): Promise<void> {
    return this.#workspace.dispose()
  }
}
