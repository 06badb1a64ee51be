import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawPrior, nearestCodes, usualDistance } from '../../src/latent.js'

describe('the codes nearest to a code', () => {
  it('are those of a search through all, nearest first, and of equally near ones the earlier', () => {
    const value = fc.integer({ min: -3, max: 3 })
    const row = fc.tuple(value, value)
    fc.assert(
      fc.property(row, fc.array(row, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (code, rows, wanted) => {
        const all = rows
          .map(([x, y], index) => ({ index, distance: Math.hypot(x - code[0], y - code[1]) }))
          .toSorted((a, b) => a.distance - b.distance || a.index - b.index)
        const found = nearestCodes(code, { codes: Float32Array.from(rows.flat()), wanted })
        expect(found.map(({ index }) => index)).toEqual(all.slice(0, wanted).map(({ index }) => index))
        for (const [place, { distance }] of found.entries()) expect(distance).toBeCloseTo(all[place]?.distance ?? Number.NaN, 12)
      }),
    )
  })

  it('lie usually as far as 99 of 100 codes lie from their nearest', () => {
    // 199 codes in steps of 1 and one that lies apart by 50.
    const line = Float32Array.from({ length: 200 }, (_, index) => (index < 199 ? index : 248))
    expect(usualDistance(line, 1)).toBe(1)
    expect(usualDistance(line.subarray(0, 1), 1)).toBe(0)
    const codes = drawPrior({ seed: 2, count: 1000, size: 16 })
    const usual = usualDistance(codes, 16)
    const far = nearestCodes(new Float32Array(16).fill(3), { codes, wanted: 1 })
    const fresh = drawPrior({ seed: 3, count: 100, size: 16 })
    const farther = Array.from({ length: 100 }, (_, row) =>
      nearestCodes(fresh.subarray(16 * row, 16 * row + 16), { codes, wanted: 1 }),
    ).filter(([nearest]) => (nearest?.distance ?? 0) > usual)
    expect(far[0]?.distance).toBeGreaterThan(usual)
    expect(farther.length).toBeLessThan(5)
  })

  it('are refused where codes are no whole rows', () => {
    expect(() => nearestCodes([1, 2], { codes: Float32Array.of(1, 2, 3), wanted: 1 })).toThrow('expected whole rows of 2 values')
  })
})
