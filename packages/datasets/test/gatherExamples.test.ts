import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gatherExamples } from '../src/gatherExamples.js'
import type { Split } from '../src/Split.js'
import { datasetErrorOf } from './support/datasetErrorOf.js'

const split = (values: Split['values'], count: number): Split => ({ count, values, labels: new Uint8Array(count) })

test('gathers any rows of bytes, aligned or not, as bytes / 255 rounded to float32', () => {
  const cases = fc.record({ size: fc.integer({ min: 1, max: 13 }), count: fc.integer({ min: 1, max: 6 }), byteOffset: fc.nat({ max: 5 }) })
  fc.assert(
    fc.property(
      cases.chain(({ size, count, byteOffset }) =>
        fc.record({
          size: fc.constant(size),
          count: fc.constant(count),
          byteOffset: fc.constant(byteOffset),
          bytes: fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 255 })), { minLength: size * count, maxLength: size * count }),
          rows: fc.array(fc.nat({ max: count - 1 }), { maxLength: 10 }),
        }),
      ),
      ({ size, count, byteOffset, bytes, rows }) => {
        const values = new Uint8Array(new ArrayBuffer(byteOffset + bytes.length), byteOffset)
        values.set(bytes)
        const out = new Float32Array(rows.length * size).fill(7)
        gatherExamples(split(values, count), { indices: Uint32Array.from(rows), start: 0, end: rows.length }, out)
        expect([...out]).toEqual(rows.flatMap((row) => bytes.slice(row * size, (row + 1) * size).map((byte) => Math.fround(byte / 255))))
      },
    ),
  )
})

test('gathers a range of the indices to the front of out and leaves the rest as it is', () => {
  const points = Float32Array.of(0, 0.5, 1, 1.5, 2, 2.5)
  const out = new Float32Array(6).fill(7)
  gatherExamples(split(points, 3), { indices: Uint32Array.of(0, 2, 1), start: 1, end: 3 }, out)
  expect([...out]).toEqual([2, 2.5, 1, 1.5, 7, 7])
})

test('gathers nothing from an empty range or an empty split', () => {
  const out = Float32Array.of(7)
  gatherExamples(split(Uint8Array.of(1, 2), 2), { indices: Uint32Array.of(0, 1), start: 2, end: 2 }, out)
  gatherExamples(split(new Uint8Array(0), 0), { indices: new Uint32Array(0), start: 0, end: 0 }, out)
  expect([...out]).toEqual([7])
})

describe('refuses', () => {
  const bytes = split(new Uint8Array(8), 2)
  const indices = Uint32Array.of(0, 1, 2)

  test.each([
    [-1, 1],
    [0, 4],
    [2, 1],
    [0, 1.5],
    [Number.NaN, 1],
  ])('the range %d to %d of 3 indices', async (start, end) => {
    const error = await datasetErrorOf(() => gatherExamples(bytes, { indices, start, end }, new Float32Array(100)))
    expect(error.code).toBe('INVALID_ARGUMENT')
    expect(error.message).toContain(`start ${start}, end ${end}`)
  })

  test('an out that is too short, naming both lengths', async () => {
    const error = await datasetErrorOf(() => gatherExamples(bytes, { indices, start: 0, end: 2 }, new Float32Array(7)))
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', expected: 'room for 8 floats in out', found: 'room for 7' })
  })

  test('an index that the split does not have, before writing anything', async () => {
    const out = new Float32Array(12).fill(7)
    const error = await datasetErrorOf(() => gatherExamples(bytes, { indices, start: 0, end: 3 }, out))
    expect(error).toMatchObject({ code: 'INDEX_OUT_OF_RANGE', found: 'index 2' })
    expect([...out]).toEqual(new Array(12).fill(7))
  })
})
