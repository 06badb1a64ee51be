import { seededUniform } from '@hourglass/autoencoders/latent'
import { describe, expect, it } from 'vitest'
import { embedCodes } from '../src/features/latent/embedCodes'
import { mapExamples } from '../src/features/latent/mapExamples'
import { umapLayout } from '../src/features/latent/umapLayout'

/** Codes of two groups that lie far apart. */
function twoGroups(count: number, size: number): Float32Array {
  const random = seededUniform(1, 'test')
  return Float32Array.from({ length: count * size }, (_, at) => random() + (Math.floor(at / size) % 2 === 0 ? 0 : 20))
}

describe('codes that UMAP lays out', () => {
  const [count, size] = [60, 4]
  const codes = twoGroups(count, size)
  const told: number[] = []
  const places = embedCodes({ codes, size, seed: 1 }, (done) => told.push(done))

  it('come in the groups that they are in, the same each time, and it is told how far that is', () => {
    const placeOf = (row: number) => [places[2 * row] as number, places[2 * row + 1] as number] as const
    const distance = (a: number, b: number) => Math.hypot(placeOf(a)[0] - placeOf(b)[0], placeOf(a)[1] - placeOf(b)[1])
    for (let row = 0; row < count; row++) {
      const nearest = Array.from({ length: count }, (_, other) => other)
        .filter((other) => other !== row)
        .toSorted((a, b) => distance(row, a) - distance(row, b))[0]
      expect((nearest ?? 0) % 2).toBe(row % 2)
    }
    expect(embedCodes({ codes, size, seed: 1 }, () => undefined)).toEqual(places)
    expect(told.length).toBeGreaterThan(10)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
  })

  it('are where they were put; a code between them lies between their places, and a place stands for a code', () => {
    const layout = umapLayout({ codes, places })
    const cloud = { codes, labels: Array.from({ length: count }, (_, row) => row % 2), trainingCodes: codes }
    const shown = layout.placesOf(mapExamples(cloud, { training: null, size, testCount: count }))
    expect([shown.x[7], shown.y[7]]).toEqual([places[14], places[15]])
    const [x, y] = layout.placeOf(codes.slice(7 * size, 8 * size))
    expect(x).toBeCloseTo(places[14] as number, 2)
    expect(y).toBeCloseTo(places[15] as number, 2)
    const back = layout.codeAt(new Float32Array(size), [places[14] as number, places[15] as number])
    for (const [unit, value] of back.entries()) expect(value).toBeCloseTo(codes[7 * size + unit] as number, 2)
  })
})
