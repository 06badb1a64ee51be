import type { RangeDecoder } from './RangeDecoder.js'
import { type Interval, LARGEST_TOTAL, type RangeEncoder } from './RangeEncoder.js'

/** A fair bit, and one that is 0 or 1. */
const bit = (value: number): Interval => ({ start: value, size: 1, total: 2 })

/**
 * Knows how often each whole number occurred among the symbols that it was fitted to, and codes numbers by that. A number that did not
 * occur is coded as an escape followed by Elias's gamma code of it (Elias 1975), so every number has a code.
 */
export class SymbolModel {
  /** Known numbers, ascending; the escape comes after them. */
  readonly #symbols: readonly number[]
  readonly #indices: ReadonlyMap<number, number>
  /** Start of each symbol's interval, then of the escape's, then the total. */
  readonly #starts: readonly number[]

  constructor(symbols: Iterable<number>) {
    const counts = new Map<number, number>()
    let occurrences = 0
    for (const symbol of symbols) {
      counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
      occurrences += 1
    }
    // The most frequent ones where there are more than the coder's total can tell apart.
    const known = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a - b).slice(0, LARGEST_TOTAL / 4)
    this.#symbols = known.sort((a, b) => a - b)
    this.#indices = new Map(this.#symbols.map((symbol, index) => [symbol, index]))
    // Each keeps at least 1 of the total; the rest is shared in proportion, the escape counting as one more occurrence.
    const shared = LARGEST_TOTAL - (this.#symbols.length + 1)
    const sizes = this.#symbols.map((symbol) => 1 + Math.floor((shared * (counts.get(symbol) ?? 0)) / (occurrences + 1)))
    const starts = [0]
    for (const size of sizes) starts.push((starts.at(-1) ?? 0) + size)
    this.#starts = [...starts, LARGEST_TOTAL]
  }

  encode(encoder: RangeEncoder, symbol: number): void {
    const index = this.#indices.get(symbol)
    encoder.encode(this.#interval(index ?? this.#symbols.length))
    if (index === undefined) encodeGamma(encoder, symbol >= 0 ? 2 * symbol + 1 : -2 * symbol)
  }

  decode(decoder: RangeDecoder): number {
    const index = this.#indexAt(decoder.peek(LARGEST_TOTAL))
    decoder.consume(this.#interval(index))
    const symbol = this.#symbols[index]
    if (symbol !== undefined) return symbol
    const folded = decodeGamma(decoder)
    return folded % 2 === 1 ? (folded - 1) / 2 : -folded / 2
  }

  #interval(index: number): Interval {
    const start = this.#starts[index] ?? 0
    return { start, size: (this.#starts[index + 1] ?? LARGEST_TOTAL) - start, total: LARGEST_TOTAL }
  }

  /** Finds the symbol whose interval holds a number, by halving. */
  #indexAt(value: number): number {
    let [low, high] = [0, this.#symbols.length]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] ?? 0) <= value) low = middle
      else high = middle - 1
    }
    return low
  }
}

/** Codes a number from 1: as many zeros as it has binary digits after the first, then its digits. */
function encodeGamma(encoder: RangeEncoder, value: number): void {
  const digits = value.toString(2)
  for (let index = 1; index < digits.length; index++) encoder.encode(bit(0))
  for (const digit of digits) encoder.encode(bit(Number(digit)))
}

function decodeGamma(decoder: RangeDecoder): number {
  const next = () => {
    const value = decoder.peek(2)
    decoder.consume(bit(value))
    return value
  }
  let more = 0
  while (next() === 0) more += 1
  let value = 1
  for (; more > 0; more--) value = 2 * value + next()
  return value
}
