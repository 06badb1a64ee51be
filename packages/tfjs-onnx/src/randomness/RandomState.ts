import { CompileError } from '../errors.js'
import type { RandomPosition } from './DrawnInputs.js'

/** The name under which snapshots keep the seed and the step of a state whose functions draw random numbers. */
export const randomStateName = 'tfjs-onnx/random'

/** Whole numbers up to this lie in one float32. */
const BASE = 2 ** 24
const WORDS = 3
/** The seed's sign, its words, the step's words; low words first. */
const LENGTH = 1 + 2 * WORDS

/** Writes a position as [7] float32 numbers, each of which holds 24 bits. */
export function encodePosition({ seed, step }: RandomPosition): { shape: readonly number[]; values: Float32Array } {
  return { shape: [LENGTH], values: Float32Array.of(Math.sign(seed), ...toWords(Math.abs(seed)), ...toWords(step)) }
}

/** Reads what `encodePosition` wrote. Throws INVALID_STATE for anything else. */
export function decodePosition({ values }: { readonly values: ArrayLike<number> }): RandomPosition {
  const [sign = 0, ...words] = Array.from(values)
  const position = { seed: sign * fromWords(words.slice(0, WORDS)), step: fromWords(words.slice(WORDS)) }
  const isWritten = values.length === LENGTH && [sign, ...words].every(Number.isInteger)
  if (isWritten && Number.isSafeInteger(position.seed) && Number.isSafeInteger(position.step)) return position
  throw new CompileError('INVALID_STATE', {
    subject: `state ${randomStateName}`,
    expected: `${LENGTH} whole numbers, as a snapshot has them`,
    got: `${Array.from(values).join(', ')}`,
  })
}

/** Throws INVALID_STATE for a seed that is no safe integer. */
export function requireSeed(seed: unknown): number {
  if (Number.isSafeInteger(seed)) return Number(seed)
  throw new CompileError('INVALID_STATE', {
    subject: 'seed of the state',
    expected: `a whole number from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`,
    got: `${seed}`,
  })
}

function toWords(value: number): number[] {
  return Array.from({ length: WORDS }, (_, word) => Math.floor(value / BASE ** word) % BASE)
}

function fromWords(words: readonly number[]): number {
  return words.reduce((value, word, index) => value + word * BASE ** index, 0)
}
