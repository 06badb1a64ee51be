import { describe, expect, it } from 'vitest'
import { chosenEpochs, rankedExamples } from '../src/features/analysis/rankedExamples'
import { classRows } from '../src/features/compare/classRows'
import { groupRuns } from '../src/features/compare/runGroups'
import type { ClassErrorsByRun } from '../src/features/compare/useClassErrors'
import { makeRow } from './runFixtures'

const rowOf = (label: number, mean: number | null) => ({
  __typename: 'AnalysisExampleErrorsClasse' as const,
  label,
  examples: 5,
  mean,
  lowerQuartile: mean,
  median: mean,
  upperQuartile: mean,
})
const errorsOf = (means: readonly (number | null)[], examples = 10) => ({
  epoch: 3,
  examples,
  classes: means.map((mean, label) => rowOf(label, mean)),
})

describe('errors by class of several runs', () => {
  const runs = ['a', 'b', 'c', 'd'].map((id, index) => ({ ...makeRow({ id, number: index + 1 }), metrics: [] }))
  const groups = groupRuns(runs as unknown as Parameters<typeof groupRuns>[0], null)

  it('stand side by side where runs were measured on the same examples, with the best of each class', () => {
    const errors: ClassErrorsByRun = new Map([
      ['a', errorsOf([0.1, 0.2, 0.3])],
      ['b', errorsOf([0.2, 0.1, 0.3])],
      ['c', errorsOf([0.01, 0.01, 0.01], 20)],
      ['d', null],
    ])
    const { rows, labels, best, examples, without, elsewhere } = classRows(groups, errors)
    expect(rows.map(({ id, epoch }) => [id, epoch])).toEqual([
      ['a', 3],
      ['b', 3],
    ])
    expect(labels).toEqual([0, 1, 2])
    expect([...best]).toEqual([
      [0, 'a'],
      [1, 'b'],
    ])
    expect({ examples, without, elsewhere }).toEqual({ examples: 10, without: 1, elsewhere: 1 })
  })

  it('have no best of a single run, and nothing of runs that tell nothing', () => {
    expect(classRows(groups, new Map([['a', errorsOf([0.1, 0.2])]])).best.size).toBe(0)
    expect(classRows(groups, new Map([['a', null]])).rows).toEqual([])
    expect(classRows(groups, new Map())).toMatchObject({ without: 0, elsewhere: 0 })
  })
})

describe('examples ranked by their errors', () => {
  it('keep their places and classes', () => {
    expect(rankedExamples(Float32Array.of(0.5, 7, 0.25, 1, 0.5, 3))).toEqual([
      { place: 1, label: 1, error: 0.25, rank: 1 },
      { place: 0, label: 7, error: 0.5, rank: 2 },
      { place: 2, label: 3, error: 0.5, rank: 3 },
    ])
  })

  it('are shown after few epochs, the first and the last among them', () => {
    expect(chosenEpochs([1, 2, 5], 12)).toEqual([1, 2, 5])
    const all = Array.from({ length: 100 }, (_, index) => index + 1)
    const chosen = chosenEpochs(all, 12)
    expect(chosen.length).toBeLessThanOrEqual(12)
    expect([chosen[0], chosen.at(-1)]).toEqual([1, 100])
    expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b))
    expect(chosenEpochs([], 12)).toEqual([])
  })
})
