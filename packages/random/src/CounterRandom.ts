import { philox4x32 } from './philox4x32.js'
import { requireInteger } from './requirements.js'
import { streamKey } from './streamKey.js'

/** The third counter word: it keeps uniform and normal draws with the same index independent. */
export const domains = { bits: 0, normal: 1 } as const
type Domain = (typeof domains)[keyof typeof domains]

const wordsPerBlock = 4
const twoToMinus24 = 2 ** -24
const twoToMinus32 = 2 ** -32
const largestIndex = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }

/**
 * Draws random numbers by their index: the same key and index always give the same number, in any order.
 *
 * There is no state to save: training resumes exactly by asking for the indices that come next.
 * Draw `i` comes from word `i mod 4` of Philox block `floor(i / 4)`; an index is a safe integer from 0.
 */
export class CounterRandom {
  readonly #key: Uint32Array
  readonly #counter = new Uint32Array(wordsPerBlock)
  readonly #block = new Uint32Array(wordsPerBlock)
  readonly #normals = new Float64Array(wordsPerBlock)

  /** Takes the two key words of Philox4x32; `createRandom` derives them from a seed and a name. */
  constructor(key: Uint32Array) {
    this.#key = key.slice(0, 2)
  }

  /** The two key words. */
  get key(): Uint32Array {
    return this.#key.slice()
  }

  /** Returns draw `index` as a whole number, uniform in [0, 2^32). */
  bits(index: number): number {
    requireInteger('index', index, largestIndex)
    this.#fillBlock(index, domains.bits)
    return this.#block[index % wordsPerBlock] as number
  }

  /** Returns draw `index`, uniform in [0, 1) in steps of 2^-24, which a float32 holds exactly. */
  uniform(index: number): number {
    return (this.bits(index) >>> 8) * twoToMinus24
  }

  /** Returns draw `index` of the standard normal distribution, independent of the uniform draws. */
  normal(index: number): number {
    requireInteger('index', index, largestIndex)
    this.#fillBlock(index, domains.normal)
    this.#transformBlock()
    return this.#normals[index % wordsPerBlock] as number
  }

  /** Fills with draws `offset`, `offset + 1`, … as whole numbers, uniform in [0, 2^32). */
  fillBits(out: Uint32Array, { offset = 0 }: { readonly offset?: number } = {}): void {
    this.#requireRange(out.length, offset)
    for (let i = 0; i < out.length; ) {
      this.#fillBlock(offset + i, domains.bits)
      for (let word = (offset + i) % wordsPerBlock; word < wordsPerBlock && i < out.length; word++) out[i++] = this.#block[word] as number
    }
  }

  /** Fills with draws `offset`, `offset + 1`, …, uniform in [low, high) up to the rounding of float32. */
  fillUniform(out: Float32Array, { low = 0, high = 1, offset = 0 }: UniformOptions = {}): void {
    this.#requireRange(out.length, offset)
    const scale = (high - low) * twoToMinus24
    for (let i = 0; i < out.length; ) {
      this.#fillBlock(offset + i, domains.bits)
      for (let word = (offset + i) % wordsPerBlock; word < wordsPerBlock && i < out.length; word++) {
        out[i++] = low + scale * ((this.#block[word] as number) >>> 8)
      }
    }
  }

  /** Fills with draws `offset`, `offset + 1`, … of a normal distribution, by Box and Muller's transform. */
  fillNormal(out: Float32Array, { mean = 0, standardDeviation = 1, offset = 0 }: NormalOptions = {}): void {
    this.#requireRange(out.length, offset)
    for (let i = 0; i < out.length; ) {
      this.#fillBlock(offset + i, domains.normal)
      this.#transformBlock()
      for (let word = (offset + i) % wordsPerBlock; word < wordsPerBlock && i < out.length; word++) {
        out[i++] = mean + standardDeviation * (this.#normals[word] as number)
      }
    }
  }

  #fillBlock(index: number, domain: Domain): void {
    const block = Math.floor(index / wordsPerBlock)
    this.#counter[0] = block
    this.#counter[1] = Math.floor(block * twoToMinus32)
    this.#counter[2] = domain
    philox4x32(this.#counter, this.#key, this.#block)
  }

  // Two uniform words make two independent normal numbers (Box and Muller 1958).
  #transformBlock(): void {
    for (let pair = 0; pair < wordsPerBlock; pair += 2) {
      // In (0, 1], where the logarithm is finite: the largest draw is sqrt(64 ln 2) = 6.66.
      const radius = Math.sqrt(-2 * Math.log(((this.#block[pair] as number) + 1) * twoToMinus32))
      const angle = 2 * Math.PI * twoToMinus32 * (this.#block[pair + 1] as number)
      this.#normals[pair] = radius * Math.cos(angle)
      this.#normals[pair + 1] = radius * Math.sin(angle)
    }
  }

  #requireRange(length: number, offset: number): void {
    requireInteger('offset', offset, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER - length })
  }
}

export interface UniformOptions {
  /** @default 0 */
  readonly low?: number
  /** @default 1 */
  readonly high?: number
  /** Index of the first draw. @default 0 */
  readonly offset?: number
}

export interface NormalOptions {
  /** @default 0 */
  readonly mean?: number
  /** @default 1 */
  readonly standardDeviation?: number
  /** Index of the first draw. @default 0 */
  readonly offset?: number
}

/**
 * Creates the random numbers of one named stream, such as `createRandom(7, 'corruption/epoch/3')`.
 *
 * @throws RandomError INVALID_ARGUMENT unless the seed is a safe integer.
 */
export function createRandom(seed: number, stream: string): CounterRandom {
  return new CounterRandom(streamKey(seed, stream))
}
