import { readdirSync } from 'node:fs'
import { metricCatalog } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import type { MeasuredSubject } from '../src/entities/analysis/analysisTables'
import { rateTicks } from '../src/entities/analysis/rateTicks'
import { formatMeasured } from '../src/entities/metric/formatMeasured'
import { writeLongestStep } from '../src/entities/model/writeLongestStep'
import { analysisFigures } from '../src/features/analysis/analysisFigures'
import { bestValue } from '../src/features/analysis/bestValue'
import { examplesFittedTo, examplesLookedAt } from '../src/features/analysis/examplesLookedAt'
import { labelledTicks } from '../src/features/experiment/labelledTicks'
import { formatRound } from '../src/ui/formatQuantity'

it('draws every figure that there is a file of', () => {
  const files = readdirSync(new URL('../src/features/analysis/figures', import.meta.url)).map((name) => name.replace(/\.tsx?$/, ''))
  const drawn = Object.entries(analysisFigures).flatMap(([key, figure]) => (figure === null ? [] : [key]))
  expect(drawn.toSorted()).toEqual(files.toSorted())
})

describe('a table of measurements', () => {
  const subject = (name: MeasuredSubject['subject'], meanSquaredError: number | null): MeasuredSubject => ({
    __typename: 'AnalysisSubject',
    subject: name,
    metrics: {
      __typename: 'AnalysisSubjectMetrics',
      ...(Object.fromEntries(metricCatalog.map(({ id }) => [id, null])) as Omit<MeasuredSubject['metrics'], '__typename'>),
      meanSquaredError,
    },
  })

  it('marks the best of what was measured, where one way is better and there is a choice', () => {
    const measured = [subject('MODEL', 0.2), subject('PCA', 0.1), subject('PIXELS', null)]
    expect(bestValue(measured, { id: 'meanSquaredError', better: 'lower' })).toBe(0.1)
    expect(bestValue(measured, { id: 'meanSquaredError', better: null })).toBeNull()
    expect(bestValue([subject('MODEL', 0.2), subject('PIXELS', null)], { id: 'meanSquaredError', better: 'lower' })).toBeNull()
  })
})

it('says how long the longest step of a vector field is, and as what it is drawn where that is shorter', () => {
  expect(writeLongestStep({ longestStep: 4, drawnAs: 4 })).toBe('4')
  expect(writeLongestStep({ longestStep: 1000, drawnAs: 1 })).toBe('1000, drawn as 1')
})

it('labels only as many ticks of a dot plot as have room, and no two alike', () => {
  expect(labelledTicks([0, 0.05, 0.1, 0.15, 0.2, 0.25], formatRound)).toHaveLength(6)
  const close = [0.2285, 0.22855, 0.2286, 0.22865, 0.2287, 0.22875]
  expect(labelledTicks(close, formatRound).map(formatRound)).toEqual(['0.2285', '0.2286', '0.2287'])
  expect(labelledTicks([], formatRound)).toEqual([])
})

it('ticks rates on a logarithmic axis', () => {
  expect(rateTicks(0.008, 1.2).map(({ label }) => label)).toEqual(['0.01', '0.02', '0.05', '0.1', '0.2', '0.5', '1'])
  expect(rateTicks(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual([])
})

describe('what a metric was measured on', () => {
  const counts = {
    __typename: 'AnalysisCounts',
    test: 10_000,
    structuralSimilarity: 400,
    linearProbeTrain: 4000,
    linearProbeTest: 2000,
    kMeans: 1500,
    jacobianNorm: 250,
    jacobianSpectra: 32,
    compression: 1000,
    inpainting: 200,
    importanceWeighted: 500,
    training: 2000,
    trainingSimilarity: 300,
    noise: 500,
    wienerFilter: 2000,
  } as const

  it('is told where it is not all of the test set, too', () => {
    expect(examplesLookedAt('meanSquaredError', counts, 'RANDOM')).toBe(
      'On 10,000 test examples; of training data on 2,000 random training examples.',
    )
    expect(examplesLookedAt('structuralSimilarity', counts, 'RANDOM')).toBe(
      'On 400 random test examples; of training data on 300 random training examples.',
    )
    expect(examplesLookedAt('kMeansAdjustedRandIndex', counts, 'FIRST')).toBe('On the first 1,500 test examples.')
    expect(examplesLookedAt('linearProbeAccuracy', counts, 'RANDOM')).toMatch(/4,000 random training examples.*2,000 random test examples/)
    expect(examplesLookedAt('linearProbeAccuracy', { ...counts, test: 2000 }, 'FIRST')).toMatch(/first 4,000 training examples/)
    expect(examplesLookedAt('kMeansAdjustedRandIndex', { ...counts, test: 1500 }, 'RANDOM')).toBe('On 1,500 test examples.')
    expect(examplesLookedAt('noiseMeanSquaredError', counts, 'RANDOM')).toBe('On 500 images of noise.')
    expect(examplesLookedAt('importanceWeightedBitsPerPixel', counts, 'RANDOM')).toBe('On 500 random test examples.')
    expect(examplesLookedAt('bitsPerPixel', counts, 'RANDOM')).toBe('On 10,000 test examples.')
    expect(examplesLookedAt('subspaceAngle', counts, 'RANDOM')).toBeUndefined()
    expect(examplesFittedTo('WIENER_FILTER', counts, 'RANDOM')).toBe('Fitted to 2,000 random training examples.')
    expect(examplesFittedTo('PCA', counts, 'RANDOM')).toBeNull()
  })

  it('may be a single one', () => {
    const few = { ...counts, test: 1, structuralSimilarity: 1, noise: 1, kMeans: 1, training: 0 }
    expect(examplesLookedAt('meanSquaredError', few, 'RANDOM')).toBe('On 1 test example.')
    expect(examplesLookedAt('noiseMeanSquaredError', few, 'RANDOM')).toBe('On 1 image of noise.')
    expect(examplesLookedAt('kMeansAdjustedRandIndex', { ...few, test: 2 }, 'FIRST')).toBe('On the first test example.')
    expect(examplesLookedAt('kMeansAdjustedRandIndex', { ...few, test: 2 }, 'RANDOM')).toBe('On 1 random test example.')
  })

  it('is not told where an earlier analysis did not count it', () => {
    const earlier = { ...counts, importanceWeighted: 0, training: 0, trainingSimilarity: 0, noise: 0, wienerFilter: 0 }
    expect(examplesLookedAt('meanSquaredError', earlier, 'RANDOM')).toBe('On 10,000 test examples.')
    for (const metric of ['noiseMeanSquaredError', 'importanceWeightedBitsPerPixel'] as const)
      expect(examplesLookedAt(metric, earlier, 'RANDOM')).toBeUndefined()
    expect(examplesFittedTo('WIENER_FILTER', earlier, 'RANDOM')).toBeNull()
  })
})

it('writes how many units are active as a count of all', () => {
  const active = metricCatalog.find(({ id }) => id === 'activeUnitShare')
  if (!active) throw new Error('metrics: expected activeUnitShare')
  expect(formatMeasured(1, active, 32)).toBe('32 of 32')
  expect(formatMeasured(0.1875, active, 16)).toBe('3 of 16')
  expect(formatMeasured(null, active, 16)).toBe('–')
})
