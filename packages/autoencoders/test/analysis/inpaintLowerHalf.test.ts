import { expect, it } from 'vitest'
import { inpaintLowerHalf } from '../../src/analysis/inpaintLowerHalf.js'

/** Projects images of 4 × 1 pixels onto (1, 1, 1, 1): the code is the mean pixel. */
const average = {
  encode: async (images: Float32Array) =>
    Float32Array.from({ length: images.length / 4 }, (_, row) =>
      images.subarray(4 * row, 4 * row + 4).reduce((sum, value) => sum + value / 4, 0),
    ),
  decode: async (codes: Float32Array) => Float32Array.from({ length: codes.length * 4 }, (_, index) => codes[Math.floor(index / 4)] ?? 0),
}

it('fills in the lower half by encoding and decoding, and leaves the upper half alone', async () => {
  const images = Float32Array.of(0.8, 0.4, 1, 0, 0, 0, 0.5, 0.5)
  const options = { ...average, meanImage: Float32Array.of(9, 9, 0.2, 0.4), sides: [4, 1], chains: 1 } as const
  const once = await inpaintLowerHalf(images, { ...options, iterations: 1 })
  // (0.8 + 0.4 + 0.2 + 0.4) / 4 and (0.2 + 0.4) / 4
  ;[0.8, 0.4, 0.45, 0.45, 0, 0, 0.15, 0.15].forEach((value, index) => {
    expect(once.filled[index]).toBeCloseTo(value, 6)
  })
  expect(once.meanSquaredError).toBeCloseTo((0.55 ** 2 + 0.45 ** 2 + 2 * 0.35 ** 2) / 4, 6)
  expect(once.filledMeanSquaredError).toBe(once.meanSquaredError)
  expect(once.meanImageMeanSquaredError).toBeCloseTo((0.8 ** 2 + 0.4 ** 2 + 0.3 ** 2 + 0.1 ** 2) / 4, 6)
  // It settles where the image is the projection of itself: the mean of what is there.
  const settled = await inpaintLowerHalf(images, { ...options, iterations: 60 })
  ;[0.8, 0.4, 0.6, 0.6, 0, 0, 0, 0].forEach((value, index) => {
    expect(settled.filled[index]).toBeCloseTo(value, 6)
  })
})

it('expects the mean of what the second halves of its chains filled in', async () => {
  // Each call decodes to the next of these, whatever it is given.
  const answers = [0.1, 0.2, 0.4, 0.6, 0.9, 0.9, 0.3, 0.5]
  let calls = 0
  const { filled, expected } = await inpaintLowerHalf(Float32Array.of(0.7, 0), {
    meanImage: Float32Array.of(0, 0),
    sides: [2, 1],
    iterations: 4,
    chains: 2,
    encode: async (images) => images,
    decode: async (images) => images.map(() => answers[(calls++ % 16) >> 1] ?? 0),
  })
  expect(filled[0]).toBeCloseTo(0.7, 6)
  expect(filled[1]).toBeCloseTo(0.6, 6)
  expect(expected[1]).toBeCloseTo((0.4 + 0.6 + 0.3 + 0.5) / 4, 6)
})

it('goes on from pixels drawn of what it decoded, and expects the mean of what it decoded', async () => {
  const seen: number[] = []
  const { filled, expected } = await inpaintLowerHalf(Float32Array.of(0.5, 0), {
    ...{ meanImage: Float32Array.of(0, 0.25), sides: [2, 1] as const, iterations: 4, chains: 1 },
    encode: async (images) => {
      seen.push(images[1] ?? Number.NaN)
      return images
    },
    decode: async () => Float32Array.of(0.9, seen.length / 10),
    drawPixels: (means) => means.map((mean) => (mean > 0.15 ? 1 : 0)),
  })
  expect(seen).toEqual([0.25, 0, 1, 1])
  expect([...filled]).toEqual([0.5, Math.fround(0.4)])
  expect(expected[1]).toBeCloseTo((0.3 + 0.4) / 2, 6)
})
