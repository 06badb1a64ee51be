import { describe, expect, it } from 'vitest'
import {
  completeRunConfig,
  groupReplicates,
  meanAndSpread,
  moreSeeds,
  moreValues,
  pairedDifference,
  presets,
  replicateRuns,
  seedLabel,
} from '../../src/index.js'
import { studentQuantile } from '../../src/replicates/pairedDifference.js'

const sized = (latentDimension: number, seed = 1) =>
  completeRunConfig({ architecture: { kind: 'dense', latentDimension }, training: { seed } })

describe('replicates', () => {
  it('are each run with each seed, named after both', () => {
    const runs = [
      { label: 'z = 8', config: sized(8) },
      { label: 'z = 2', config: sized(2) },
    ]
    const made = replicateRuns(runs, [1, 5])
    expect(made.map(({ label }) => label)).toEqual(['z = 8, seed 1', 'z = 8, seed 5', 'z = 2, seed 1', 'z = 2, seed 5'])
    expect(made.map(({ config }) => config.training.seed)).toEqual([1, 5, 1, 5])
  })

  it('take the place of seeds that runs have already, whatever their labels say', () => {
    const { runs } = presets.find(({ id }) => id === 'pretraining') ?? { runs: [] }
    const made = replicateRuns(runs, [7, 8])
    expect(made.map(({ label, config }) => [label, config.training?.seed])).toEqual([
      ['seed 7', 7],
      ['seed 8', 8],
    ])
    expect([seedLabel('deep, seed 3', 4), seedLabel('deep', 4)]).toEqual(['deep, seed 4', 'deep, seed 4'])
  })

  it('are made of more seeds, the same for all settings: the smallest that none of them has', () => {
    const runs = [
      { label: 'z = 8, seed 1', config: sized(8, 1) },
      { label: 'z = 8, seed 3', config: sized(8, 3) },
      { label: 'z = 2', config: sized(2, 1) },
    ]
    const made = moreSeeds(runs, 2)
    expect(made.map(({ label, config }) => [label, config.training.seed])).toEqual([
      ['z = 8, seed 2', 2],
      ['z = 8, seed 4', 4],
      ['z = 2, seed 2', 2],
      ['z = 2, seed 4', 4],
    ])
  })

  it('are made of other values of what is varied, with every seed, labelled as the others are', () => {
    const swept = { path: 'architecture.latentDimension', title: 'Code size' }
    const labels = (label: string, config = sized(8)) => moreValues([{ label, config }], swept, [24]).map((run) => run.label)
    expect([labels('z = 8'), labels('code 8, seed 1'), labels('z = 18'), labels('wide')]).toEqual([
      ['z = 24'],
      ['code 24'],
      ['Code size = 24'],
      ['Code size = 24'],
    ])
    const runs = [3, 1].map((seed) => ({ label: `z = 8, seed ${seed}`, config: sized(8, seed) }))
    const made = moreValues(runs, swept, [24, 2])
    expect(made.map(({ label }) => label)).toEqual(['z = 24, seed 1', 'z = 24, seed 3', 'z = 2, seed 1', 'z = 2, seed 3'])
    expect(made[1]?.config).toEqual(sized(24, 3))
  })

  it('are grouped by everything but the seed', () => {
    const runs = [sized(8, 1), sized(2, 1), sized(8, 2), sized(4, 1)]
    const groups = groupReplicates(runs, {
      configOf: (config) => config,
      labelOf: ({ architecture, training }) =>
        `z = ${architecture.kind === 'dense' ? architecture.latentDimension : 0}, seed ${training.seed}`,
    })
    expect(groups.map(({ label, runs: members }) => [label, members.length])).toEqual([
      ['z = 8', 2],
      ['z = 2, seed 1', 1],
      ['z = 4, seed 1', 1],
    ])
  })

  it('have a mean and the standard deviation of a sample', () => {
    expect(meanAndSpread([1, 2, 3, 4])).toEqual({ mean: 2.5, spread: Math.sqrt(5 / 3), count: 4 })
    expect(meanAndSpread([3])).toEqual({ mean: 3, spread: 0, count: 1 })
    expect(meanAndSpread([])).toBeNull()
  })

  it('are compared seed by seed, with an interval as wide as Student’s t makes it', () => {
    const first = new Map([1, 2, 3, 9].map((seed) => [seed, seed]))
    const second = new Map([
      [1, 1.5],
      [2, 3],
      [3, 4.5],
      [4, 100],
    ])
    const difference = pairedDifference(first, second)
    expect(difference).toMatchObject({ mean: 1, count: 3 })
    // Differences .5, 1, 1.5: s.d. .5, t of two degrees 4.3027.
    expect(difference?.interval?.[0]).toBeCloseTo(1 - (4.3027 * 0.5) / Math.sqrt(3), 4)
    expect(difference?.interval?.[1]).toBeCloseTo(1 + (4.3027 * 0.5) / Math.sqrt(3), 4)
    expect(pairedDifference(first, new Map([[2, 5]]))).toEqual({ mean: 3, interval: null, count: 1 })
    expect(pairedDifference(first, new Map([[20, 5]]))).toBeNull()
  })

  it.each([1, 2, 5, 12, 30, 31, 60, 199])(
    'leave 2.5 %% of Student’s t distribution beyond the quantile of %i degrees of freedom',
    (degrees) => {
      expect(probabilityWithin(studentQuantile(degrees), degrees)).toBeCloseTo(0.95, 4)
    },
  )
})

/** Integrates the density of Student's t from −t to t by Simpson's rule, and divides by the whole; substituted, so that both are finite. */
function probabilityWithin(t: number, degrees: number): number {
  // With x = √ν tan φ the density becomes cos^(ν − 1) φ.
  const integral = (to: number) => {
    const steps = 20_000
    const width = to / steps
    let sum = 0
    for (let index = 0; index <= steps; index++) {
      const weight = index === 0 || index === steps ? 1 : index % 2 === 1 ? 4 : 2
      sum += weight * Math.cos(index * width) ** (degrees - 1)
    }
    return (sum * width) / 3
  }
  return integral(Math.atan(t / Math.sqrt(degrees))) / integral(Math.PI / 2)
}
