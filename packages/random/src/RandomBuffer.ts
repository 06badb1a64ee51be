import { f32x4 } from '@hourglass/wasm'
import type { CounterRandom } from './CounterRandom.js'
import { emitScaled, emitUniform } from './distributions.js'
import { type Disturbance, NoiseKernel } from './NoiseKernel.js'
import { requireFinite, requireInteger } from './requirements.js'

/** Uniform in [low, high), or normal. */
export type Distribution =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly standardDeviation: number }

export interface RandomBufferOptions {
  readonly distribution: Distribution
  /** The most draws at a time. */
  readonly capacity: number
}

/**
 * Draws many random numbers at a time into a buffer of its own, an array over WebAssembly memory, about ten times as fast as CounterRandom.
 *
 * Uniform draws are those of `CounterRandom.fillUniform` to the last bit. Normal draws are those of `fillNormal` within 2e-6 standard
 * deviations, computed in float32 by arithmetic that is the same on every machine.
 */
export class RandomBuffer {
  readonly #kernel: NoiseKernel
  readonly #capacity: number

  /** @throws RandomError INVALID_ARGUMENT for a capacity that is no whole number, or a distribution that is not finite. */
  constructor({ distribution, capacity }: RandomBufferOptions) {
    requireInteger('capacity', capacity, { minimum: 0, maximum: Infinity })
    this.#capacity = capacity
    this.#kernel = new NoiseKernel(toDisturbance(distribution), capacity)
  }

  /**
   * Returns draws `offset` to `offset + count - 1` of a stream: the same array for the same count, which the next call overwrites.
   *
   * @throws RandomError INVALID_ARGUMENT for a count beyond the capacity, or an offset that is no safe integer from 0.
   */
  draw(random: CounterRandom, { count, offset = 0 }: { readonly count: number; readonly offset?: number }): Float32Array {
    requireInteger('count', count, { minimum: 0, maximum: this.#capacity })
    this.#kernel.disturb(count, { random, offset })
    return this.#kernel.values(count)
  }
}

function toDisturbance(distribution: Distribution): Disturbance {
  if (distribution.kind === 'uniform') {
    const { low, high } = distribution
    requireFinite({ low, high })
    return { domain: 'bits', emit: (kernel, words) => emitUniform(kernel, words, { low, high }) }
  }
  const { mean, standardDeviation } = distribution
  requireFinite({ mean, standardDeviation })
  return {
    domain: 'normal',
    emit: (kernel, normals) => {
      emitScaled(kernel, normals, standardDeviation)
      kernel.emit(kernel.f32(mean), f32x4.arithmetic('add'))
    },
  }
}
