import * as tf from '@tensorflow/tfjs-core'
import { CompileError } from '../errors.js'
import type { DrawnDistribution } from './Draw.js'
import { type DrawableOp, drawableOps, isDrawable, isSeeded, randomWhileTracing, runningOps } from './randomOps.js'

/** With this seed tfjs draws while tracing, whatever seed it was given. */
const TRACING_SEED = 0.7310585786300049
/** Two elements tell mean and deviation, the third whether they are right. */
const PROBES = 3
/** Digits of a parameter, relative to the larger of the two, that the arithmetic of tfjs leaves right. */
const DIGITS = 12
const LARGEST_ERROR = 1e-9

interface Patch {
  readonly target: object
  readonly name: string
  readonly descriptor: PropertyDescriptor | undefined
}

/**
 * Recognises what the random functions of TensorFlow.js draw from while a function is traced.
 *
 * These functions have no kernel: they fill a buffer in JavaScript, element by element, and only then make a tensor. So for the time of a
 * trace their generators get a seed that is known, and their buffers hold three elements in float64. Every distribution is a standard one
 * that is scaled and shifted; what comes of the same seed in the standard one tells by how much.
 */
export class DrawRecorder {
  readonly #patches: Patch[] = []
  readonly #standards = new Map<DrawableOp, Float64Array>()
  #seed: number | undefined
  #isProbing = false
  #probed: Float64Array | undefined

  /** Runs `body` with the random functions of tfjs recorded, and `Math.random` refused elsewhere. */
  static recording<Result>(body: (recorder: DrawRecorder) => Result): Result {
    const recorder = new DrawRecorder()
    recorder.install(() => {
      throw randomWhileTracing('Math.random')
    })
    try {
      return body(recorder)
    } finally {
      recorder.remove()
    }
  }

  /** Begins to record. `random` stands for `Math.random` where no function of tfjs asks for a seed. */
  install(random: () => number): void {
    this.#patchMath(random)
    this.#patchBuffers()
  }

  /** Puts everything back. */
  remove(): void {
    for (const { target, name, descriptor } of this.#patches.splice(0).toReversed()) {
      if (descriptor) Object.defineProperty(target, name, descriptor)
      else Reflect.deleteProperty(target, name)
    }
  }

  /**
   * Recognises what a function of tfjs has written into its buffer. Returns undefined where the recorder itself had it called. Throws
   * RANDOM_WHILE_TRACING where that is no multiple of the standard distribution.
   */
  recognise(op: DrawableOp, values: tf.backend_util.BackendValues): { distribution: DrawnDistribution; seed?: number } | undefined {
    const seed = this.#takeSeed()
    if (!isProbes(values)) throw randomWhileTracing(`tf.${op}`)
    if (this.#isProbing) {
      this.#probed = values
      return undefined
    }
    const { shift, scale } = fit(op, values, this.#standard(op))
    return { distribution: distributionOf(op, shift, scale), ...(seed === undefined ? {} : { seed }) }
  }

  /** Reads the seed that a kernel was given; undefined where tfjs chose it. */
  seedOf(given: number): number | undefined {
    return given === TRACING_SEED ? undefined : given
  }

  /** What tfjs draws from the standard distribution by the seed of tracing. */
  #standard(op: DrawableOp): Float64Array {
    const known = this.#standards.get(op)
    if (known) return known
    this.#isProbing = true
    try {
      drawableOps[op](PROBES, TRACING_SEED).dispose()
    } finally {
      this.#isProbing = false
    }
    const standard = this.#probed ?? new Float64Array(PROBES)
    this.#standards.set(op, standard)
    return standard
  }

  #takeSeed(): number | undefined {
    const seed = this.#seed
    this.#seed = undefined
    return seed
  }

  #patchMath(random: () => number): void {
    this.#patch(Math, 'random', () => (isSeeded(runningOps().at(-1)) ? TRACING_SEED : random()))
    // Normal numbers are rounded for int32 before they are stored: what they are rounded from tells more.
    const { round } = Math
    this.#patch(Math, 'round', (value: number) => (isDrawable(runningOps().at(-1)) ? value : round(value)))
    const written = Number.prototype.toString
    const recordSeed = (seed: number) => {
      this.#seed = this.seedOf(seed)
    }
    // tfjs seeds its generators with the text of a number.
    this.#patch(Number.prototype, 'toString', function (this: number, radix?: number) {
      if (radix !== undefined || !isDrawable(runningOps().at(-1))) return written.call(this, radix)
      recordSeed(Number(this))
      return written.call(TRACING_SEED)
    })
  }

  /** What random functions assign as the values of their buffers is shorter or longer than the tensor that is made of them. */
  #patchBuffers(): void {
    this.#patches.push({ target: tf.TensorBuffer.prototype, name: 'values', descriptor: undefined })
    Object.defineProperty(tf.TensorBuffer.prototype, 'values', {
      configurable: true,
      set(this: object, given: unknown) {
        const value = isDrawable(runningOps().at(-1)) ? new Float64Array(PROBES) : given
        Object.defineProperty(this, 'values', { value, writable: true, enumerable: true, configurable: true })
      },
    })
  }

  #patch(target: object, name: string, value: unknown): void {
    const descriptor = Object.getOwnPropertyDescriptor(target, name)
    this.#patches.push({ target, name, descriptor })
    Object.defineProperty(target, name, { ...descriptor, value })
  }
}

/** Finds by how much numbers of the standard distribution were scaled and shifted. */
function fit(op: DrawableOp, drawn: Float64Array, standard: Float64Array): { readonly shift: number; readonly scale: number } {
  const [v0 = 0, v1 = 0, v2 = 0] = drawn
  const [s0 = 0, s1 = 0, s2 = 0] = standard
  const scale = (v1 - v0) / (s1 - s0)
  const shift = v0 - scale * s0
  if (!Number.isFinite(shift) || !Number.isFinite(scale)) throw unusable(op, shift, scale)
  const size = Math.max(Math.abs(shift), Math.abs(scale))
  if (Math.abs(shift + scale * s2 - v2) > LARGEST_ERROR * size) throw randomWhileTracing(`tf.${op} with a seed that is no number`)
  return { shift: withoutRoundingErrors(shift, size), scale: withoutRoundingErrors(scale, size) }
}

function distributionOf(op: DrawableOp, shift: number, scale: number): DrawnDistribution {
  if (op === 'randomUniform')
    return { kind: 'uniform', low: shift, high: withoutRoundingErrors(shift + scale, Math.max(Math.abs(shift), Math.abs(scale))) }
  const parameters = { mean: shift, standardDeviation: scale }
  return op === 'truncatedNormal' ? { kind: 'truncatedNormal', ...parameters } : { kind: 'normal', ...parameters }
}

function isProbes(values: unknown): values is Float64Array {
  return values instanceof Float64Array && values.length === PROBES
}

/** Takes off what the arithmetic of tfjs left of rounding errors: parameters are written with few digits. */
function withoutRoundingErrors(value: number, size: number): number {
  if (!Number.isFinite(value) || size === 0) return value
  const decimals = DIGITS - Math.ceil(Math.log10(size))
  return decimals >= 0 && decimals <= 100 ? Number(value.toFixed(decimals)) : value
}

function unusable(op: DrawableOp, shift: number, scale: number): CompileError {
  return new CompileError('UNSUPPORTED_OP', {
    subject: `tf.${op}`,
    expected: 'parameters that are finite',
    got: `a shift of ${shift} and a scale of ${scale}`,
    advice: 'Draw from the standard distribution, then multiply and add.',
  })
}
