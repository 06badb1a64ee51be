import { describe, expect, it } from 'vitest'
import { measureProgress } from '../src/experiments/experimentProgress.js'

const run = (id: string, status: 'QUEUED' | 'RUNNING' | 'STOPPED' | 'COMPLETED', epochsCompleted: number, seconds: number | null) => ({
  id,
  status,
  epochs: 10,
  epochsCompleted,
  trainCount: 100,
  seconds,
  cost: null,
})
const costing = <R extends ReturnType<typeof run>>(each: R, epochs: number, { setUp = 0, analysis = 0, isMeasured = false } = {}) => ({
  ...each,
  cost: { setUp, epochs, analysis, isMeasured },
})
const live = { stage: 'training' as const, epoch: 3, step: 5, stepsPerEpoch: 10, epochs: 10, imagesPerSecond: 50, secondsLeft: 15 }
const none = { progressOf: () => undefined, slots: 1 }

describe('the progress of an experiment', () => {
  it('counts the epoch that is being trained by its steps', () => {
    const runs = [run('a', 'COMPLETED', 10, 20), run('b', 'RUNNING', 2, 4)]
    const progress = measureProgress(runs, { ...none, progressOf: (id) => (id === 'b' ? live : undefined) })
    expect(progress).toMatchObject({ epochs: 20, epochsCompleted: 12, fraction: 12.5 / 20 })
  })

  it('takes the pace of the runs so far for those that wait', () => {
    const runs = [run('a', 'COMPLETED', 10, 20), run('b', 'RUNNING', 2, 4), run('c', 'QUEUED', 0, null)]
    const progressOf = (id: string) => (id === 'b' ? live : undefined)
    // 2 seconds an epoch: 15 for the running run as it says itself, 20 for the one that waits.
    expect(measureProgress(runs, { progressOf, slots: 1 }).secondsLeft).toBeCloseTo(35)
    expect(measureProgress(runs, { progressOf, slots: 2 }).secondsLeft).toBeCloseTo(20)
  })

  it('takes a run’s own pace where it has one', () => {
    const runs = [run('fast', 'COMPLETED', 10, 10), run('slow', 'QUEUED', 5, 50)]
    expect(measureProgress(runs, none).secondsLeft).toBeCloseTo(50)
  })

  it('weighs runs by what they cost', () => {
    const runs = [costing(run('cheap', 'COMPLETED', 10, 5), 10), costing(run('dear', 'QUEUED', 0, null), 990)]
    const progress = measureProgress(runs, none)
    expect(progress.fraction).toBeCloseTo(0.01)
    // Half a second for each that runs cost.
    expect(progress.secondsLeft).toBeCloseTo(495)
    const [cheap, dear] = [costing(run('cheap', 'QUEUED', 0, null), 10), costing(run('dear', 'COMPLETED', 10, 495), 990)]
    expect(measureProgress([cheap, dear], none)).toMatchObject({ fraction: 0.99, secondsLeft: 5 })
  })

  it('weighs runs by their examples while what one of them costs is not known', () => {
    const runs = [costing(run('a', 'COMPLETED', 10, 20), 1), run('b', 'QUEUED', 0, null)]
    expect(measureProgress(runs, none)).toMatchObject({ fraction: 0.5, secondsLeft: 20 })
  })

  it('foretells the time of a measured machine before anything was trained', () => {
    const runs = [costing(run('a', 'QUEUED', 0, null), 30, { setUp: 5, isMeasured: true })]
    expect(measureProgress(runs, none)).toMatchObject({ fraction: 0, secondsLeft: 35 })
    expect(measureProgress([costing(run('a', 'QUEUED', 0, null), 30)], none).secondsLeft).toBeNull()
  })

  it('counts what comes after the last epoch', () => {
    const costs = { analysis: 10, isMeasured: true }
    const [trained, waiting] = [costing(run('a', 'RUNNING', 10, 20), 20, costs), costing(run('b', 'QUEUED', 0, null), 20, costs)]
    const measuring = { ...live, stage: 'measuring' as const, epoch: 10, step: 0, stepsPerEpoch: 0, secondsLeft: 0 }
    const progressOf = (id: string) => (id === 'a' ? measuring : undefined)
    expect(measureProgress([trained, waiting], { progressOf, slots: 1 })).toMatchObject({ fraction: 20 / 60, secondsLeft: 10 + 30 })
    const done = { ...trained, status: 'COMPLETED' as const }
    expect(measureProgress([done, waiting], none)).toMatchObject({ fraction: 0.5, secondsLeft: 30 })
    const training = { ...live, epoch: 3, step: 5, secondsLeft: 15 }
    const early = costing(run('a', 'RUNNING', 2, 4), 20, costs)
    expect(measureProgress([early], { progressOf: () => training, slots: 1 }).secondsLeft).toBeCloseTo(15 + 10)
  })

  it('takes the pace of a first epoch from what its run says itself', () => {
    const first = { ...live, epoch: 1, step: 0, secondsLeft: 60 }
    const runs = [costing(run('a', 'RUNNING', 0, null), 20), costing(run('b', 'QUEUED', 0, null), 5)]
    const progressOf = (id: string) => (id === 'a' ? first : undefined)
    expect(measureProgress(runs, { progressOf, slots: 1 }).secondsLeft).toBeCloseTo(60 + 15)
    // Not so before it is known what the other costs: it may be of another kind.
    const uncounted = runs.map((each) => ({ ...each, cost: null }))
    expect(measureProgress(uncounted, { progressOf, slots: 1 }).secondsLeft).toBeNull()
  })

  it('counts pretraining', () => {
    const pretraining = { ...live, stage: 'pretraining' as const, epoch: 0, secondsLeft: 7 }
    const runs = [costing(run('a', 'RUNNING', 0, null), 30, { setUp: 10, isMeasured: true })]
    expect(measureProgress(runs, { progressOf: () => pretraining, slots: 1 })).toMatchObject({ fraction: 5 / 40, secondsLeft: 7 + 30 })
  })

  it('takes pretraining for what comes before the epochs, and measuring for what comes after them', () => {
    const pretraining = { ...live, stage: 'pretraining' as const, epoch: 0, secondsLeft: 7 }
    const measuring = { ...live, stage: 'measuring' as const, epoch: 10, step: 0, stepsPerEpoch: 0, secondsLeft: 3 }
    const progressOf = (id: string) => (id === 'a' ? measuring : pretraining)
    const progress = measureProgress([run('a', 'RUNNING', 10, 20), run('b', 'RUNNING', 0, null)], { progressOf, slots: 1 })
    expect(progress.fraction).toBe(0.5)
    expect(progress.secondsLeft).toBeCloseTo(3 + 7 + 20)
  })

  it('says nothing of the time before anything was measured, and 0 once nothing is active', () => {
    expect(measureProgress([run('a', 'QUEUED', 0, null)], none).secondsLeft).toBeNull()
    expect(measureProgress([run('a', 'STOPPED', 3, 6)], none)).toMatchObject({ secondsLeft: 0, fraction: 0.3 })
    expect(measureProgress([], none)).toEqual({ epochs: 0, epochsCompleted: 0, fraction: 0, secondsLeft: 0 })
  })
})
