import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AxisValues, countSweep, expandSweep, rangeProblem, type Sweep, type SweepAxis } from '../../src/index.js'

const list = (path: string, ...values: string[]): SweepAxis => ({ path, isWhole: false, values: { kind: 'list', values } })
const range = (
  from: number,
  to: number,
  options: Partial<Extract<AxisValues, { kind: 'range' }>> & { isWhole?: boolean } = {},
): SweepAxis => {
  const { isWhole = false, ...rest } = options
  return { path: 'range', isWhole, values: { kind: 'range', from, to, scale: 'linear', count: 5, ...rest } }
}
const grid = (...axes: SweepAxis[]): Sweep => ({ axes, method: { kind: 'grid' } })
const random = (draws: number, seed: number, ...axes: SweepAxis[]): Sweep => ({ axes, method: { kind: 'random', draws, seed } })
const column = (sweep: Sweep) => expandSweep(sweep).map(([value]) => Number(value))

const arbitraryRange = fc
  .record({
    from: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    to: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    scale: fc.constantFrom('linear' as const, 'log' as const),
    count: fc.integer({ min: 2, max: 12 }),
    isWhole: fc.boolean(),
  })
  .map(({ from, to, isWhole, ...rest }) => range(from, to, { isWhole, ...rest }))
const arbitraryList = fc
  .array(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map((values) => list('list', ...values))
const arbitraryAxes = fc.array(fc.oneof(arbitraryRange, arbitraryList), { minLength: 1, maxLength: 3 })

describe('a grid', () => {
  it('has every combination once, the last axis changing first', () => {
    expect(expandSweep(grid(list('a', '1', '2', '1'), list('b', 'x', 'y')))).toEqual([
      ['1', 'x'],
      ['1', 'y'],
      ['2', 'x'],
      ['2', 'y'],
    ])
    expect(expandSweep(grid())).toEqual([])
  })

  it('spaces ranges evenly on their axis, from end to end', () => {
    expect(column(grid(range(0, 1)))).toEqual([0, 0.25, 0.5, 0.75, 1])
    expect(column(grid(range(1e-4, 1, { scale: 'log' })))).toEqual([0.0001, 0.001, 0.01, 0.1, 1])
    expect(column(grid(range(1e-1, 1e-4, { scale: 'log', count: 4 })))).toEqual([0.1, 0.01, 0.001, 0.0001])
    expect(column(grid(range(1, 64, { scale: 'log', count: 4, isWhole: true })))).toEqual([1, 4, 16, 64])
    expect(column(grid(range(1, 3, { count: 5, isWhole: true })))).toEqual([1, 2, 3])
  })

  it('of any axes has as many combinations as are counted without making them, none twice', () => {
    fc.assert(
      fc.property(arbitraryAxes, (axes) => {
        const made = expandSweep(grid(...axes))
        expect(made).toHaveLength(countSweep(grid(...axes)))
        expect(new Set(made.map((each) => JSON.stringify(each))).size).toBe(made.length)
        expect(made.every((each) => each.length === axes.length)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('stays between the ends of its ranges', () => {
    fc.assert(
      fc.property(arbitraryRange, (axis) => {
        const { from, to } = axis.values as Extract<AxisValues, { kind: 'range' }>
        const slack = axis.isWhole ? 0.5 : Math.max(from, to) * 1e-3
        for (const value of column(grid(axis))) {
          expect(value).toBeGreaterThanOrEqual(Math.min(from, to) - slack)
          expect(value).toBeLessThanOrEqual(Math.max(from, to) + slack)
          if (axis.isWhole) expect(value).toBe(Math.round(value))
        }
      }),
    )
  })
})

describe('random draws', () => {
  it('are the same for the same seed, others for another, and begin with those of fewer', () => {
    fc.assert(
      fc.property(arbitraryAxes, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 1e9 }), (axes, draws, seed) => {
        const made = expandSweep(random(draws, seed, ...axes))
        expect(expandSweep(random(draws, seed, ...axes))).toEqual(made)
        expect(expandSweep(random(draws + 5, seed, ...axes)).slice(0, made.length)).toEqual(made)
        expect(made.length).toBeLessThanOrEqual(countSweep(random(draws, seed, ...axes)))
        expect(new Set(made.map((each) => JSON.stringify(each))).size).toBe(made.length)
      }),
      { numRuns: 50 },
    )
    const axis = range(0, 1)
    expect(column(random(5, 1, axis))).not.toEqual(column(random(5, 2, axis)))
  })

  it('are fewer where there are no more', () => {
    expect(expandSweep(random(10, 1, list('a', '1', '2'), list('b', 'x')))).toHaveLength(2)
  })

  it('of whole numbers are between the ends, both of which are drawn', () => {
    const drawn = column(random(6, 3, range(1, 6, { isWhole: true })))
    expect(drawn.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
    const logarithmic = column(random(400, 3, range(1, 64, { isWhole: true, scale: 'log' })))
    expect([Math.min(...logarithmic), Math.max(...logarithmic)]).toEqual([1, 64])
  })

  it('are as likely in each part of their scale: Kolmogorov–Smirnov at 400 draws, 1 %', () => {
    for (const [axis, share] of [
      [range(2, 5), (value: number) => (value - 2) / 3],
      [range(1e-4, 1, { scale: 'log' }), (value: number) => Math.log(value / 1e-4) / Math.log(1e4)],
    ] as const) {
      const shares = column(random(400, 7, axis))
        .map(share)
        .sort((a, b) => a - b)
      const distance = Math.max(
        ...shares.map((value, index) => Math.max(Math.abs(value - index / 400), Math.abs(value - (index + 1) / 400))),
      )
      expect(distance).toBeLessThan(1.63 / Math.sqrt(400))
    }
  })

  it('of one setting do not depend on what else is varied', () => {
    const other = list('other', 'x', 'y')
    expect(expandSweep(random(6, 4, range(0, 1), other)).map(([first]) => first)).toEqual(expandSweep(random(6, 4, range(0, 1))).flat())
  })
})

describe('a range', () => {
  it('of more values than may be is counted without making them', () => {
    expect(countSweep(grid(range(0, 1e9, { count: 1e9, isWhole: true })))).toBe(201)
  })

  it.each([
    [range(Number.NaN, 1), 'Give both ends of the range as numbers.'],
    [range(1, 1), 'Expected two ends that differ, got 1 twice.'],
    [range(0, 1, { scale: 'log' }), 'Expected ends above 0 on a log scale, got 0.'],
    [range(0, 1, { count: 1 }), 'Expected 2 values or more, got 1.'],
    [range(0, 1, { count: 201 }), 'Expected at most 200 values, got 201.'],
    [range(0, 1, { count: 200 }), null],
    [range(0, 1), null],
  ])('says what is wrong with it', ({ values }, problem) => {
    expect(values.kind === 'range' ? rangeProblem(values) : undefined).toBe(problem)
  })
})
