import { describe, expect, test } from 'vitest'
import { logTicks } from '../src/features/experiment/logTicks'
import { keepApart, lonePoints, spreadOut } from '../src/ui/chartPoints'

describe('marks on lines', () => {
  test('keep a distance from each other, and the last stays', () => {
    expect(keepApart([0, 4, 8, 12, 16], 9)).toEqual([1, 4])
    expect(keepApart([0, null, 20, 40], 9)).toEqual([0, 2, 3])
    expect(keepApart([], 9)).toEqual([])
  })

  test('are named with their values where no line has more than one', () => {
    expect(lonePoints({ data: [[1], [0.5], [0.6]] })).toEqual([
      { line: 0, x: 1, y: 0.5 },
      { line: 1, x: 1, y: 0.6 },
    ])
    expect(
      lonePoints({
        data: [
          [1, 2],
          [0.5, 0.4],
          [0.6, null],
        ],
      }),
    ).toEqual([])
    expect(lonePoints({ data: [[], []] })).toEqual([])
  })

  test('have names that do not lie on each other', () => {
    expect(spreadOut([30, 10, 12], 14)).toEqual([38, 10, 24])
    expect(spreadOut([10, 50], 14)).toEqual([10, 50])
  })
})

test.each([
  [60, 120, ['60', '120']],
  [1, 120, ['1', '2', '5', '10', '20', '50', '100']],
  [3, 120, ['5', '10', '20', '50', '100']],
  [4, 60_000, ['10', '100', '1,000', '10,000']],
  [7, 7, ['7']],
  [0, 10, []],
])('a logarithmic axis from %d to %d is marked within that: %j', (least, most, labels) => {
  expect(logTicks(least, most).map(({ label }) => label)).toEqual(labels)
})
