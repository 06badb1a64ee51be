import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LiveStage, progressOfRuns, type RunState } from '../../src/cost/progressOfRuns.js'

const work = { starting: 1, pretraining: 0, firstEpoch: 2, epoch: 1, steps: 0.5, measuring: 10 }
const estimate = { starting: 2, pretraining: 0, firstEpoch: 5, epoch: 3, measuring: 20 }
const run: RunState = { status: 'queued', epochs: 4, epochsCompleted: 0, work, estimate }
const training = (epoch: number, share: number, elapsedSeconds: number): LiveStage => ({ stage: 'training', epoch, share, elapsedSeconds })

describe('the time left of several runs', () => {
  it('adds up stages, each by its own estimate', () => {
    expect(progressOfRuns([run], { slots: 1 }).secondsLeft).toBe(2 + 5 + 3 * 3 + 20)
    const trained: RunState = {
      ...run,
      status: 'running',
      epochsCompleted: 4,
      live: { stage: 'measuring', epoch: 0, share: 0, elapsedSeconds: 8 },
    }
    expect(progressOfRuns([trained], { slots: 1 }).secondsLeft).toBe(12)
    const resumed: RunState = { ...run, epochsCompleted: 3 }
    expect(progressOfRuns([resumed], { slots: 1 }).secondsLeft).toBe(2 + 3 + 20)
  })

  it('does not multiply starting and measuring by the pace of the epochs', () => {
    // An epoch takes a hundred times as long as was estimated.
    const slow: RunState = { ...run, status: 'running', live: training(1, 0.5, 250) }
    const { secondsLeft } = progressOfRuns([slow, run], { slots: 1 })
    // 1000 for each epoch of which steps are half.
    expect(secondsLeft).toBe(750 + 3 * 1000 + 20 + 36)
  })

  it('believes an epoch little while its first steps compile', () => {
    // The pace of its first steps says 40 s for an epoch that is estimated to take 5.
    const compiling: RunState = { ...run, status: 'running', live: training(1, 0.125, 2.5) }
    expect(progressOfRuns([compiling], { slots: 1 }).secondsLeft).toBe(5 + 0.25 * 35 - 2.5 + 3 * (3 + 0.25 * 37) + 20)
  })

  it('believes what the run’s own epochs take before what epochs of such runs take', () => {
    const live = { ...training(3, 0.5, 2), epochSeconds: 8 }
    const storing: RunState = { ...run, status: 'running', epochsCompleted: 2, live }
    expect(progressOfRuns([storing], { slots: 1 }).secondsLeft).toBe(8 - 2 + 8 + 20)
  })

  it('gives those that wait the places of those that end', () => {
    expect(progressOfRuns([run, run, run], { slots: 2 }).secondsLeft).toBe(72)
    expect(progressOfRuns([run, run, run, run], { slots: 8 }).secondsLeft).toBe(36)
  })

  it('says that a stage goes on for a while where it takes longer than was estimated', () => {
    const overdue: RunState = {
      ...run,
      status: 'running',
      epochsCompleted: 4,
      live: { stage: 'measuring', epoch: 0, share: 0, elapsedSeconds: 40 },
    }
    expect(progressOfRuns([overdue], { slots: 1 }).secondsLeft).toBe(10)
  })

  it('is not known while one stage to come is not, and 0 where nothing is active', () => {
    const unknown: RunState = { ...run, estimate: { ...estimate, measuring: null } }
    expect(progressOfRuns([unknown], { slots: 1 }).secondsLeft).toBeNull()
    expect(progressOfRuns([run, unknown], { slots: 3 }).secondsLeft).toBeNull()
    expect(progressOfRuns([{ ...unknown, status: 'running', live: training(2, 0.5, 1) }], { slots: 1 }).secondsLeft).toBeNull()
    // Stages that are over need no estimate.
    const measuring: RunState = {
      ...run,
      status: 'running',
      epochsCompleted: 4,
      estimate: { starting: null, pretraining: null, firstEpoch: null, epoch: null, measuring: 20 },
      live: { stage: 'measuring', epoch: 0, share: 0, elapsedSeconds: 0 },
    }
    expect(progressOfRuns([measuring], { slots: 1 }).secondsLeft).toBe(20)
    expect(progressOfRuns([{ ...unknown, status: 'ended' }], { slots: 1 }).secondsLeft).toBe(0)
    expect(progressOfRuns([], { slots: 1 })).toEqual({ fraction: 0, secondsLeft: 0 })
  })
})

describe('the fraction of several runs', () => {
  it('weighs them by their work, whatever is estimated', () => {
    const dear: RunState = { ...run, work: { ...work, measuring: 94 } }
    expect(progressOfRuns([{ ...run, status: 'completed' }, dear], { slots: 1 }).fraction).toBeCloseTo(16 / 116)
    const states = [{ ...run, status: 'completed' as const, estimate: { ...estimate, measuring: 1e6 } }, dear]
    expect(progressOfRuns(states, { slots: 1 }).fraction).toBeCloseTo(16 / 116)
  })

  it('never falls, in whatever order runs start, train, stop, fail and are resumed, and however estimates change', () => {
    const move = fc.record({
      index: fc.nat(3),
      lose: fc.integer({ min: 0, max: 9 }),
      seconds: fc.nat(1000),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 80 }), (moves) => {
        const runs = [run, run, run, run]
        let atLeast = 0
        for (const { index, lose, seconds, share } of moves) {
          runs[index] = {
            ...next(runs[index] ?? run, lose === 0, share),
            estimate: { ...estimate, measuring: seconds, epoch: seconds / 7 },
          }
          const { fraction, secondsLeft } = progressOfRuns(runs, { slots: 2, atLeast })
          expect(fraction).toBeGreaterThanOrEqual(atLeast)
          expect(fraction).toBeLessThanOrEqual(1)
          expect(secondsLeft).toBeGreaterThanOrEqual(0)
          atLeast = fraction
        }
      }),
    )
  })

  it('never falls by itself where no work is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 80 }), (indices) => {
        const runs = [run, run, run, run]
        let before = 0
        for (const index of indices) {
          runs[index] = next(runs[index] ?? run, false, 1)
          const { fraction } = progressOfRuns(runs, { slots: 2 })
          expect(fraction).toBeGreaterThanOrEqual(before)
          before = fraction
        }
      }),
    )
  })
})

/** What may become of a run: its next stage, or an end by which its running epoch is lost, or a new start. */
function next(state: RunState, isLost: boolean, share: number): RunState {
  const { status, live, epochs, epochsCompleted } = state
  if (status === 'completed') return state
  if (isLost) return { ...state, status: status === 'ended' ? 'queued' : 'ended', live: undefined }
  if (status !== 'running') return { ...state, status: 'running', live: { stage: 'starting', epoch: 0, share: 0, elapsedSeconds: 0 } }
  if (live?.stage === 'measuring') return { ...state, status: 'completed', live: undefined }
  if (epochsCompleted === epochs) return { ...state, live: { stage: 'measuring', epoch: 0, share: 0, elapsedSeconds: 1 } }
  if (live?.stage !== 'training') return { ...state, live: training(epochsCompleted + 1, 0, 1) }
  if (live.share < share) return { ...state, live: training(live.epoch, share, 2) }
  return { ...state, epochsCompleted: epochsCompleted + 1 }
}
