import { describe, expect, it } from 'vitest'
import { progressOfRuns } from '../../src/cost/progressOfRuns.js'
import { experiments, measuredRate, type RecordedExperiment, recordsOf, replay } from './replay.js'

const slots = { slots: 1 }

/** What was said to be left over what was left; in a lab that had run it before, without what runs of the same examples share. */
function factorAt(experiment: RecordedExperiment, at: number, known: Parameters<typeof replay>[2]): number {
  const { secondsLeft } = progressOfRuns(replay(experiment, at, known), slots)
  const shared = experiment.runs.reduce((sum, run) => sum + (run.sharedStartingSeconds ?? 0) + run.sharedSeconds, 0)
  return (secondsLeft ?? Number.NaN) / (experiment.seconds - at - (known.earlier ? shared : 0))
}

describe.each(experiments)('the time left of a recorded experiment: $name', (experiment) => {
  const firstEpochAt = experiment.runs[0]?.epochsAt[0] ?? Number.NaN
  const firstRunAt = experiment.runs[0]?.endedAt ?? Number.NaN
  const cases = [
    ['before anything, from the measured rate', 0, { rate: measuredRate }],
    ['after the first epoch', firstEpochAt + 0.01, { rate: measuredRate }],
    ['half way', experiment.seconds / 2, { rate: measuredRate }],
    ['after its first run, where the rate was never measured', firstRunAt + 0.01, { rate: null }],
    ['before anything, from its own runs of another time', 0, { rate: null, earlier: recordsOf(experiment) }],
  ] as const

  it.each(cases)('is right within a factor of two %s', (_, at, known) => {
    const factor = factorAt(experiment, at, known)
    expect(factor).toBeGreaterThan(0.5)
    expect(factor).toBeLessThan(2)
  })

  it('never falls back in progress, and ends with all of it', () => {
    const moments = Array.from({ length: 301 }, (_, index) => (experiment.seconds * index) / 300)
    const fractions = moments.map((at) => progressOfRuns(replay(experiment, at, { rate: measuredRate }), slots).fraction)
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other))
    expect(fractions.at(-1)).toBeCloseTo(1)
    expect(fractions[0]).toBeLessThan(0.05)
  })
})
