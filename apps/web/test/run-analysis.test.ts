import { metricCatalog } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import type { MeasuredSubject } from '../src/features/analysis/analysisTables'
import { bestValue } from '../src/features/analysis/bestValue'
import { examplesLookedAt } from '../src/features/analysis/examplesLookedAt'
import { rateTicks } from '../src/features/analysis/rateTicks'
import { createCodeStore } from '../src/latent/codeStore'
import { createDirectionStore, directionSpreads } from '../src/latent/directionStore'
import { drawPrior } from '../src/latent/drawPrior'
import { principalDirections } from '../src/latent/principalDirections'
import { tangentImages } from '../src/latent/tangentImages'
import { arrowsBetween, gridPoints, writeLongestStep } from '../src/latent/vectorField'
import { formatLoss } from '../src/ui/formatQuantity'
import { labelledTicks } from '../src/ui/labelledTicks'

describe('principal directions of codes', () => {
  // Codes on two known orthonormal directions of 40 units, standard deviations 3 and 1, around a mean.
  const size = 40
  const normals = drawPrior({ seed: 3, count: 600, size: 2 })
  const first = Float32Array.from({ length: size }, (_, at) => (at % 2 === 0 ? 1 : -1) / Math.sqrt(size))
  const second = Float32Array.from({ length: size }, () => 1 / Math.sqrt(size))
  const codes = Float32Array.from({ length: 600 * size }, (_, index) => {
    const [row, at] = [Math.floor(index / size), index % size]
    return at / 10 + 3 * (normals[2 * row] ?? 0) * (first[at] ?? 0) + (normals[2 * row + 1] ?? 0) * (second[at] ?? 0)
  })
  const found = principalDirections(codes, { size, wanted: 2 })
  const inner = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)

  it('are the directions of largest variance, in order, orthonormal', () => {
    const [one, two] = [found.directions.subarray(0, size), found.directions.subarray(size)]
    expect(Math.abs(inner(one, first))).toBeGreaterThan(0.999)
    expect(Math.abs(inner(two, second))).toBeGreaterThan(0.999)
    expect(inner(one, two)).toBeCloseTo(0, 5)
    expect(inner(one, one)).toBeCloseTo(1, 5)
    const spreads = directionSpreads(codes, found)
    expect(spreads[0]?.standardDeviation).toBeCloseTo(3, 0)
    expect(spreads[0]?.mean).toBeCloseTo(0, 3)
  })

  it('move a code along one and leave the rest as it is', () => {
    const code = createCodeStore(codes.subarray(0, size))
    const along = createDirectionStore(code, found)
    const before = [...along.values]
    const changes: (number | null)[] = []
    along.subscribe(({ index }) => changes.push(index))
    along.set(0, (before[0] ?? 0) + 2)
    expect(along.values[0]).toBeCloseTo((before[0] ?? 0) + 2, 4)
    expect(along.values[1]).toBeCloseTo(before[1] ?? 0, 4)
    expect(
      Math.sqrt(
        inner(
          code.values.map((value, at) => value - (codes[at] ?? 0)),
          code.values.map((value, at) => value - (codes[at] ?? 0)),
        ),
      ),
    ).toBeCloseTo(2, 4)
    expect(changes).toEqual([null])
  })

  it('are as many as a few codes of many units have', () => {
    expect(principalDirections(codes.subarray(0, 3 * size), { size, wanted: 16 }).count).toBe(2)
  })
})

describe('a vector field', () => {
  it('covers the plane evenly', () => {
    const extent = { minimum: 0, maximum: 2 }
    expect([...gridPoints({ x: extent, y: extent, side: 2 })]).toEqual([0.5, 0.5, 1.5, 0.5, 0.5, 1.5, 1.5, 1.5])
  })

  const lengthsOf = (links: Float32Array) =>
    Array.from({ length: links.length / 12 }, (_, arrow) => {
      const [x = 0, y = 0, toX = 0, toY = 0] = links.subarray(12 * arrow)
      return Math.hypot(toX - x, toY - y)
    })

  it('points from each place to where it is moved, as long as the square root of the step, the longest arrow as long as asked for', () => {
    const { links, ...steps } = arrowsBetween(Float32Array.of(0, 0, 1, 1, 2, 2, 5, 5), Float32Array.of(4, 0, 1, 2, Number.NaN, 0, 5, 5), 1)
    expect([...links.subarray(0, 4)]).toEqual([0, 0, 1, 0])
    expect([...links.subarray(12, 16)]).toEqual([1, 1, 1, 1.5])
    expect(lengthsOf(links)).toEqual([1, 0.5, 0])
    expect(steps).toEqual({ longestStep: 4, drawnAs: 4 })
    expect(writeLongestStep(steps)).toBe('4')
  })

  it('keeps its arrows in sight where a few places are moved far away, and says so', () => {
    const from = new Float32Array(200)
    const to = Float32Array.from({ length: 200 }, (_, index) => (index % 2 ? 0 : index === 0 ? 1000 : 0.25))
    const { links, ...steps } = arrowsBetween(from, to, 1)
    const [far, ...near] = lengthsOf(links)
    expect(far).toBeCloseTo(1)
    expect(Math.min(...near)).toBeCloseTo(0.5)
    expect(writeLongestStep(steps)).toBe('1000, drawn as 1')
    expect(lengthsOf(arrowsBetween(from, from, 1).links)).toEqual(Array(100).fill(0))
  })
})

it('draws tangent directions of one example as strong as their singular values', () => {
  const { images, largest } = tangentImages(Float32Array.of(0.6, -0.8, 0.8, 0.6), [2, 0.5], 2)
  expect(images.map((image) => [...image].map((value) => Number(value.toFixed(3))))).toEqual([
    [1.2, -1.6],
    [0.4, 0.3],
  ])
  expect(largest).toBeCloseTo(1.6)
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

it('labels only as many ticks of a dot plot as have room, and no two alike', () => {
  expect(labelledTicks([0, 0.05, 0.1, 0.15, 0.2, 0.25], formatLoss)).toHaveLength(6)
  const close = [0.2285, 0.22855, 0.2286, 0.22865, 0.2287, 0.22875]
  expect(labelledTicks(close, formatLoss).map(formatLoss)).toEqual(['0.2285', '0.2286', '0.2287'])
  expect(labelledTicks([], formatLoss)).toEqual([])
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
    compression: 1000,
    inpainting: 200,
  } as const

  it('is told where it is not all of the test set, too', () => {
    expect(examplesLookedAt('meanSquaredError', counts)).toBe('On 10,000 test examples.')
    expect(examplesLookedAt('structuralSimilarity', counts)).toBe('On the first 400 test examples.')
    expect(examplesLookedAt('kMeansAdjustedRandIndex', counts)).toContain('the first 1,500 test examples')
    expect(examplesLookedAt('linearProbeAccuracy', counts)).toMatch(/4,000 training examples.*2,000 test examples/)
    expect(examplesLookedAt('noiseMeanSquaredError', counts)).toBeUndefined()
  })
})
