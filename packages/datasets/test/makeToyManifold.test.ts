import { describe, expect, test } from 'vitest'
import { datasetCatalog } from '../src/catalog.js'
import { makeToyManifold } from '../src/makeToyManifold.js'
import { dimensionOf, isToyManifoldId, type ToyManifold, type ToyManifoldId, toyManifolds } from '../src/toyManifolds.js'
import { datasetErrorOf } from './support/datasetErrorOf.js'

const ids = Object.keys(toyManifolds).filter(isToyManifoldId)

interface LabelledPoint {
  readonly at: readonly number[]
  readonly label: number
}

/** Distance of a point from its curve or surface, by the implicit equation of each manifold: a new manifold needs one here. */
const distances: Record<ToyManifoldId, (point: LabelledPoint) => number> = {
  circle: ({ at: [x = 0, y = 0] }) => Math.abs(Math.hypot(x, y) - 1),
  spiral: ({ at: [x = 0, y = 0] }) => {
    const radius = Math.hypot(x, y)
    const angle = 4 * Math.PI * radius
    return Math.hypot(x - radius * Math.cos(angle), y - radius * Math.sin(angle))
  },
  'two-moons': ({ at: [x = 0, y = 0], label }) => {
    const side = label === 0 ? 1 : -1
    const height = side * y + 0.25
    return height < -1e-6 ? Number.POSITIVE_INFINITY : Math.abs(Math.hypot(side * x + 0.5, height) - 1)
  },
  correlated: ({ at: [x = 0, y = 0] }) => Math.abs(y * Math.cos(Math.PI / 6) - x * Math.sin(Math.PI / 6)),
  line: ({ at: [x = 0], label }) => Math.abs(x - ([-1.1, -0.2, 0.9][label] ?? Number.NaN)),
}

function pointsOf(id: ToyManifoldId, options: { count: number; seed: number; noise?: number; stream?: string }): LabelledPoint[] {
  const { values, labels, count } = makeToyManifold(id, options)
  const dimension = dimensionOf(toyManifolds[id])
  return Array.from({ length: count }, (_, i) => ({ at: [...values.slice(dimension * i, dimension * (i + 1))], label: labels[i] ?? -1 }))
}

describe.each(ids)('%s', (id) => {
  test('lies exactly on its curve or surface without noise', () => {
    for (const point of pointsOf(id, { count: 2000, seed: 1, noise: 0 })) expect(distances[id](point)).toBeLessThan(1e-5)
  })

  test('has as many coordinates for every point as its description says', () => {
    const manifold: ToyManifold = toyManifolds[id]
    const sizes = Array.from({ length: 100 }, (_, i) => manifold.point(i / 100, i, ((i * 7) % 100) / 100).at.length)
    expect(new Set(sizes)).toEqual(new Set(datasetCatalog[id].exampleShape))
  })

  test('scatters around its curve by the noise that is asked for', () => {
    const clean = makeToyManifold(id, { count: 5000, seed: 1, noise: 0 }).values
    const noisy = makeToyManifold(id, { count: 5000, seed: 1, noise: 0.1 }).values
    const squares = noisy.reduce((sum, value, i) => sum + (value - (clean[i] ?? 0)) ** 2, 0)
    expect(Math.sqrt(squares / noisy.length)).toBeCloseTo(0.1, 2)
  })

  test('stays within 1.5 of the origin, give or take its noise, and spans most of that', () => {
    const { values } = makeToyManifold(id, { count: 2000, seed: 1 })
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(largest).toBeGreaterThan(0.9)
    expect(largest).toBeLessThan(1.75)
  })

  test('has points of every class in about equal numbers', () => {
    const { classCount } = toyManifolds[id]
    const { labels } = makeToyManifold(id, { count: 8000, seed: 1 })
    for (let label = 0; label < classCount; label++) {
      const share = labels.filter((other) => other === label).length / labels.length
      expect(share * classCount).toBeCloseTo(1, 0.5)
    }
    expect(Math.max(...labels)).toBe(classCount - 1)
  })

  test('repeats itself, begins alike for every count, and differs between seeds and streams', () => {
    const sample = makeToyManifold(id, { count: 500, seed: 1 })
    expect(makeToyManifold(id, { count: 500, seed: 1 })).toEqual(sample)
    expect(makeToyManifold(id, { count: 100, seed: 1 }).values).toEqual(sample.values.slice(0, 100 * dimensionOf(toyManifolds[id])))
    expect(makeToyManifold(id, { count: 500, seed: 2 }).values).not.toEqual(sample.values)
    expect(makeToyManifold(id, { count: 500, seed: 1, stream: 'test' }).values).not.toEqual(sample.values)
  })
})

test('correlated points have the covariance of a normal distribution with turned axes', () => {
  const points = pointsOf('correlated', { count: 20_000, seed: 1 })
  const mean = (of: (point: LabelledPoint) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
  const along = ({ at: [x = 0, y = 0] }: LabelledPoint) => x * cos + y * sin
  const beside = ({ at: [x = 0, y = 0] }: LabelledPoint) => y * cos - x * sin
  expect(mean((point) => along(point) ** 2)).toBeCloseTo(0.5 ** 2 + 0.15 ** 2, 2)
  expect(mean((point) => beside(point) ** 2)).toBeCloseTo(0.15 ** 2, 2)
  expect(mean((point) => along(point) * beside(point))).toBeCloseTo(0, 2)
  // Of a normal distribution the fourth moment is three times the squared variance.
  expect(mean((point) => along(point) ** 4) / mean((point) => along(point) ** 2) ** 2).toBeCloseTo(3, 0)
})

test('the circle is labelled by arc and the spiral from its centre outwards', () => {
  for (const {
    at: [x = 0, y = 0],
    label,
  } of pointsOf('circle', { count: 200, seed: 1, noise: 0 })) {
    const turn = (Math.atan2(y, x) / (2 * Math.PI) + 1) % 1
    expect(Math.abs(turn * 8 - label - 0.5)).toBeLessThan(0.501)
  }
  for (const {
    at: [x = 0, y = 0],
    label,
  } of pointsOf('spiral', { count: 200, seed: 1, noise: 0 })) {
    expect(Math.abs((x * x + y * y) * 8 - label - 0.5)).toBeLessThan(0.501)
  }
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('noise %d is refused by name', async (noise) => {
  const error = await datasetErrorOf(() => makeToyManifold('circle', { count: 1, seed: 0, noise }))
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', subject: 'noise', found: String(noise) })
})

test.each([-1, 1.5, 1e9])('count %d is refused by name', async (count) => {
  expect(await datasetErrorOf(() => makeToyManifold('circle', { count, seed: 0 }))).toMatchObject({ subject: 'count' })
})

test.each(['mnist', 'toString'])('the name %s is refused with the names there are', async (id) => {
  const error = await datasetErrorOf(() => makeToyManifold(id as ToyManifoldId, { count: 1, seed: 0 }))
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', expected: `one of ${ids.join(', ')}`, found: id })
})
