import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { medianFilter } from '../src/index.js'
import { datasetErrorOf } from './support/datasetErrorOf.js'

// Reference: SciPy 1.17.1, generic_filter(image, numpy.nanmedian, size, mode='constant', cval=nan), which is median_filter away from the border.
const image = [
  [0.81, 0.81, 0.52, 0.29, 0.05, 0.38],
  [0.41, 0.05, 0.05, 1, 0.65, 0.23],
  [0.43, 0.97, 0.9, 0.84, 0.39, 0.49],
  [0.68, 0.06, 0.56, 0.27, 0.88, 0.06],
  [0.68, 0.87, 0.23, 0.9, 0.87, 0.02],
]
const references = {
  3: [
    [0.61, 0.465, 0.405, 0.405, 0.335, 0.305],
    [0.62, 0.52, 0.81, 0.52, 0.39, 0.385],
    [0.42, 0.43, 0.56, 0.65, 0.49, 0.44],
    [0.68, 0.68, 0.84, 0.84, 0.49, 0.44],
    [0.68, 0.62, 0.415, 0.715, 0.57, 0.465],
  ],
  5: [
    [0.52, 0.665, 0.52, 0.49, 0.44, 0.39],
    [0.54, 0.54, 0.54, 0.44, 0.44, 0.385],
    [0.56, 0.62, 0.65, 0.49, 0.44, 0.39],
    [0.495, 0.62, 0.665, 0.525, 0.525, 0.57],
    [0.68, 0.68, 0.68, 0.56, 0.525, 0.49],
  ],
}

/** The median of each window clipped to its image, by sorting. */
function medianBySorting(images: Float32Array, { width, height, size }: { width: number; height: number; size: number }): number[] {
  const reach = (size - 1) / 2
  return Array.from(images, (_, index) => {
    const [first, y, x] = [index - (index % (width * height)), Math.floor(index / width) % height, index % width]
    const window: number[] = []
    for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
      const from = first + row * width
      window.push(...images.subarray(from + Math.max(0, x - reach), from + Math.min(width - 1, x + reach) + 1))
    }
    window.sort((a, b) => a - b)
    const middle = window.slice(Math.floor((window.length - 1) / 2), Math.floor(window.length / 2) + 1)
    return Math.fround(middle.reduce((sum, value) => sum + value, 0) / middle.length)
  })
}

describe('the median filter', () => {
  test.each([3, 5] as const)('of size %d gives what SciPy gives', (size) => {
    const filtered = medianFilter(Float32Array.from(image.flat()), { width: 6, height: 5, size })
    for (const [index, expected] of references[size].flat().entries()) expect(filtered[index]).toBeCloseTo(expected, 6)
  })

  test('gives the median of the clipped window for images of any shape and number', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 3, 5, 7),
        fc.nat({ max: 6 }),
        fc.nat({ max: 9 }),
        fc.integer({ min: 0, max: 3 }),
        fc.infiniteStream(fc.oneof(fc.constantFrom(0, 1), fc.float({ min: -2, max: 2, noNaN: true }))),
        (size, moreRows, moreColumns, count, pixels) => {
          const [height, width] = [size + moreRows, size + moreColumns]
          const images = Float32Array.from({ length: count * height * width }, () => pixels.next().value)
          expect([...medianFilter(images, { width, height, size })].map((value) => value + 0)).toEqual(
            medianBySorting(images, { width, height, size }).map((value) => value + 0),
          )
        },
      ),
      { seed: 8 },
    )
  })

  test('takes single pixels of salt and pepper away and leaves its images as they are', () => {
    const images = new Float32Array(784 * 2).fill(0.5)
    images[400] = 1
    images[784 + 300] = 0
    const given = images.slice()
    expect(new Set(medianFilter(images, { width: 28, height: 28 }))).toEqual(new Set([0.5]))
    expect(images).toEqual(given)
  })

  test('refuses even windows, windows larger than an image, and parts of images', async () => {
    for (const size of [2, 7, 0, -1, 2.5, Number.NaN]) {
      expect(await datasetErrorOf(() => medianFilter(new Float32Array(30), { width: 6, height: 5, size }))).toMatchObject({
        code: 'INVALID_ARGUMENT',
        expected: expect.stringContaining('an odd number from 1 to 5'),
      })
    }
    expect(await datasetErrorOf(() => medianFilter(new Float32Array(31), { width: 6, height: 5 }))).toMatchObject({ found: '31' })
    expect(await datasetErrorOf(() => medianFilter(new Float32Array(0), { width: 0, height: 5 }))).toMatchObject({ subject: 'width' })
  })
})
