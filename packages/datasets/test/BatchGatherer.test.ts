import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BatchGatherer, gatherExamples, type Split } from '../src/index.js'

const splitOf = (values: Split['values'], count: number): Split => ({ count, values, labels: new Uint8Array(count) })

describe('a batch gatherer', () => {
  it('gives to the last bit what gatherExamples gives, for bytes of any example size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 }),
        fc.integer(),
        (size, count, rows, seed) => {
          const bytes = Uint8Array.from({ length: size * count }, (_, index) => Math.imul(index + 1, seed | 1) >>> 24)
          const split = splitOf(bytes, count)
          const indices = Uint32Array.from(rows, (row) => row % count)
          const expected = new Float32Array(size * rows.length)
          gatherExamples(split, { indices, start: 0, end: rows.length }, expected)
          const gatherer = new BatchGatherer({ split, batchSize: rows.length })
          expect(gatherer.gather(indices, 0, rows.length)).toEqual(expected)
          expect(gatherer.gather(indices, rows.length - 1, rows.length)).toEqual(expected.slice(-size))
        },
      ),
      { seed: 3 },
    )
  })

  it('unpacks every byte as byte / 255, rounded once', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const gathered = new BatchGatherer({ split: splitOf(bytes, 1), batchSize: 1 }).gather(Uint32Array.of(0), 0, 1)
    expect([...gathered]).toEqual(Array.from(bytes, (byte) => Math.fround(byte / 255)))
  })

  it('passes floats on as they are', () => {
    const gatherer = new BatchGatherer({ split: splitOf(Float32Array.of(1, 2, 3, 4, 5, 6), 3), batchSize: 2 })
    expect([...gatherer.gather(Uint32Array.of(2, 0), 0, 2)]).toEqual([5, 6, 1, 2])
  })

  it('refills one array for each batch size', () => {
    const gatherer = new BatchGatherer({ split: splitOf(Uint8Array.of(0, 51, 255), 3), batchSize: 2 })
    const batch = gatherer.gather(Uint32Array.of(0, 1), 0, 2)
    expect(gatherer.gather(Uint32Array.of(2, 1), 0, 2)).toBe(batch)
    expect([...batch]).toEqual([1, Math.fround(0.2)])
  })

  it('refuses to draw from more examples than the split has, and sizes that are no whole numbers', () => {
    const split = splitOf(new Uint8Array(6), 3)
    for (const count of [4, -1, 1.5, Number.NaN]) {
      expect(() => new BatchGatherer({ split, count, batchSize: 2 })).toThrow(/count: expected a whole number from 0 to 3 .*found/)
    }
    for (const batchSize of [-1, 1.5, Number.NaN]) {
      expect(() => new BatchGatherer({ split, batchSize })).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
    }
    expect([...new BatchGatherer({ split, count: 3, batchSize: 0 }).gather(Uint32Array.of(), 0, 0)]).toEqual([])
  })

  it('refuses batches that are too large and examples beyond its count', () => {
    const gatherer = new BatchGatherer({ split: splitOf(new Uint8Array(6), 3), count: 2, batchSize: 2 })
    const codeOf = (indices: number[], end = indices.length) => {
      try {
        gatherer.gather(Uint32Array.from(indices), 0, end)
        return undefined
      } catch (error) {
        return (error as { code?: string }).code
      }
    }
    expect(codeOf([0, 1])).toBeUndefined()
    expect(codeOf([0, 1, 0])).toBe('INVALID_ARGUMENT')
    expect(codeOf([0], 2)).toBe('INVALID_ARGUMENT')
    expect(codeOf([2])).toBe('INDEX_OUT_OF_RANGE')
  })
})
