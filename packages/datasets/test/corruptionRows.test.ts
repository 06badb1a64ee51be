import { expect, test } from 'vitest'
import { Corruptor, corruptionKinds, corruptionOf, corruptionRows, createRandom, noiseOf } from '../src/index.js'

test.each(corruptionKinds)('%s is made of its level, and gives it back', (kind) => {
  const { level } = corruptionRows[kind]
  const corruption = corruptionOf(kind, level.default)
  expect(corruption).toEqual({ kind, [level.name]: level.default })
  expect(noiseOf(corruption)).toEqual({ row: corruptionRows[kind], level: level.default })
})

test.each(corruptionKinds)('%s of pixels goes as far beyond them as its row says, and changes all values where it is added', (kind) => {
  const row = corruptionRows[kind]
  const level = row.level.default
  const pixels = Float32Array.from({ length: 10_000 }, (_, index) => (index % 100) / 99)
  const corruptor = new Corruptor({ corruption: corruptionOf(kind, level), exampleSize: pixels.length, batchSize: 1 })
  const corrupted = corruptor.corrupt(pixels, createRandom(1, 'reach'), 0)
  const beyond = corrupted.reduce((most, value) => Math.max(most, -value, value - 1), 0)
  const changed = corrupted.filter((value, index) => value !== pixels[index]).length
  expect(beyond).toBeLessThanOrEqual(row.reach(level))
  expect(beyond).toBeGreaterThanOrEqual(0.5 * row.reach(level))
  expect(changed > 0.99 * pixels.length).toBe(row.isAdded)
})
