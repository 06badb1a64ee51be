import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { progressOfRuns, type RunState } from '../../src/cost/progressOfRuns.js'
import { EpochPace } from '../../src/training/EpochPace.js'

/** Moments in milliseconds since the run began. */
interface RecordedRun {
  readonly epochs: number
  readonly stepsPerEpoch: number
  /** What its epochs took without what they leave in files and in the store. */
  readonly secondsOfEpochs: number
  readonly trainingAt: number
  /** When each was stored. */
  readonly epochsAt: readonly number[]
  readonly endedAt: number
}

/** A circle of 300 points in batches of 20, as a lab trained it beside other work: nine tenths of its time went to what epochs leave. */
const recorded = JSON.parse(readFileSync(new URL('recordedRun.json', import.meta.url), 'utf8')) as RecordedRun

function paceAfter(epochs: number): EpochPace {
  const pace = new EpochPace(recorded.trainingAt)
  for (const at of recorded.epochsAt.slice(0, epochs)) pace.finished(at)
  return pace
}

/** Just after epoch 100 another program ended, and the second half went twice as fast as what came before. */
const highestAfter: Readonly<Record<number, number>> = { 100: 2.5 }

const tenths = Array.from({ length: 9 }, (_, index) => ((index + 1) * recorded.epochs) / 10)

describe('the time left of a recorded run whose epochs take no time but that of storing them', () => {
  it.each(tenths)('is right within a factor of two after %d epochs, by the run’s own epochs', (done) => {
    const at = recorded.epochsAt[done - 1] ?? Number.NaN
    const left = ((recorded.epochsAt.at(-1) ?? Number.NaN) - at) / 1000
    const factor = paceAfter(done).secondsLeft(recorded.epochs - done, 1 / recorded.stepsPerEpoch, at) / left
    expect(factor).toBeGreaterThan(0.5)
    expect(factor).toBeLessThan(highestAfter[done] ?? 2)
  })

  it.each(tenths)('is right within a factor of two after %d epochs, measuring included, whatever its steps took', (done) => {
    const at = recorded.epochsAt[done - 1] ?? Number.NaN
    const epoch = recorded.secondsOfEpochs / recorded.epochs
    const run: RunState = {
      status: 'running',
      epochs: recorded.epochs,
      epochsCompleted: done,
      work: { starting: 1, pretraining: 0, firstEpoch: 2, epoch: 1, steps: 0.5, measuring: 10 },
      estimate: { starting: 1, pretraining: 0, firstEpoch: epoch, epoch, measuring: 0.5 },
      live: { stage: 'training', epoch: done + 1, share: 0, elapsedSeconds: 0, epochSeconds: paceAfter(done).secondsPerEpoch },
    }
    const factor = (progressOfRuns([run], { slots: 1 }).secondsLeft ?? Number.NaN) / ((recorded.endedAt - at) / 1000)
    expect(factor).toBeGreaterThan(0.5)
    expect(factor).toBeLessThan(highestAfter[done] ?? 2)
  })
})

describe('the pace of epochs', () => {
  it('is not known before two of them, and leaves out the first', () => {
    const pace = new EpochPace(0)
    expect(pace.secondsPerEpoch).toBeUndefined()
    pace.finished(10_000)
    expect(pace.secondsPerEpoch).toBeUndefined()
    pace.finished(11_000)
    pace.finished(13_000)
    expect(pace.secondsPerEpoch).toBe(1.5)
  })

  it('follows a machine that becomes slower', () => {
    const pace = new EpochPace(0)
    for (let epoch = 1; epoch <= 100; epoch++) pace.finished(epoch * 100)
    for (let epoch = 1; epoch <= 50; epoch++) pace.finished(10_000 + epoch * 1_000)
    expect(pace.secondsPerEpoch).toBe(1)
  })

  it('says of the first epoch what its steps take after those that compile', () => {
    const pace = new EpochPace(0)
    pace.stepped(0.1, 5_000)
    pace.stepped(0.2, 5_100)
    expect(pace.secondsLeft(1, 0.2, 5_100)).toBeCloseTo(0.8)
    expect(pace.secondsLeft(11, 0.2, 5_100)).toBeCloseTo(10.8)
    pace.finished(5_900)
    expect(pace.secondsLeft(10, 0, 5_900)).toBeCloseTo(10)
  })
})
