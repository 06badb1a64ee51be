import { i32, i32x4, type KernelBuilder, local, v128 } from '@hourglass/wasm'
import { multiplier0, multiplier1, rounds, weyl0, weyl1 } from './philox4x32.js'

/** Two blocks of four words each, a and b, as two vectors: words 0, 2 of a, then 0, 2 of b; words 1, 3 of a, then 1, 3 of b. */
export interface BlockPair {
  readonly even: number
  readonly odd: number
}

/** Bytes of the key of every round, as `roundKeys` makes it. */
export const ROUND_KEY_BYTES = 16 * rounds

/** Makes `[rounds, 4]`: for each round what is added to the even words of a pair of blocks. */
export function roundKeys(key: Uint32Array): Uint32Array {
  const [k0 = 0, k1 = 0] = key
  return Uint32Array.from({ length: 4 * rounds }, (_, index) => {
    const round = Math.floor(index / 4)
    return index % 2 === 0 ? k0 + round * weyl0 : k1 + round * weyl1
  })
}

/**
 * Emits Philox4x32-10 on pairs of counters, which stay as they are; the keys of the rounds lie at `keys`. The same words as `philox4x32` writes.
 *
 * A product of 32 bits by 32 is one instruction on two lanes; with words in this order two shuffles sort its halves for the next round. Pairs take
 * turns, so that the processor works on one while the product of another is under way.
 */
export function emitPhilox(kernel: KernelBuilder, counters: readonly BlockPair[], keys: number): readonly BlockPair[] {
  const multipliers = kernel.before(
    v128.constant(new Uint8Array(Uint32Array.of(multiplier0, multiplier1, multiplier0, multiplier1).buffer)),
  )
  const pairs = counters.map((from) => ({ from, even: kernel.vector(), odd: kernel.vector() }))
  const [low, high] = [kernel.vector(), kernel.vector()]
  for (let round = 0; round < rounds; round++) {
    for (const { from, even, odd } of pairs) {
      const last = round === 0 ? from : { even, odd }
      kernel.emit(local.get(last.even), local.get(multipliers), i32x4.multiplyWide('low'), local.set(low))
      kernel.emit(local.get(last.even), local.get(multipliers), i32x4.multiplyWide('high'), local.set(high))
      kernel.emit(local.get(low), local.get(high), v128.pick(3, 1, 7, 5), local.get(last.odd), v128.xor)
      kernel.emit(i32.constant(0), v128.load(keys + 16 * round), v128.xor, local.set(even))
      kernel.emit(local.get(low), local.get(high), v128.pick(2, 0, 6, 4), local.set(odd))
    }
  }
  return pairs
}

/** Emits the words of a pair of blocks in their order: the vector of block a and the vector of block b. */
export function emitInOrder(kernel: KernelBuilder, { even, odd }: BlockPair): readonly [number, number] {
  kernel.emit(local.get(even), local.get(odd), v128.pick(0, 4, 1, 5))
  const a = kernel.keep()
  kernel.emit(local.get(even), local.get(odd), v128.pick(2, 6, 3, 7))
  return [a, kernel.keep()]
}
