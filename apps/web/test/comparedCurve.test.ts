import { describe, expect, it } from 'vitest'
import { comparableCurve, comparisonNote } from '../src/entities/run/comparedCurve'

const squared = { config: { loss: 'MEAN_SQUARED_ERROR' } } as const
const crossEntropy = { config: { loss: 'BINARY_CROSS_ENTROPY' } } as const

describe('curves of several runs over each other', () => {
  it.each([[[]], [[squared]], [[squared, squared]], [[crossEntropy, crossEntropy]]])(
    'are validation losses where all runs minimise the same: case %#',
    (runs) => {
      expect(comparableCurve(runs)).toBe('validation')
      expect(comparisonNote(runs, 'validation')).toBeNull()
    },
  )

  it('are reconstruction errors where losses differ, and say so', () => {
    const runs = [squared, crossEntropy, squared]
    expect(comparableCurve(runs)).toBe('mse')
    expect(comparisonNote(runs, 'mse')).toContain('reconstruction MSE is shown')
  })

  it('warn who chooses the losses all the same', () => {
    expect(comparisonNote([squared, crossEntropy], 'validation')).toContain('only the reconstruction MSE compares them')
  })
})
