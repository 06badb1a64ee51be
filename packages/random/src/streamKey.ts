import { requireInteger } from './requirements.js'

const offsetBasis = 0xcbf29ce484222325n
const prime = 0x100000001b3n

/** Hashes bytes with 64-bit FNV-1a (Fowler, Noll, Vo; RFC 9923). */
export function fnv1a64(bytes: Uint8Array): bigint {
  let hash = offsetBasis
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime)
  return hash
}

/**
 * Derives the Philox key of a named stream: FNV-1a (64 bit) of the UTF-8 text `<seed>/<stream>`, low word first.
 *
 * @throws RandomError INVALID_ARGUMENT unless the seed is a safe integer.
 */
export function streamKey(seed: number, stream: string): Uint32Array {
  requireInteger('seed', seed, { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })
  const hash = fnv1a64(new TextEncoder().encode(`${seed}/${stream}`))
  return Uint32Array.of(Number(hash & 0xffffffffn), Number(hash >> 32n))
}
