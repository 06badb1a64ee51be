import { completeRunConfig } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { comparableCurve, comparisonNotes, incomparable } from '../src/entities/run/comparable'

const squared = completeRunConfig({ loss: 'meanSquaredError' })
const crossEntropy = completeRunConfig({ loss: 'binaryCrossEntropy' })
const sparse = completeRunConfig({ loss: 'meanSquaredError', regularizer: { kind: 'l1', weight: 0.1 } })
const sparser = completeRunConfig({ loss: 'meanSquaredError', regularizer: { kind: 'l1', weight: 0.2 } })
const variational = completeRunConfig({ loss: 'meanSquaredError', architecture: { kind: 'dense', encoder: { kind: 'variational' } } })

const mnist = { id: 'mnist', title: 'MNIST' }
const spiral = { id: 'spiral', title: 'Spiral' }
const runsOf = (...configs: (typeof squared)[]) => configs.map((config) => ({ dataset: mnist, config }))

describe('curves of several runs over each other', () => {
  it.each([[[]], [[squared]], [[squared, squared]], [[crossEntropy, crossEntropy]], [[sparse, sparse]]])(
    'are validation losses where all runs minimize the same: case %#',
    (configs) => {
      expect(comparableCurve(runsOf(...configs))).toBe('validationLoss')
      expect(comparisonNotes(runsOf(...configs))).toEqual([])
      expect(incomparable({ ranksWithin: 'objective' }, runsOf(...configs))).toBeNull()
    },
  )

  it.each([[[squared, crossEntropy, squared]], [[squared, sparse]], [[sparse, sparser]], [[squared, variational]]])(
    'are reconstruction errors where objectives differ, and say so: case %#',
    (configs) => {
      expect(comparableCurve(runsOf(...configs))).toBe('validationMeanSquaredError')
      expect(comparisonNotes(runsOf(...configs)).join()).toContain('reconstruction MSE is shown')
      expect(incomparable({ ranksWithin: 'objective' }, runsOf(...configs))).toBe('objective')
      expect(incomparable({}, runsOf(...configs))).toBeNull()
    },
  )

  it('warn who chooses the losses all the same, and nobody who chooses what can be compared', () => {
    const runs = runsOf(squared, crossEntropy)
    expect(comparisonNotes(runs, [{ ranksWithin: 'objective' }]).join()).toContain('only the reconstruction MSE compares them')
    expect(comparisonNotes(runs, [{}])).toEqual([])
  })

  it('warn where the data differ, whose errors are never ranked, while times are', () => {
    const runs = [
      { dataset: mnist, config: squared },
      { dataset: spiral, config: squared },
    ]
    expect(comparisonNotes(runs)).toEqual([
      'These runs were trained on different data (MNIST and Spiral), whose errors cannot be ranked against each other.',
    ])
    expect([
      incomparable({}, runs),
      incomparable({ ranksWithin: 'objective' }, runs),
      incomparable({ ranksWithin: 'anything' }, runs),
    ]).toEqual(['data', 'data', null])
  })

  it('say where some runs are scored on other examples', () => {
    const unheld = completeRunConfig({ data: { validationCount: 0 } })
    expect(comparisonNotes(runsOf(completeRunConfig({}), unheld)).join()).toContain('scored on test examples')
  })
})
