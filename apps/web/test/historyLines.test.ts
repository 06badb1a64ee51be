import { expect, test } from 'vitest'
import { historyLines } from '../src/features/run/historyLines'

const entry = (seq: number, at: string) => ({ __typename: 'HistoryEntry' as const, seq, at, line: `Line ${seq}` })

test('history tells the time of day of each line, how long after the one before it came, and the day where that changes', () => {
  const entries = [
    entry(1, '2026-11-27T23:59:50.000Z'),
    entry(2, '2026-11-27T23:59:50.400Z'),
    entry(3, '2026-11-28T00:00:02.000Z'),
    entry(4, '2026-11-28T02:00:02.000Z'),
  ]
  const lines = historyLines(entries, { locale: 'en-GB', timeZone: 'UTC' })
  expect(lines.map(({ line, day, time, since }) => [line, day, time, since])).toEqual([
    ['Line 4', '28 Nov 2026', '02:00:02', '+ 2 h 00 min'],
    ['Line 3', null, '00:00:02', '+ 12 s'],
    ['Line 2', '27 Nov 2026', '23:59:50', '+ 400 ms'],
    ['Line 1', null, '23:59:50', null],
  ])
})
