import { GRADIENT_TOLERANCE } from '../../config/optimizers/gradientTolerance.js'
import type { NamedTensors } from '../../tensors/NamedTensors.js'
import { requireTrainingState } from '../requireTrainingState.js'
import { CurvatureMemory } from './CurvatureMemory.js'
import { innerProduct } from './innerProduct.js'
import { decodeLbfgsState, describeLbfgsState, encodeLbfgsState } from './lbfgsState.js'
import { type LinePoint, searchStep } from './searchStep.js'

/** Computes the loss and its gradient over all data; must be deterministic and may not keep or change the parameters. */
export type FullBatchObjective = (parameters: Float32Array) => Promise<{ readonly loss: number; readonly gradient: Float32Array }>

export interface LbfgsOptions {
  /** How many pairs of steps and gradient changes it remembers. @default 10 */
  readonly memory?: number
  /** It has converged where no component of the gradient is larger. @default 1e-7 */
  readonly gradientTolerance?: number
  /** Evaluations of the objective in one line search. @default 25 */
  readonly maximumEvaluations?: number
}

/**
 * How an iteration ended. `progressed` moved the parameters; the others left them where they were, and would again:
 * - `converged`: the gradient is within the tolerance
 * - `lineSearchFailed`: no step along the gradient lowers the loss, which has then reached the rounding of the objective
 * - `notFinite`: the loss or the gradient at the parameters is not finite
 */
export type LbfgsOutcome = 'progressed' | 'converged' | 'lineSearchFailed' | 'notFinite'

export interface LbfgsIteration {
  readonly outcome: LbfgsOutcome
  /** At the parameters after the iteration. */
  readonly loss: number
  /** Largest absolute component of the gradient there. */
  readonly gradientNorm: number
  /** α of the step that was taken; 0 where none was. */
  readonly step: number
  /** How often the objective was computed. */
  readonly evaluations: number
}

interface TrialPoint extends LinePoint {
  readonly parameters: Float32Array
  readonly gradient: Float32Array
}

const defaults = { memory: 10, gradientTolerance: GRADIENT_TOLERANCE, maximumEvaluations: 25 } as const satisfies Required<LbfgsOptions>

/**
 * Minimises a deterministic objective by L-BFGS, one iteration a call. Parameters, gradients and pairs are float32, inner products float64.
 * A snapshot holds all of its memory, and restoring it (with the parameters) goes on to the same last bit.
 * Source: Nocedal & Wright 2006, algorithms 7.4 and 7.5, with the line search of algorithms 3.5 and 3.6.
 */
export class Lbfgs {
  /** The current parameters; an iteration replaces them. */
  parameters: Float32Array
  readonly #memory: CurvatureMemory
  readonly #settings: Required<LbfgsOptions>
  #current: { readonly loss: number; readonly gradient: Float32Array } | undefined
  #iterations = 0

  /** Starts at the given parameters, which it copies. */
  constructor(parameters: Float32Array, options: LbfgsOptions = {}) {
    this.#settings = { ...defaults, ...options }
    this.parameters = parameters.slice()
    this.#memory = new CurvatureMemory(this.#settings.memory, parameters.length)
  }

  /** How many iterations moved the parameters. */
  get iterations(): number {
    return this.#iterations
  }

  /** Takes one step, or tells why none can be taken. */
  async iterate(objective: FullBatchObjective): Promise<LbfgsIteration> {
    let evaluations = 0
    if (!this.#current) {
      this.#current = await objective(this.parameters)
      evaluations += 1
    }
    const { loss, gradient } = this.#current
    const gradientNorm = largest(gradient)
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      return { outcome: 'notFinite', loss, gradientNorm, step: 0, evaluations }
    }
    if (gradientNorm <= this.#settings.gradientTolerance) return { outcome: 'converged', loss, gradientNorm, step: 0, evaluations }

    for (;;) {
      const isSteepest = this.#memory.isEmpty
      const search = await this.#search(objective, this.#current)
      evaluations += search.evaluations
      if (search.outcome !== 'failed') {
        this.#moveTo(search.point)
        const { loss, gradient, step } = search.point
        return { outcome: 'progressed', loss, gradientNorm: largest(gradient), step, evaluations }
      }
      if (isSteepest) return { outcome: 'lineSearchFailed', loss, gradientNorm, step: 0, evaluations }
      // The remembered curvature no longer helps: the gradient itself is the last resort.
      this.#memory.clear()
    }
  }

  /** Copies everything but the parameters; describeLbfgsState tells names and shapes. */
  snapshot(): NamedTensors {
    return encodeLbfgsState({ iterations: this.#iterations, current: this.#current, ...this.#memory.state }, this.parameters.length)
  }

  /**
   * Goes on from parameters and a snapshot. Throws AutoencoderError INVALID_TRAINING_STATE where the snapshot is of another size or memory.
   */
  restore(parameters: Float32Array, snapshot: NamedTensors): void {
    requireTrainingState(snapshot, describeLbfgsState(this.parameters.length, this.#settings.memory))
    const { iterations, current, ...memory } = decodeLbfgsState(snapshot)
    this.parameters = parameters.slice()
    this.#iterations = iterations
    this.#current = current
    this.#memory.restore(memory)
  }

  async #search(objective: FullBatchObjective, { loss, gradient }: { readonly loss: number; readonly gradient: Float32Array }) {
    const direction = this.#memory.direction(gradient)
    const slope = innerProduct(gradient, direction)
    // Rounding can turn a direction of vanishing length around.
    if (!(slope < 0)) return { outcome: 'failed', evaluations: 0 } as const
    const evaluate = async (step: number): Promise<TrialPoint> => {
      const parameters = this.parameters.map((value, index) => value + step * (direction[index] as number))
      const trial = await objective(parameters)
      return { step, parameters, ...trial, slope: innerProduct(trial.gradient, direction) }
    }
    return searchStep(evaluate, {
      start: { loss, slope },
      // Without curvature the gradient's length says nothing about the step: move by one unit in all at first.
      firstStep: this.#memory.isEmpty ? Math.min(1, 1 / sumOfMagnitudes(gradient)) : 1,
      maximumEvaluations: this.#settings.maximumEvaluations,
    })
  }

  #moveTo({ parameters, gradient, loss }: TrialPoint): void {
    const before = this.#current?.gradient
    const step = parameters.map((value, index) => value - (this.parameters[index] as number))
    if (before) {
      const gradientChange = gradient.map((value, index) => value - (before[index] as number))
      this.#memory.add(step, gradientChange)
    }
    this.parameters = parameters
    this.#current = { loss, gradient }
    this.#iterations += 1
  }
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => (Math.abs(value) > most || Number.isNaN(value) ? Math.abs(value) : most), 0)
}

function sumOfMagnitudes(values: Float32Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0)
}
