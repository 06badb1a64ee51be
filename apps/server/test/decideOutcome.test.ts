import { describe, expect, it } from 'vitest'
import { decideOutcome } from '../src/execution/decideOutcome.js'

describe('a run whose worker has ended', () => {
  const stopped = { type: 'ended', reason: 'stopped' } as const
  const killed = { type: 'died', code: null, signal: 'SIGKILL', lastErrorLine: undefined } as const
  const failed = { type: 'failed', code: 'DISK_FULL', message: 'full' } as const

  const diverged = { type: 'failed', code: 'DIVERGED', message: 'NaN' } as const

  const exited = { type: 'died', code: 1, signal: null, lastErrorLine: 'no such file' } as const
  const hung = { code: 'WORKER_HUNG', message: 'hung', isPassing: true }
  const tooLarge = { code: 'OUT_OF_MEMORY_LIMIT', message: 'too large', isPassing: false }
  const ended = { intent: undefined, interruptions: 0, isComplete: false, isMeasured: false } as const

  it.each([
    ['STOPPED', { ending: stopped, intent: 'stop' }],
    ['COMPLETED', { ending: stopped, intent: 'stop', isComplete: true, isMeasured: true }],
    ['COMPLETED', { ending: killed, intent: 'stop', isComplete: true, isMeasured: true }],
    ['COMPLETED', { ending: killed, intent: 'stop', isComplete: true }],
    ['COMPLETED', { ending: killed, intent: 'close', isComplete: true, isMeasured: true }],
    ['COMPLETED', { ending: failed, isComplete: true, isMeasured: true }],
    ['COMPLETED', { ending: failed, isComplete: true }],
    ['QUEUED', { ending: killed, intent: 'close', isComplete: true }],
    ['QUEUED', { ending: killed, intent: 'close' }],
    ['QUEUED', { ending: killed }],
    ['QUEUED', { ending: killed, interruptions: 2 }],
    ['FAILED', { ending: killed, interruptions: 3 }],
    ['QUEUED', { ending: killed, problem: hung }],
    ['FAILED', { ending: killed, problem: tooLarge }],
    ['FAILED', { ending: exited }],
    ['QUEUED', { ending: killed, isComplete: true }],
    ['COMPLETED', { ending: killed, isComplete: true, interruptions: 3 }],
    ['STOPPED', { ending: failed, intent: 'stop' }],
    ['QUEUED', { ending: failed, intent: 'close' }],
    ['FAILED', { ending: failed }],
    ['FAILED', { ending: diverged, intent: 'stop' }],
    ['FAILED', { ending: diverged, intent: 'close' }],
    [undefined, { ending: stopped, intent: 'discard', isComplete: true, isMeasured: true }],
  ] as const)('is %s: %j', (status, run) => {
    expect(decideOutcome({ ...ended, ...run })?.to).toBe(status)
  })

  it('says why it is complete without measurements', () => {
    const { analysisFailure } = decideOutcome({ ...ended, ending: killed, isComplete: true, interruptions: 3 }) ?? {}
    expect(analysisFailure).toMatchObject({ code: 'WORKER_CRASHED', message: expect.stringContaining('tried 4 times') })
  })
})
