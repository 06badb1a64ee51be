import { expect } from 'vitest'

const expectWithin = (tolerance: number) => (value: number, expected: number | undefined, what: string) =>
  expect(Math.abs(value - (expected ?? Number.NaN)), `${what}: told ${value}, recomputed ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(value)),
  )

/** Expects a number that is told to be the one that was recomputed, within 1e-5 of 1 or of itself where it is larger. */
export const expectClose = expectWithin(1e-5)

/** Expects the same within a thousandth: rounding codes to steps makes what single precision leaves open as large as a step. */
export const expectCloseOfRounded = expectWithin(1e-3)
