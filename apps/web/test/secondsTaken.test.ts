import { expect, test } from 'vitest'
import { secondsTaken } from '../src/entities/run/secondsTaken'

test('the time of a run is what it took by the clock, storing and measuring included', () => {
  expect(secondsTaken({ startedAt: '2026-11-28T10:00:00.000Z', finishedAt: '2026-11-28T10:00:11.000Z' })).toBe(11)
  expect(secondsTaken({ startedAt: '2026-11-28T10:00:00.000Z', finishedAt: null })).toBeNull()
  expect(secondsTaken({ startedAt: null, finishedAt: '2026-11-28T10:00:11.000Z' })).toBeNull()
})
