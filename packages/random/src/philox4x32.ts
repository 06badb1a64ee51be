export const rounds = 10
// Multipliers and Weyl key increments of Philox4x32 (Salmon et al. 2011, section 5.3).
export const multiplier0 = 0xd2511f53
export const multiplier1 = 0xcd9e8d57
export const weyl0 = 0x9e3779b9
export const weyl1 = 0xbb67ae85

// JavaScript has no 32x32 -> 64 bit product: the high word is put together from 16-bit halves.
function highWord(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) >>> 0
  const carried = (Math.imul(aLow, bHigh) + (middle & 0xffff)) >>> 0
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carried >>> 16)) | 0
}

/**
 * Writes the four random words that Philox4x32-10 assigns to a counter of four words under a key of two.
 *
 * A bijection of the counter for every key, so distinct counters never share a block.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
 */
export function philox4x32(counter: Uint32Array, key: Uint32Array, out: Uint32Array): void {
  let c0 = counter[0] as number
  let c1 = counter[1] as number
  let c2 = counter[2] as number
  let c3 = counter[3] as number
  let k0 = (key[0] as number) | 0
  let k1 = (key[1] as number) | 0
  for (let round = 0; round < rounds; round++) {
    const high0 = highWord(multiplier0, c0)
    const low0 = Math.imul(multiplier0, c0)
    const high1 = highWord(multiplier1, c2)
    const low1 = Math.imul(multiplier1, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + weyl0) | 0
    k1 = (k1 + weyl1) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}
