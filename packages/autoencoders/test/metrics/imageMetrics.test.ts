import { describe, expect, it } from 'vitest'
import { meanSquaredError } from '../../src/metrics/meanSquaredError.js'
import { decibelsOf, PSNR_CEILING, peakSignalToNoiseRatio } from '../../src/metrics/peakSignalToNoiseRatio.js'
import { squaredErrors } from '../../src/metrics/squaredErrors.js'
import { structuralSimilarity } from '../../src/metrics/structuralSimilarity.js'

/** clip(0.5 + 0.5 sin(a i / 5 + b j / 7 + a b)) over 28 × 28 pixels. */
const waves = (a: number, b: number) =>
  Float32Array.from({ length: 784 }, (_, index) => {
    const [i, j] = [Math.floor(index / 28), index % 28]
    return Math.min(1, Math.max(0, 0.5 + 0.5 * Math.sin((a * i) / 5 + (b * j) / 7 + a * b)))
  })

describe('meanSquaredError', () => {
  it('averages squared differences over all values', () => {
    expect(meanSquaredError(Float32Array.of(0, 1, 0.5, 0), Float32Array.of(0.5, 1, 0, 1))).toBeCloseTo((0.25 + 0 + 0.25 + 1) / 4, 10)
  })

  it('refuses sets of different sizes', () => {
    expect(() => meanSquaredError(new Float32Array(2), new Float32Array(3))).toThrow('got 2 and 3')
  })
})

describe('squaredErrors', () => {
  it('are those of each example, as reconstructions come and clipped to 0…1', () => {
    const { unclipped, clipped } = squaredErrors(Float32Array.of(0, 1, 0.5, 0.25), Float32Array.of(-1, 1.5, 0.5, 0.75), 2)
    expect([...unclipped]).toEqual([(1 + 0.25) / 2, 0.25 / 2])
    expect([...clipped]).toEqual([0, 0.25 / 2])
  })

  it('refuse parts of examples, and sets of different sizes', () => {
    expect(() => squaredErrors(new Float32Array(3), new Float32Array(3), 2)).toThrow('a multiple of 2')
    expect(() => squaredErrors(new Float32Array(4), new Float32Array(2), 2)).toThrow('got 4 and 2')
  })
})

describe('peakSignalToNoiseRatio', () => {
  it('averages the ratios of images, not their errors', () => {
    // The first image's error is 0.01, 20 dB; the second's 0.25, 6.0206 dB.
    const originals = Float32Array.of(0, 0, 0, 0)
    const reconstructions = Float32Array.of(0.1, 0.1, 0.5, 0.5)
    const { clipped } = squaredErrors(originals, reconstructions, 2)
    expect(peakSignalToNoiseRatio(clipped)).toBeCloseTo((20 - 10 * Math.log10(0.25)) / 2, 5)
  })

  it('counts an image without error as its ceiling', () => {
    const { clipped } = squaredErrors(Float32Array.of(0.3, 0.1), Float32Array.of(0.3, 0.2), 1)
    expect(peakSignalToNoiseRatio(clipped)).toBeCloseTo((PSNR_CEILING + 20) / 2, 4)
    expect(decibelsOf(1e-30)).toBe(PSNR_CEILING)
  })
})

describe('structuralSimilarity', () => {
  // scikit-image 0.26.0 on the same images: structural_similarity(x, y, data_range=1, gaussian_weights=True, sigma=1.5,
  // use_sample_covariance=False) in float64.
  const original = waves(1, 2)
  const noisy = original.map((value, index) => Math.min(1, Math.max(0, value + 0.2 * Math.sin(index * 1.7))))
  it.each([
    ['noisy', noisy, 0.7312390628235343],
    ['other', waves(2, 0.5), 0.07739318102714499],
    ['same', original, 1],
  ])('agrees with scikit-image on a %s image', (_name, image, expected) => {
    expect(structuralSimilarity(original, image, [28, 28])).toBeCloseTo(expected, 6)
  })

  it('averages over images, clips, and keeps more than 8 bits', () => {
    const both = (a: Float32Array, b: Float32Array) => Float32Array.of(...a, ...b)
    const mean = structuralSimilarity(both(original, original), both(noisy, waves(2, 0.5)), [28, 28])
    expect(mean).toBeCloseTo((0.7312390628235343 + 0.07739318102714499) / 2, 6)
    const dark = new Float32Array(784)
    expect(
      structuralSimilarity(
        dark,
        dark.map(() => -3),
        [28, 28],
      ),
    ).toBe(1)
    // Of constant images only the means differ: c₁ / (m² + c₁) with m = 0.001, less than half an 8-bit step.
    expect(
      structuralSimilarity(
        dark,
        dark.map(() => 0.001),
        [28, 28],
      ),
    ).toBeCloseTo(1e-4 / (1e-6 + 1e-4), 5)
  })

  it('refuses images smaller than its window', () => {
    expect(() => structuralSimilarity(new Float32Array(100), new Float32Array(100), [10, 10])).toThrow('at least 11 pixels')
  })
})
