import { describe, expect, it } from 'vitest'
import { drawPrior, interpolateCodes } from '../../src/latent.js'

const rowsOf = (values: Float32Array, size: number) =>
  Array.from({ length: values.length / size }, (_, row) => [...values.subarray(row * size, (row + 1) * size)])

describe('a path between codes', () => {
  it('goes through all that are given, to the bit, and evenly from each to the next', () => {
    const codes = drawPrior({ seed: 4, count: 3, size: 5 })
    for (const path of ['straight', 'spherical'] as const) {
      const rows = rowsOf(interpolateCodes(codes, { size: 5, steps: 4, path }), 5)
      expect(rows).toHaveLength(7)
      expect([rows[0], rows[3], rows[6]]).toEqual(rowsOf(codes, 5))
    }
    const straight = rowsOf(interpolateCodes(Float32Array.of(0, 1, 6, 4), { size: 2, steps: 4, path: 'straight' }), 2)
    expect(straight).toEqual([
      [0, 1],
      [2, 2],
      [4, 3],
      [6, 4],
    ])
  })

  it('turns evenly around the origin where it is spherical, and changes its length evenly', () => {
    const rows = rowsOf(interpolateCodes(Float32Array.of(2, 0, 0, 8), { size: 2, steps: 4, path: 'spherical' }), 2)
    for (const [step, [x = 0, y = 0]] of rows.entries()) {
      expect(Math.hypot(x, y)).toBeCloseTo(2 + 2 * step, 5)
      expect((Math.atan2(y, x) * 180) / Math.PI).toBeCloseTo(30 * step, 4)
    }
    // Codes of a normal prior in many dimensions stay as long as such codes are; the chord goes through where there are none.
    const codes = drawPrior({ seed: 1, count: 2, size: 400 })
    const middle = (path: 'straight' | 'spherical') =>
      Math.hypot(...(rowsOf(interpolateCodes(codes, { size: 400, steps: 3, path }), 400)[1] ?? []))
    expect(middle('spherical')).toBeGreaterThan(19)
    expect(middle('straight')).toBeLessThan(15)
  })

  it.each([
    ['the origin', [0, 0], [3, 4]],
    ['the same direction', [3, 4], [6, 8]],
    ['the opposite direction', [3, 4], [-3, -4]],
  ])('is straight where no arc is told from others: %s', (_, from, to) => {
    const middle = rowsOf(interpolateCodes(Float32Array.from([...from, ...to]), { size: 2, steps: 3, path: 'spherical' }), 2)[1]
    expect(middle).toEqual(from.map((value, index) => (value + (to[index] ?? 0)) / 2))
  })

  it('is refused for a single code and for codes that are no whole rows', () => {
    const options = { size: 2, steps: 3, path: 'straight' } as const
    expect(() => interpolateCodes(Float32Array.of(1, 2), options)).toThrow('expected whole rows of 2 values, at least two, got 2 values')
    expect(() => interpolateCodes(Float32Array.of(1, 2, 3, 4, 5), options)).toThrow('got 5 values')
  })
})
