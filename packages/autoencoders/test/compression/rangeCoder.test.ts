import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RangeDecoder } from '../../src/compression/RangeDecoder.js'
import { type Interval, LARGEST_TOTAL, RangeEncoder } from '../../src/compression/RangeEncoder.js'
import { SymbolModel } from '../../src/compression/SymbolModel.js'

function encode(intervals: readonly Interval[]): Uint8Array {
  const encoder = new RangeEncoder()
  for (const interval of intervals) encoder.encode(interval)
  return encoder.finish()
}

/** Any interval, among them the narrowest and the ones at either end, where carries and long runs of 255 come from. */
const interval = fc
  .tuple(
    fc.constantFrom(1, 2, 3, 255, 65_535, LARGEST_TOTAL),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(0, 0.001, 0.5, 1),
  )
  .map(([total, position, share]): Interval => {
    const start = Math.min(total - 1, Math.floor(position * total))
    return { start, size: Math.max(1, Math.floor(share * (total - start))), total }
  })

describe('RangeEncoder and RangeDecoder', () => {
  it('return every sequence of intervals as it was', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 400 }), (intervals) => {
        const decoder = new RangeDecoder(encode(intervals))
        for (const expected of intervals) {
          const value = decoder.peek(expected.total)
          expect(value).toBeGreaterThanOrEqual(expected.start)
          expect(value).toBeLessThan(expected.start + expected.size)
          decoder.consume(expected)
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['the top of the range, whose bytes are all 255', Array.from({ length: 5000 }, () => ({ start: 65_535, size: 1, total: 65_536 }))],
    [
      'what is nearly the top, then the bottom',
      Array.from({ length: 5000 }, (_, i) => ({ start: i % 3 === 2 ? 0 : 65_534, size: 1, total: 65_535 })),
    ],
  ])('return %s', (_name, intervals) => {
    const decoder = new RangeDecoder(encode(intervals))
    for (const expected of intervals) {
      expect(decoder.peek(expected.total)).toBe(expected.start)
      decoder.consume(expected)
    }
  })

  it('take within a thousandth and a word of −Σ log₂ p bits', () => {
    const sizes = [1, 10, 100, 1000, 64_425]
    const symbols = Array.from({ length: 20_000 }, (_, i) => (i * i * 7 + i) % 5)
    const starts = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0))
    const intervals = symbols.map((symbol) => ({ start: starts[symbol] ?? 0, size: sizes[symbol] ?? 0, total: LARGEST_TOTAL }))
    const bits = intervals.reduce((sum, { size, total }) => sum - Math.log2(size / total), 0)
    const message = encode(intervals)
    expect(8 * message.length).toBeGreaterThanOrEqual(bits)
    expect(8 * message.length).toBeLessThan(1.001 * bits + 32)
  })
})

describe('SymbolModel', () => {
  it('returns any whole numbers, whatever it was fitted to', () => {
    const symbols = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer()), { maxLength: 200 })
    fc.assert(
      fc.property(symbols, symbols, (fitted, coded) => {
        const model = new SymbolModel(fitted)
        const encoder = new RangeEncoder()
        for (const symbol of coded) model.encode(encoder, symbol)
        const decoder = new RangeDecoder(encoder.finish())
        expect(coded.map(() => model.decode(decoder))).toEqual(coded.map((symbol) => symbol + 0))
      }),
    )
  })

  it('codes what it was fitted to at its entropy, to half a percent', () => {
    const symbols = Array.from({ length: 50_000 }, (_, i) => Math.round(6 * Math.sin(i * i)))
    const counts = new Map<number, number>()
    for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
    const entropy = [...counts.values()].reduce((sum, count) => sum - count * Math.log2(count / symbols.length), 0)
    const encoder = new RangeEncoder()
    const model = new SymbolModel(symbols)
    for (const symbol of symbols) model.encode(encoder, symbol)
    const bits = 8 * encoder.finish().length
    expect(bits).toBeGreaterThanOrEqual(entropy)
    expect(bits).toBeLessThan(1.005 * entropy)
  })
})
