import { type Bytes, i32, i32x4, instantiate, KernelBuilder, local, v128, webAssembly } from '@hourglass/wasm'
import { type CounterRandom, domains } from './CounterRandom.js'
import { emitBoxMuller } from './emitBoxMuller.js'
import { emitInOrder, emitPhilox, ROUND_KEY_BYTES, roundKeys } from './emitPhilox.js'
import { requireInteger } from './requirements.js'

/** What becomes of values, four at a time, with random numbers at the same places. */
export interface Disturbance {
  /** Whether the random numbers are 32-bit words or normally distributed floats. */
  readonly domain: keyof typeof domains
  /** Leaves four new values on the stack; `draws` and `values` push the random numbers and the old values. */
  readonly emit: (kernel: KernelBuilder, draws: Bytes, values: readonly Bytes[]) => void
}

const FLOAT_BYTES = 4
const WORDS_PER_BLOCK = 4
const VECTOR_BYTES = 16
/** Pairs of blocks in one iteration: measured with 1 to 8, so many keep a processor busiest. */
const PAIRS = 4
/** Draws of one iteration. Before and after the values there is room for so many that are not asked for. */
const STRIDE = 8 * PAIRS
const PAGE_BYTES = 65_536
const TWO_TO_32 = 2 ** 32

const EVEN_COUNTERS = ROUND_KEY_BYTES
const ODD_COUNTERS = EVEN_COUNTERS + VECTOR_BYTES
const VALUES = 512

/** Disturbs floats in WebAssembly memory with the draws of CounterRandom, eight at a time. */
export class NoiseKernel {
  readonly #memory: ArrayBuffer
  readonly #domain: number
  readonly #run: (address: number, end: number) => void
  /** One view for each length met, so that the same length is always the same array. */
  readonly #views = new Map<number, Float32Array>()
  #random: CounterRandom | undefined

  /** Makes room for `capacity` floats, all 0. */
  constructor(disturbance: Disturbance, capacity: number) {
    const pages = Math.ceil((VALUES + FLOAT_BYTES * (capacity + STRIDE)) / PAGE_BYTES)
    const memory = new webAssembly.Memory({ initial: pages, maximum: pages })
    this.#memory = memory.buffer
    this.#domain = domains[disturbance.domain]
    this.#run = instantiate(encodeKernel(disturbance), { memory })
  }

  /** The first `length` of the floats. */
  values(length: number): Float32Array {
    const known = this.#views.get(length)
    if (known) return known
    const view = new Float32Array(this.#memory, VALUES, length)
    this.#views.set(length, view)
    return view
  }

  /** Disturbs the first `length` floats with draws `offset`, `offset + 1`, …. */
  disturb(length: number, { random, offset }: { readonly random: CounterRandom; readonly offset: number }): void {
    requireInteger('offset', offset, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER - length })
    if (this.#random !== random) new Uint32Array(this.#memory, 0, ROUND_KEY_BYTES / FLOAT_BYTES).set(roundKeys(random.key))
    this.#random = random
    const before = offset % STRIDE
    const end = VALUES + FLOAT_BYTES * length
    let block = (offset - before) / WORDS_PER_BLOCK
    for (let address = VALUES - FLOAT_BYTES * before; address < end; ) {
      // The loop counts in one word: where that would overflow it starts anew.
      const untilOverflow = (TWO_TO_32 - (block % TWO_TO_32)) / (2 * PAIRS)
      const iterations = Math.min(Math.ceil((end - address) / (FLOAT_BYTES * STRIDE)), untilOverflow)
      this.#writeCounters(block)
      const next = address + FLOAT_BYTES * STRIDE * iterations
      this.#run(address, next)
      address = next
      block += 2 * PAIRS * iterations
    }
  }

  #writeCounters(block: number): void {
    const low = block % TWO_TO_32
    const high = Math.floor(block / TWO_TO_32)
    new Uint32Array(this.#memory, EVEN_COUNTERS, 4).set([low, this.#domain, low + 1, this.#domain])
    new Uint32Array(this.#memory, ODD_COUNTERS, 4).set([high, 0, high, 0])
  }
}

/** Encodes `run(address, end)`: disturbs the floats from one address to another; keys and the first counters lie in memory. */
function encodeKernel({ domain, emit }: Disturbance): Uint8Array<ArrayBuffer> {
  const kernel = new KernelBuilder()
  const counters = [...Array(PAIRS).keys()].map((pair) => ({
    even: kernel.before(i32.constant(0), v128.load(EVEN_COUNTERS), evenWords(2 * pair), i32x4.add),
    odd: kernel.before(i32.constant(0), v128.load(ODD_COUNTERS)),
  }))
  const blocks = emitPhilox(kernel, counters, 0)
  const draws = blocks.flatMap((pair) => (domain === 'normal' ? emitBoxMuller(kernel, pair) : emitInOrder(kernel, pair)))
  for (const [index, vector] of draws.entries()) {
    kernel.emit(kernel.address)
    emit(kernel, local.get(vector), [kernel.address, v128.load(VECTOR_BYTES * index)])
    kernel.emit(v128.store(VECTOR_BYTES * index))
  }
  const step = kernel.before(evenWords(2 * PAIRS))
  for (const { even } of counters) kernel.emit(local.get(even), local.get(step), i32x4.add, local.set(even))
  return kernel.encode(FLOAT_BYTES * STRIDE)
}

/** What moves the counters of a pair of blocks on by so many blocks. */
function evenWords(blocks: number): Bytes {
  return v128.constant(new Uint8Array(Uint32Array.of(blocks, 0, blocks, 0).buffer))
}
