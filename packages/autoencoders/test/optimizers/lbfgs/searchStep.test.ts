import { describe, expect, it } from 'vitest'
import { searchStep } from '../../../src/optimizers/lbfgs/searchStep.js'

type LineFunction = (step: number) => { loss: number; slope: number }

/** Functions 1 and 2 of Moré & Thuente 1994, section 5, and one that is infinite beyond 3. */
const functions: readonly [string, LineFunction][] = [
  ['−α / (α² + 2)', (a) => ({ loss: -a / (a * a + 2), slope: (a * a - 2) / (a * a + 2) ** 2 })],
  [
    '(α + 0.004)⁵ − 2 (α + 0.004)⁴',
    (a) => {
      const t = a + 0.004
      return { loss: t ** 5 - 2 * t ** 4, slope: 5 * t ** 4 - 8 * t ** 3 }
    },
  ],
  ['−α − log(3 − α)', (a) => ({ loss: a < 3 ? -3 * a - Math.log(3 - a) : Infinity, slope: -3 + 1 / (3 - a) })],
]

describe('searchStep', () => {
  for (const [name, line] of functions) {
    it.each([1e-3, 0.1, 1, 10, 1e3])(`satisfies the strong Wolfe conditions on ${name}, starting from a step of %d`, async (firstStep) => {
      const start = line(0)
      const result = await searchStep(async (step) => ({ step, ...line(step) }), { start, firstStep, curvature: 0.1 })
      if (result.outcome !== 'strongWolfe') throw new Error(`expected strongWolfe, got ${result.outcome}`)
      const { step, loss, slope } = result.point
      expect(loss).toBeLessThanOrEqual(start.loss + 1e-4 * step * start.slope)
      expect(Math.abs(slope)).toBeLessThanOrEqual(0.1 * Math.abs(start.slope))
      expect(result.evaluations).toBeLessThanOrEqual(20)
    })
  }

  it('takes the lowest point where the loss falls for ever', async () => {
    const line: LineFunction = (a) => ({ loss: -a, slope: -1 })
    const result = await searchStep(async (step) => ({ step, ...line(step) }), { start: line(0), firstStep: 1, maximumEvaluations: 3 })
    expect(result).toMatchObject({ outcome: 'sufficientDecrease', point: { loss: -100 }, evaluations: 3 })
  })

  it('fails without an exception where the loss does not fall', async () => {
    const result = await searchStep(async (step) => ({ step, loss: step, slope: 1 }), { start: { loss: 0, slope: -1 }, firstStep: 1 })
    expect(result.outcome).toBe('failed')
  })
})
