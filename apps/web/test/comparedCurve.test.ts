import { completeRunConfig } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { comparableCurve, comparisonNote } from '../src/entities/run/comparedCurve'

const squared = completeRunConfig({ loss: 'meanSquaredError' })
const crossEntropy = completeRunConfig({ loss: 'binaryCrossEntropy' })
const sparse = completeRunConfig({ loss: 'meanSquaredError', regularizer: { kind: 'l1', weight: 0.1 } })
const sparser = completeRunConfig({ loss: 'meanSquaredError', regularizer: { kind: 'l1', weight: 0.2 } })
const variational = completeRunConfig({ loss: 'meanSquaredError', architecture: { kind: 'dense', encoder: { kind: 'variational' } } })

describe('curves of several runs over each other', () => {
  it.each([[[]], [[squared]], [[squared, squared]], [[crossEntropy, crossEntropy]], [[sparse, sparse]]])(
    'are validation losses where all runs minimize the same: case %#',
    (configs) => {
      expect(comparableCurve(configs)).toBe('validation')
      expect(comparisonNote(configs, 'validation')).toBeNull()
    },
  )

  it.each([[[squared, crossEntropy, squared]], [[squared, sparse]], [[sparse, sparser]], [[squared, variational]]])(
    'are reconstruction errors where objectives differ, and say so: case %#',
    (configs) => {
      expect(comparableCurve(configs)).toBe('mse')
      expect(comparisonNote(configs, 'mse')).toContain('reconstruction MSE is shown')
    },
  )

  it('warn who chooses the losses all the same', () => {
    expect(comparisonNote([squared, crossEntropy], 'validation')).toContain('only the reconstruction MSE compares them')
  })
})
