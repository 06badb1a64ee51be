import { completeRunConfig } from '@hourglass/autoencoders'
import { describe, expect, test } from 'vitest'
import { searchedConfig, searchedProgress } from '../src/features/experiment/searchedConfig'
import { describeSearch, type HalvingSearch, searchTable } from '../src/features/experiment/searchTable'
import { describeRungs } from '../src/features/launch/describeRungs'

const result = (runId: string, validationLoss: number | null, outcome: 'KEPT' | 'DROPPED' | 'FAILED' | 'FINISHED') => ({
  __typename: 'RungResult' as const,
  runId,
  validationLoss,
  outcome,
})
const rung = (epochs: number, runIds: string[], results: ReturnType<typeof result>[] | null = null, runs = runIds.length) => ({
  __typename: 'HalvingRung' as const,
  epochs,
  runs,
  runIds,
  results,
})
const search = (rungs: ReturnType<typeof rung>[], changes: Partial<HalvingSearch> = {}): HalvingSearch => ({
  __typename: 'HalvingSearch',
  status: 'RUNNING',
  eta: 2,
  epochsPlanned: 11,
  epochsUsed: 5,
  rungs,
  ...changes,
})
const first = rung(
  1,
  ['a', 'b', 'c', 'd'],
  [result('b', 0.1, 'KEPT'), result('d', 0.2, 'KEPT'), result('a', 0.3, 'DROPPED'), result('c', null, 'FAILED')],
)

const plain = [completeRunConfig({})]

describe('the rungs of a search', () => {
  test('are a row for each run, those first that got furthest', () => {
    const rows = searchTable(
      search([first, rung(2, ['b', 'd'], [result('d', 0.05, 'KEPT'), result('b', 0.09, 'DROPPED')]), rung(4, ['d'])]),
    )
    expect(rows.map(({ runId }) => runId)).toEqual(['d', 'b', 'a', 'c'])
    expect(rows.map(({ cells }) => cells.map(({ outcome, rank }) => [outcome, rank]))).toEqual([
      [
        ['KEPT', 2],
        ['KEPT', 1],
        ['TRAINS', null],
      ],
      [
        ['KEPT', 1],
        ['DROPPED', 2],
      ],
      [['DROPPED', 3]],
      [['FAILED', null]],
    ])
  })

  test('of a search that has just begun stand in the order of its runs', () => {
    expect(searchTable(search([rung(1, ['a', 'b']), rung(4, [], null, 1)])).map(({ runId }) => runId)).toEqual(['a', 'b'])
  })

  test('are told of in a sentence, with the epochs that they cost', () => {
    const two = [first, rung(4, ['b', 'd'], null)]
    expect(describeSearch(search(two), plain)).toBe(
      'In rung 2 of 2. Of 2 runs the one with the smallest validation loss goes on. 5 of 11 epochs used; all runs in full would take 16.',
    )
    const penalized = completeRunConfig({ regularizer: { kind: 'contractive' } })
    expect(describeSearch(search(two), [...plain, penalized])).toContain('the smallest validation objective goes on')
    expect(describeSearch(search(two, { status: 'STOPPED' }), plain)).toMatch(/^Stopped in rung 2 of 2\./)
    expect(describeSearch(search(two, { status: 'COMPLETED' }), plain)).toMatch(
      /^The search ended after rung 1 of 2, as no run was left to go on\./,
    )
    const ended = [first, rung(4, ['b', 'd'], [result('b', 0.1, 'FINISHED'), result('d', 0.2, 'FINISHED')])]
    expect(describeSearch(search(ended, { status: 'COMPLETED' }), plain)).toMatch(/^The search is over\./)
    expect(
      describeRungs([
        { runs: 9, epochs: 1 },
        { runs: 3, epochs: 3 },
        { runs: 1, epochs: 20 },
      ]),
    ).toBe('9 runs for 1 epoch, the best 3 up to 3, the best up to 20: 32 epochs in place of 180.')
  })
})

describe('an experiment that is a search', () => {
  const config = (epochs: number) => completeRunConfig({ training: { epochs } })
  const plan = search([first, rung(4, [], null, 2)])

  test('differs in what it was launched to differ in, whatever epochs its runs were given so far', () => {
    expect(searchedConfig(config(1), plan)).toEqual(config(4))
    expect(searchedConfig(config(1), null)).toEqual(config(1))
  })

  test('is as far as the epochs that it plans', () => {
    const progress = { __typename: 'ExperimentProgress' as const, epochs: 4, epochsCompleted: 2, fraction: 0.5, secondsLeft: 10 }
    expect(searchedProgress(progress, plan)).toMatchObject({ epochs: 11, epochsCompleted: 5, fraction: 5 / 11, secondsLeft: 30 })
    expect(searchedProgress({ ...progress, epochsCompleted: 4 }, plan).secondsLeft).toBeNull()
    expect(searchedProgress(progress, null)).toBe(progress)
    expect(searchedProgress(progress, { ...plan, status: 'COMPLETED' })).toBe(progress)
  })
})
