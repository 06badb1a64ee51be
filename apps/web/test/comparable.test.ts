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

  it('are not ranked where inputs are corrupted differently, and say so', () => {
    const noisy = (amplitude: number) => completeRunConfig({ corruption: { kind: 'uniform', amplitude } })
    const runs = runsOf(noisy(0.5), noisy(0.1))
    expect(comparisonNotes(runs).join()).toContain('corrupted differently')
    expect([incomparable({}, runs), incomparable({ ranksWithin: 'objective' }, runs)]).toEqual(['corruption', 'corruption'])
    // Of finished runs the model is measured on test examples as they are.
    expect(incomparable({ examples: 'test' }, runs)).toBeNull()
    expect(incomparable({ ranksWithin: 'anything' }, runs)).toBeNull()
  })

  it('are not ranked where the examples are others, or fewer, of what is measured on these', () => {
    const fewer = runsOf(completeRunConfig({}), completeRunConfig({ data: { testCount: 1000, validationCount: 5000 } }))
    expect([incomparable({}, fewer), incomparable({ examples: 'test' }, fewer)]).toEqual([null, 'examples'])
    const held = runsOf(completeRunConfig({}), completeRunConfig({ data: { validationCount: 1000 } }))
    expect([incomparable({}, held), incomparable({ examples: 'test' }, held)]).toEqual(['examples', null])
    expect(comparisonNotes(held).join()).toContain('different choices of examples')
    const first = runsOf(completeRunConfig({}), completeRunConfig({ data: { selection: 'first' } }))
    expect([incomparable({}, first), incomparable({ examples: 'test' }, first)]).toEqual(['examples', 'examples'])
  })

  it('are not ranked by bits per pixel of one bound beside another', () => {
    const encoders = runsOf(squared, variational)
    expect(incomparable({ ranksWithin: 'bound' }, encoders)).toBe('bound')
    expect(comparisonNotes(encoders, [{ ranksWithin: 'bound' }]).join()).toContain('count the code as well')
    const drawing = (importanceSamples: number) =>
      completeRunConfig({ architecture: { kind: 'dense', encoder: { kind: 'variational' } }, evaluation: { importanceSamples } })
    const draws = runsOf(drawing(5), drawing(500))
    expect([incomparable({ ranksWithin: 'bound' }, draws), incomparable({ ranksWithin: 'draws' }, draws)]).toEqual([null, 'bound'])
  })

  it('say where some runs are scored on other examples', () => {
    const unheld = completeRunConfig({ data: { validationCount: 0 } })
    expect(comparisonNotes(runsOf(completeRunConfig({}), unheld)).join()).toContain('scored on test examples')
  })
})
