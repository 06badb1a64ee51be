import { describe, expect, it } from 'vitest'
import { runAbilities } from '../src/entities/run/runAbilities'

const run = (status: Parameters<typeof runAbilities>[0]['status'], epochsCompleted: number) => ({
  status,
  summary: { epochs: 10, epochsCompleted },
})

describe('what can be done with a run', () => {
  it.each([
    ['QUEUED', 0, { canStop: true, canResume: false }],
    ['RUNNING', 4, { canStop: true, canResume: false }],
    ['STOPPED', 0, { canStop: false, canResume: true }],
    ['STOPPED', 4, { canStop: false, canResume: true }],
    ['STOPPED', 10, { canStop: false, canResume: false }],
    ['FAILED', 0, { canStop: false, canResume: true }],
    ['FAILED', 4, { canStop: false, canResume: true }],
    ['FAILED', 10, { canStop: false, canResume: false }],
    ['COMPLETED', 10, { canStop: false, canResume: false }],
  ] as const)('is what the API allows: %s after %d of 10 epochs', (status, epochsCompleted, abilities) => {
    expect(runAbilities(run(status, epochsCompleted))).toEqual(abilities)
  })
})
