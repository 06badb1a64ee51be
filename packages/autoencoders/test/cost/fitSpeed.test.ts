import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitSpeed } from '../../src/cost/fitSpeed.js'
import { noWork, scaleWork, secondsOf, typicalSeconds, type Work, workUnits } from '../../src/cost/Work.js'

/** Work that would take a typical machine so many milliseconds in each unit. */
const workOfMilliseconds = (milliseconds: Partial<Record<keyof Work, number>>): Work => ({
  ...noWork,
  ...Object.fromEntries(Object.entries(milliseconds).map(([unit, value]) => [unit, value / 1000 / typicalSeconds[unit as keyof Work]])),
})

const works = [
  workOfMilliseconds({ operation: 0.1, byte: 0.02 }),
  workOfMilliseconds({ operation: 0.1, matrixMultiplication: 1, byte: 0.2, updatedByte: 0.1 }),
  workOfMilliseconds({ operation: 0.3, convolutionMultiplication: 2, byte: 1 }),
  workOfMilliseconds({ operation: 0.1, matrixMultiplication: 2, updatedByte: 1, streamedByte: 2 }),
  workOfMilliseconds({ operation: 0.1, functionValue: 1, byte: 0.5, drawnValue: 0.2, scriptedValue: 0.1 }),
]

describe('fitting a machine’s speed', () => {
  it('finds a machine that is faster or slower in everything, from any samples', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.subarray(works, { minLength: 1 }), (factor, measured) => {
        const secondsPer = fitSpeed(measured.map((work) => ({ work, seconds: factor * secondsOf(work, typicalSeconds) })))
        for (const unit of workUnits) expect(secondsPer[unit] / (factor * typicalSeconds[unit])).toBeCloseTo(1, 6)
      }),
      { seed: 1 },
    )
  })

  it('finds what a machine is slower in than others, and predicts its samples', () => {
    const slow = { ...typicalSeconds, convolutionMultiplication: 3 * typicalSeconds.convolutionMultiplication }
    const samples = works.map((work) => ({ work, seconds: secondsOf(work, slow) }))
    const secondsPer = fitSpeed(samples)
    expect(secondsPer.convolutionMultiplication).toBeGreaterThan(1.5 * secondsPer.matrixMultiplication)
    for (const { work, seconds } of samples) expect(Math.abs(secondsOf(work, secondsPer) / seconds - 1)).toBeLessThan(0.3)
  })

  it('gives no negative time, whatever was measured', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: works.length, maxLength: works.length }),
        (times) => {
          const secondsPer = fitSpeed(works.map((work, index) => ({ work, seconds: times[index] ?? 1 })))
          for (const unit of workUnits) expect(secondsPer[unit]).toBeGreaterThanOrEqual(0)
        },
      ),
      { seed: 2 },
    )
  })

  it('is not led astray by one sample that was disturbed', () => {
    const samples = works.map((work, index) => ({ work, seconds: (index === 4 ? 2 : 1) * secondsOf(work, typicalSeconds) }))
    const secondsPer = fitSpeed(samples)
    for (const work of works.slice(0, 4)) {
      const ratio = secondsOf(scaleWork(work, 10), secondsPer) / secondsOf(scaleWork(work, 10), typicalSeconds)
      expect(ratio).toBeGreaterThan(0.75)
      expect(ratio).toBeLessThan(1.6)
    }
  })
})
