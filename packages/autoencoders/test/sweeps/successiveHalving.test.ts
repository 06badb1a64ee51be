import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  completeRunConfig,
  epochsOfRungs,
  examplesOf,
  halvingProblem,
  planHalving,
  type RunConfigInput,
  rankRung,
} from '../../src/index.js'

const arbitraryPlan = fc
  .record({
    runs: fc.integer({ min: 1, max: 200 }),
    firstEpochs: fc.integer({ min: 1, max: 50 }),
    eta: fc.integer({ min: 2, max: 6 }),
    more: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ more, ...plan }) => ({ ...plan, epochs: plan.firstEpochs + more }))

describe('the rungs of successive halving', () => {
  it('give the best of eta runs eta times the epochs, as in the literature', () => {
    const rungs = planHalving({ runs: 27, firstEpochs: 1, eta: 3, epochs: 27 })
    expect(rungs).toEqual([
      { epochs: 1, runs: 27 },
      { epochs: 3, runs: 9 },
      { epochs: 9, runs: 3 },
      { epochs: 27, runs: 1 },
    ])
    // A run goes on from where it was: 27 + 9 · 2 + 3 · 6 + 18.
    expect(epochsOfRungs(rungs)).toBe(81)
  })

  it('end with all epochs, for one run that is left at once', () => {
    expect(planHalving({ runs: 4, firstEpochs: 2, eta: 2, epochs: 50 })).toEqual([
      { epochs: 2, runs: 4 },
      { epochs: 4, runs: 2 },
      { epochs: 50, runs: 1 },
    ])
    expect(planHalving({ runs: 100, firstEpochs: 5, eta: 3, epochs: 12 })).toEqual([
      { epochs: 5, runs: 100 },
      { epochs: 12, runs: 33 },
    ])
  })

  it('of any plan have ever fewer runs, ever more epochs, and never cost more than training all in full', () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        const rungs = planHalving(plan)
        expect(rungs[0]).toMatchObject({ runs: plan.runs, epochs: plan.firstEpochs })
        expect(rungs.at(-1)?.epochs).toBe(plan.epochs)
        for (const [index, rung] of rungs.slice(1).entries()) {
          const before = rungs[index]
          expect(rung.epochs).toBeGreaterThan(before?.epochs ?? 0)
          expect(rung.runs).toBeLessThanOrEqual(before?.runs ?? 0)
          expect(rung.runs).toBeGreaterThanOrEqual(1)
        }
        expect(epochsOfRungs(rungs)).toBeLessThanOrEqual(plan.runs * plan.epochs)
        expect(epochsOfRungs(rungs)).toBeGreaterThanOrEqual(plan.runs * plan.firstEpochs)
      }),
    )
  })
})

describe('the runs of a rung', () => {
  it('are ranked by their losses; what has none that is finite is not', () => {
    const scores = [
      { id: 'late', loss: 0.2 },
      { id: 'failed', loss: null },
      { id: 'best', loss: 0.1 },
      { id: 'same', loss: 0.2 },
      { id: 'diverged', loss: Number.NaN },
    ]
    expect(rankRung(scores).map(({ id }) => id)).toEqual(['best', 'late', 'same'])
  })
})

describe('runs that are to be searched', () => {
  const config = (input: RunConfigInput = {}) => completeRunConfig({ training: { epochs: 9 }, ...input })
  const choice = { firstEpochs: 1, eta: 3 }
  const problemOf = (...others: RunConfigInput[]) => halvingProblem([config(), ...others.map(config)], choice)

  it('differ in what the search may choose by', () => {
    expect(problemOf({ architecture: { kind: 'dense', latentDimension: 2 }, training: { epochs: 9 } })).toBeNull()
    // As many as there are, and the same number written out.
    expect(problemOf({ data: { trainCount: examplesOf(config()).train } })).toBeNull()
    expect(
      halvingProblem([config(), config({ optimizer: { kind: 'sgd' }, training: { epochs: 9 } })], { firstEpochs: 8, eta: 10 }),
    ).toBeNull()
  })

  it.each([
    [halvingProblem([config()], choice), /2 runs or more/],
    [halvingProblem([config(), config()], { firstEpochs: 9, eta: 3 }), /1 to 8 epochs to begin with, fewer than the 9 .*got 9/],
    [halvingProblem([config(), config()], { firstEpochs: 1, eta: 1 }), /one of 2 to 10 runs/],
    [problemOf({ training: { epochs: 12 } }), /as many epochs for all runs, got 9 and 12/],
    [problemOf({ loss: 'binaryCrossEntropy' }), /minimize the same, got 2 different objectives/],
    [problemOf({ data: { trainCount: 500 } }), /same examples/],
    [problemOf({ data: { selection: 'first' } }), /same examples/],
    [problemOf({ corruption: { kind: 'uniform', amplitude: 0.1 }, training: { epochs: 9 } }), /same corruption, got 2/],
    [
      halvingProblem([config({ data: { validationCount: 0 } }), config({ data: { validationCount: 0 } })], choice),
      /validation examples to rank by/,
    ],
    [problemOf({ training: { epochs: 9, patience: 3 } }), /without patience/],
    [
      problemOf({ optimizer: { kind: 'adam', schedule: { kind: 'cosine' } } }),
      /bit by bit would be another: The learning rate falls along a cosine/,
    ],
  ])('are refused with what to do: %s', (problem, expected) => {
    expect(problem).toMatch(expected)
  })
})
