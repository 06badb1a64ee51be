import { expect, it } from 'vitest'
import { isDue, isUndisturbed, RETRY_AFTER, STALE_AFTER, withMeasurement } from '../src/machine/speedMeasurements.js'

const at = Date.parse('2026-01-01T00:00:00Z')
const measured = (disturbance: number, time = at) => ({
  at: new Date(time).toISOString(),
  startSeconds: 1,
  measurement: { runtime: 'node' as const, threads: 1, samples: [], secondsPerCompiledOperator: 0, disturbance },
})

it('measures the machine where it was not, again after a while where it was disturbed, and when that was long ago', () => {
  expect(isDue([], at)).toBe(true)
  expect(isDue([measured(0.9)], at + RETRY_AFTER - 1)).toBe(false)
  expect(isDue([measured(0.9)], at + RETRY_AFTER + 1)).toBe(true)
  expect(isDue([measured(0)], at + RETRY_AFTER + 1)).toBe(false)
  expect(isDue([measured(0)], at + STALE_AFTER + 1)).toBe(true)
  // A clock that was put back must not keep it waiting for ever.
  expect(isDue([measured(0)], at - STALE_AFTER - 1)).toBe(true)
})

it('counts a machine as undisturbed once one measurement was, and forgets old ones', () => {
  expect(isUndisturbed([measured(0.9), measured(0.1), measured(0.9)])).toBe(true)
  expect(isUndisturbed([measured(0.9)])).toBe(false)
  const many = Array.from({ length: 9 }, (_, day) => measured(0, at + day)).reduce(withMeasurement, [] as ReturnType<typeof measured>[])
  expect(many.map((each) => Date.parse(each.at) - at)).toEqual([4, 5, 6, 7, 8])
})
