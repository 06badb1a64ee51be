import { describe, expect, it } from 'vitest'
import { runAbilities } from '../src/entities/run/runAbilities'

const run = (status: Parameters<typeof runAbilities>[0]['status'], epochsCompleted: number) => ({
  status,
  error: null,
  summary: { epochs: 10, epochsCompleted },
})

describe('what can be done with a run', () => {
  it.each([
    ['QUEUED', 0, { canStop: true, canResume: false, canExtend: false }],
    ['RUNNING', 4, { canStop: true, canResume: false, canExtend: false }],
    ['STOPPED', 0, { canStop: false, canResume: true, canExtend: false }],
    ['STOPPED', 4, { canStop: false, canResume: true, canExtend: false }],
    ['STOPPED', 10, { canStop: false, canResume: false, canExtend: false }],
    ['FAILED', 0, { canStop: false, canResume: true, canExtend: false }],
    ['FAILED', 4, { canStop: false, canResume: true, canExtend: false }],
    ['FAILED', 10, { canStop: false, canResume: false, canExtend: false }],
    ['COMPLETED', 10, { canStop: false, canResume: false, canExtend: true }],
  ] as const)('is what the API allows: %s after %d of 10 epochs', (status, epochsCompleted, abilities) => {
    expect(runAbilities(run(status, epochsCompleted))).toEqual(abilities)
  })

  it('is not to resume a run that diverged, which would do so again', () => {
    expect(runAbilities({ ...run('FAILED', 4), error: { code: 'DIVERGED' } }).canResume).toBe(false)
    expect(runAbilities({ ...run('FAILED', 4), error: { code: 'WORKER_CRASHED' } }).canResume).toBe(true)
  })
})
