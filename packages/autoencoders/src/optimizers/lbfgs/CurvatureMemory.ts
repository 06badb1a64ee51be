import { innerProduct } from './innerProduct.js'

/** Smallest cosine between a step and the change of the gradient along it that still tells of a positive curvature in float32. */
const SMALLEST_COSINE = 1e-8

/** The raw content of a memory; arrays are [capacity, size], of which the last `added` rows in ring order are in use. */
export interface CurvatureMemoryState {
  readonly steps: Float32Array
  readonly gradientChanges: Float32Array
  /** How many pairs were added since the start or the last clear; pair p lies in row p mod capacity. */
  readonly added: number
}

/**
 * Remembers the last pairs of a step s = xₖ₊₁ − xₖ and the change of the gradient y = ∇fₖ₊₁ − ∇fₖ along it, and multiplies by the inverse
 * Hessian that they imply. Pairs are float32, every inner product is float64. Source: Nocedal & Wright 2006, section 7.2.
 */
export class CurvatureMemory {
  readonly #steps: Float32Array
  readonly #gradientChanges: Float32Array
  #added = 0

  constructor(
    private readonly capacity: number,
    private readonly size: number,
  ) {
    this.#steps = new Float32Array(capacity * size)
    this.#gradientChanges = new Float32Array(capacity * size)
  }

  get isEmpty(): boolean {
    return this.#added === 0
  }

  /** What it is made of, without copying. */
  get state(): CurvatureMemoryState {
    return { steps: this.#steps, gradientChanges: this.#gradientChanges, added: this.#added }
  }

  restore({ steps, gradientChanges, added }: CurvatureMemoryState): void {
    this.#steps.set(steps)
    this.#gradientChanges.set(gradientChanges)
    this.#added = added
  }

  /** Forgets every pair. */
  clear(): void {
    this.#steps.fill(0)
    this.#gradientChanges.fill(0)
    this.#added = 0
  }

  /**
   * Adds a pair and returns true, unless the curvature condition sᵀy > 0 (equation 6.7) fails beyond rounding: such a pair would make the
   * approximation indefinite.
   */
  add(step: Float32Array, gradientChange: Float32Array): boolean {
    const curvature = innerProduct(step, gradientChange)
    const lengths = Math.sqrt(innerProduct(step, step) * innerProduct(gradientChange, gradientChange))
    if (!(curvature > SMALLEST_COSINE * lengths)) return false
    const offset = (this.#added % this.capacity) * this.size
    this.#steps.set(step, offset)
    this.#gradientChanges.set(gradientChange, offset)
    this.#added += 1
    return true
  }

  /**
   * Computes −H ∇f by the two-loop recursion, algorithm 7.4, with H₀ = (sᵀy / yᵀy) I of the newest pair, equation 7.20. Without pairs H is
   * the identity.
   */
  direction(gradient: Float32Array): Float64Array {
    const result = new Float64Array(gradient.length)
    addScaled(result, gradient, -1)
    const pairs = this.#pairs()
    const weights = new Float64Array(pairs.length)
    for (let index = pairs.length - 1; index >= 0; index--) {
      const { step, gradientChange, curvature } = pairs[index] as Pair
      const weight = innerProduct(step, result) / curvature
      weights[index] = weight
      addScaled(result, gradientChange, -weight)
    }
    const newest = pairs.at(-1)
    if (newest) {
      const scale = newest.curvature / innerProduct(newest.gradientChange, newest.gradientChange)
      for (let index = 0; index < result.length; index++) result[index] = (result[index] as number) * scale
    }
    pairs.forEach(({ step, gradientChange, curvature }, index) => {
      addScaled(result, step, (weights[index] as number) - innerProduct(gradientChange, result) / curvature)
    })
    return result
  }

  /** The pairs in use, oldest first. */
  #pairs(): Pair[] {
    const count = Math.min(this.#added, this.capacity)
    return Array.from({ length: count }, (_, index) => {
      const offset = ((this.#added - count + index) % this.capacity) * this.size
      const step = this.#steps.subarray(offset, offset + this.size)
      const gradientChange = this.#gradientChanges.subarray(offset, offset + this.size)
      return { step, gradientChange, curvature: innerProduct(step, gradientChange) }
    })
  }
}

interface Pair {
  readonly step: Float32Array
  readonly gradientChange: Float32Array
  /** sᵀy */
  readonly curvature: number
}

function addScaled(target: Float64Array, direction: Float32Array, factor: number): void {
  for (let index = 0; index < target.length; index++) target[index] = (target[index] as number) + factor * (direction[index] as number)
}
