import { createRandom } from '@hourglass/datasets'
import { describe, expect, it } from 'vitest'
import { fitWienerFilter, type WienerFilter } from '../../src/analysis/wienerFilter.js'
import type { ExampleCodec } from '../../src/compression/ExampleCodec.js'

const SIZE = 3
const COUNT = 40_000
const SPREADS = [2, 1, 0.1] as const

/** A basis that leaves examples as they are. */
const axes: ExampleCodec = {
  exampleSize: SIZE,
  latentDimension: SIZE,
  encode: async (examples) => examples,
  decode: async (codes) => codes,
}

function drawNormals(name: string): Float32Array {
  const values = new Float32Array(COUNT * SIZE)
  createRandom(7, name).fillNormal(values)
  return values
}

const clean = drawNormals('clean').map((value, index) => 3 + value * (SPREADS[index % SIZE] ?? 0))

/** Guesses each component of examples in a basis that leaves them as they are. */
const guess = (examples: Float32Array, { gains, offsets }: WienerFilter) =>
  examples.map((value, index) => (gains[index % SIZE] ?? 0) * value + (offsets[index % SIZE] ?? 0))

const errorOf = (made: Float32Array, column: number) => {
  let sum = 0
  for (let index = column; index < made.length; index += SIZE) sum += ((made[index] ?? 0) - (clean[index] ?? 0)) ** 2
  return sum / COUNT
}

describe('fitWienerFilter', () => {
  it('leaves of independent noise what Wiener’s formula says, in each component', async () => {
    const noise = 0.5
    const draws = drawNormals('noise')
    const corrupted = clean.map((value, index) => value + noise * (draws[index] ?? 0))
    const made = guess(corrupted, await fitWienerFilter({ basis: axes, clean, corrupted }))
    for (const [column, spread] of SPREADS.entries()) {
      const left = (spread ** 2 * noise ** 2) / (spread ** 2 + noise ** 2)
      expect(Math.abs(errorOf(made, column) / left - 1)).toBeLessThan(0.03)
    }
  })

  it('knows the mean that zeroing shifts: the best affine guess of each component', async () => {
    const uniform = new Float32Array(clean.length)
    createRandom(7, 'masks').fillUniform(uniform)
    const corrupted = clean.map((value, index) => ((uniform[index] ?? 0) < 0.5 ? 0 : value))
    const made = guess(corrupted, await fitWienerFilter({ basis: axes, clean, corrupted }))
    for (const [column, spread] of SPREADS.entries()) {
      // x̃ = m x with m of probability ½: Cov(x, x̃) = σ² / 2, Var(x̃) = E[x²] / 2 − μ² / 4.
      const [covariance, variance] = [spread ** 2 / 2, (spread ** 2 + 9) / 2 - 9 / 4]
      const left = spread ** 2 - covariance ** 2 / variance
      expect(Math.abs(errorOf(made, column) / left - 1)).toBeLessThan(0.03)
    }
  })

  it('guesses the mean where nothing is seen to vary', async () => {
    const corrupted = new Float32Array(clean.length)
    const [first = 0] = guess(corrupted, await fitWienerFilter({ basis: axes, clean, corrupted }))
    expect(first).toBeCloseTo(3, 1)
  })
})
