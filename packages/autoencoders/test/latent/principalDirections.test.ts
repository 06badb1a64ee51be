import { describe, expect, it } from 'vitest'
import { directionSpreads, drawPrior, principalDirections } from '../../src/latent.js'

/** Fills codes `[rows, size]` by a formula that another language computes as well. */
const fill = (rows: number, size: number, value: (row: number, column: number) => number) =>
  Float32Array.from({ length: rows * size }, (_, index) => value(Math.floor(index / size), index % size))

const columns = (values: Float32Array, size: number, wanted: readonly number[]) =>
  Array.from({ length: values.length / size }, (_, row) => wanted.map((column) => values[row * size + column] ?? Number.NaN))

describe('principal directions', () => {
  // Reference: numpy.linalg.svd of the centred codes, NumPy 2.4.6, each row's largest coordinate made positive.
  it('are NumPy’s to 1e-5, signs and deviations too, where the whole covariance is decomposed', () => {
    const codes = fill(30, 5, (i, j) => Math.sin(i * (j + 2) + j) * (j + 1) + 0.5 * Math.sin(i * i))
    const found = principalDirections(codes, { size: 5, wanted: 5 })
    const expected = [
      [-0.011346, -0.022689, -0.051053, -0.295523, 0.953633],
      [0.014838, -0.002047, -0.030132, 0.955065, 0.294481],
      [0.040527, 0.150978, 0.985771, 0.012109, 0.0606],
      [0.086312, 0.98401, -0.154988, -0.008305, 0.013568],
      [0.995268, -0.091712, -0.026832, -0.01738, 0.002837],
    ]
    expectClose(columns(found.directions, 5, [0, 1, 2, 3, 4]), expected, 1e-5)
    expectClose([[...found.mean]], [[-0.057421, -0.055251, -0.073178, -0.092173, 0.02851]], 1e-5)
    expectClose(
      [directionSpreads(codes, found).map(({ standardDeviation }) => standardDeviation)],
      [[3.367051, 2.72765, 2.301405, 1.404816, 0.785492]],
      1e-5,
    )
  })

  it('are NumPy’s to 1e-5 for many units, of which only the leading subspace is sought', () => {
    const codes = fill(120, 200, (i, j) => {
      let sum = 0
      for (let wave = 0; wave < 6; wave++) sum += (4 / 2 ** wave) * Math.sin((wave + 1) * 0.7 * i + wave) * Math.cos((wave + 1) * 0.13 * j)
      return sum
    })
    const found = principalDirections(codes, { size: 200, wanted: 4 })
    expectClose(
      columns(found.directions, 200, [0, 1, 50, 199]),
      [
        [0.099757, 0.098883, 0.097335, 0.073235],
        [0.095872, 0.092498, 0.086584, 0.00556],
        [0.097077, 0.089128, 0.075554, -0.063155],
        [-0.102136, -0.087457, -0.063071, 0.103276],
      ],
      1e-5,
    )
    expectClose(
      [directionSpreads(codes, found).map(({ standardDeviation }) => standardDeviation)],
      [[28.590987, 14.172519, 7.072969, 3.551044]],
      1e-3,
    )
  })

  // Codes on two known orthonormal directions of 40 units, standard deviations 3 and 1, around a mean.
  const size = 40
  const normals = drawPrior({ seed: 3, count: 600, size: 2 })
  const first = Float32Array.from({ length: size }, (_, at) => (at % 2 === 0 ? 1 : -1) / Math.sqrt(size))
  const second = Float32Array.from({ length: size }, () => 1 / Math.sqrt(size))
  const codes = fill(600, size, (row, at) => {
    return at / 10 + 3 * (normals[2 * row] ?? 0) * (first[at] ?? 0) + (normals[2 * row + 1] ?? 0) * (second[at] ?? 0)
  })
  const inner = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)

  it('are the directions of largest variance, in order, orthonormal', () => {
    const found = principalDirections(codes, { size, wanted: 2 })
    const [one, two] = [found.directions.subarray(0, size), found.directions.subarray(size)]
    expect(Math.abs(inner(one, first))).toBeGreaterThan(0.999)
    expect(Math.abs(inner(two, second))).toBeGreaterThan(0.999)
    expect(inner(one, two)).toBeCloseTo(0, 5)
    expect(inner(one, one)).toBeCloseTo(1, 5)
    const spreads = directionSpreads(codes, found)
    expect(spreads[0]?.standardDeviation).toBeCloseTo(3, 0)
    expect(spreads[0]?.mean).toBeCloseTo(0, 3)
  })

  it.each([40, 200])('are as many as a few codes of %d units have', (size) => {
    expect(principalDirections(codes.subarray(0, 3 * size), { size, wanted: 16 }).count).toBe(2)
  })

  it('are refused where codes are no whole rows', () => {
    expect(() => principalDirections(codes.subarray(1), { size, wanted: 2 })).toThrow(
      'expected whole rows of 40 values, at least one, got 23999',
    )
  })
})

function expectClose(got: readonly (readonly number[])[], expected: readonly (readonly number[])[], tolerance: number): void {
  expect(got.length).toBe(expected.length)
  for (const [row, values] of expected.entries()) {
    for (const [column, value] of values.entries()) expect(Math.abs((got[row]?.[column] ?? Number.NaN) - value)).toBeLessThan(tolerance)
  }
}
