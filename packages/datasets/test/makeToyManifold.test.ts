import { describe, expect, test } from 'vitest'
import { makeToyManifold } from '../src/makeToyManifold.js'
import { isToyManifoldId, type ToyManifoldId, toyManifolds } from '../src/toyManifolds.js'
import { datasetErrorOf } from './support/datasetErrorOf.js'

const ids = Object.keys(toyManifolds).filter(isToyManifoldId)

/** Distance of a point from the curve, by the implicit equation of each manifold: a new manifold needs one here. */
const distances: Record<ToyManifoldId, (x: number, y: number, label: number) => number> = {
  circle: (x, y) => Math.abs(Math.hypot(x, y) - 1),
  spiral: (x, y) => {
    const radius = Math.hypot(x, y)
    const angle = 4 * Math.PI * radius
    return Math.hypot(x - radius * Math.cos(angle), y - radius * Math.sin(angle))
  },
  'two-moons': (x, y, label) => {
    const side = label === 0 ? 1 : -1
    const height = side * y + 0.25
    return height < -1e-6 ? Number.POSITIVE_INFINITY : Math.abs(Math.hypot(side * x + 0.5, height) - 1)
  },
}

function pointsOf(id: ToyManifoldId, options: { count: number; seed: number; noise?: number; stream?: string }) {
  const { values, labels, count } = makeToyManifold(id, options)
  return Array.from({ length: count }, (_, i) => ({ x: values[2 * i] ?? 0, y: values[2 * i + 1] ?? 0, label: labels[i] ?? -1 }))
}

describe.each(ids)('%s', (id) => {
  test('lies exactly on its curve without noise', () => {
    for (const { x, y, label } of pointsOf(id, { count: 2000, seed: 1, noise: 0 })) expect(distances[id](x, y, label)).toBeLessThan(1e-5)
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
    expect(makeToyManifold(id, { count: 100, seed: 1 }).values).toEqual(sample.values.slice(0, 200))
    expect(makeToyManifold(id, { count: 500, seed: 2 }).values).not.toEqual(sample.values)
    expect(makeToyManifold(id, { count: 500, seed: 1, stream: 'test' }).values).not.toEqual(sample.values)
  })
})

test('the circle is labelled by arc and the spiral from its centre outwards', () => {
  for (const { x, y, label } of pointsOf('circle', { count: 200, seed: 1, noise: 0 })) {
    const turn = (Math.atan2(y, x) / (2 * Math.PI) + 1) % 1
    expect(Math.abs(turn * 8 - label - 0.5)).toBeLessThan(0.501)
  }
  for (const { x, y, label } of pointsOf('spiral', { count: 200, seed: 1, noise: 0 })) {
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
