import { loadDataset } from '@hourglass/datasets/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { type GreyImage, placeImage, readInk } from '../../src/latent.js'

const field = { height: 28, width: 28, placement: 'mass' } as const
const COUNT = 200
let digits: Float32Array
beforeAll(async () => {
  const { test } = await loadDataset('mnist', { trainCount: 1, testCount: COUNT, validationCount: 0, selection: 'first' })
  digits = Float32Array.from(test.values, (value) => value / 255)
})
const digit = (index: number): GreyImage => ({ values: digits.slice(index * 784, (index + 1) * 784), height: 28, width: 28 })

/** Repeats every pixel, on a larger sheet and away from its middle. */
function enlarge({ values, height, width }: GreyImage, times: number, margin: number): GreyImage {
  const [tall, wide] = [times * height + margin, times * width + 2 * margin]
  const large = new Float32Array(tall * wide)
  for (let row = 0; row < times * height; row++) {
    for (let column = 0; column < times * width; column++) {
      large[row * wide + column + 2 * margin] = values[Math.floor(row / times) * width + Math.floor(column / times)] as number
    }
  }
  return { values: large, height: tall, width: wide }
}

const meanDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, at) => sum + Math.abs(value - (b[at] as number)), 0) / a.length

describe('an image placed as MNIST’s digits were', () => {
  it('is to the bit what MNIST has, of MNIST’s own digits', () => {
    const kept = Array.from({ length: COUNT }, (_, index) => index).filter((index) => {
      const { values } = placeImage(digit(index), field)
      return meanDifference(values, digit(index).values) === 0
    })
    // Of some, rounding put the centre of mass beside the middle.
    expect(kept.length / COUNT).toBeGreaterThan(0.97)
  })

  it('is nearly that of any size and place on its sheet', () => {
    for (const index of [0, 1, 2, 3]) {
      const { values, scale, put } = placeImage(enlarge(digit(index), 7, 40), field)
      expect(meanDifference(values, placeImage(digit(index), field).values)).toBeLessThan(0.01)
      expect(scale).toBeCloseTo(1 / 7, 2)
      expect(Math.max(put.height, put.width)).toBe(20)
    }
  })

  it('is within 20 × 20, its centre of mass in the middle, however narrow it is', () => {
    const values = new Float32Array(300 * 100)
    for (let row = 10; row < 290; row++) values[row * 100 + 90] = 1
    const placed = placeImage({ values, height: 300, width: 100 }, field)
    expect(placed.taken).toEqual({ top: 10, left: 90, height: 280, width: 1 })
    expect(placed.put).toEqual({ top: 5, left: 14, height: 20, width: 1 })
    expect(placed.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(20, 4)
  })

  it('grows where it is smaller than its place', () => {
    const values = new Float32Array(25)
    values.set([1, 1, 1], 11)
    const { put, values: placed } = placeImage({ values, height: 5, width: 5 }, field)
    expect(put).toMatchObject({ height: 7, width: 20 })
    expect(Math.max(...placed)).toBe(1)
  })

  it('is refused where there is nothing on it, and where its values are not those of its sides', () => {
    expect(() => placeImage({ values: new Float32Array(9), height: 3, width: 3 }, field)).toThrow('expected something to see on it')
    expect(() => placeImage({ values: new Float32Array(8), height: 3, width: 3 }, field)).toThrow(
      'expected 3 × 3 values, at least one, got 8',
    )
  })
})

describe('an image placed otherwise', () => {
  it('touches the edges as clothes do, or keeps its margins', () => {
    const values = new Float32Array(50 * 50)
    for (let row = 20; row < 40; row++) for (let column = 5; column < 15; column++) values[row * 50 + column] = 0.5
    const image = { values, height: 50, width: 50 }
    expect(placeImage(image, { ...field, placement: 'box' }).put).toEqual({ top: 0, left: 7, height: 28, width: 14 })
    expect(placeImage(image, { ...field, placement: 'whole' })).toMatchObject({
      taken: { height: 50, width: 50 },
      put: { height: 28, width: 28 },
    })
  })
})

describe('ink', () => {
  it('is white on black to the bit where it was', () => {
    const ink = readInk(digit(0))
    expect(ink).toMatchObject({ isInverted: false, isCleaned: false })
    expect(ink.values).toEqual(digit(0).values)
  })

  it('is read from dark on light, and from a photograph of uneven paper', () => {
    const { values } = digit(0)
    const dark = readInk({ ...digit(0), values: values.map((value) => 0.9 - 0.8 * value) })
    expect(dark).toMatchObject({ isInverted: true, isCleaned: false })
    expect(meanDifference(dark.values, values)).toBeLessThan(1e-6)
    const photograph = readInk({
      ...digit(0),
      values: values.map((value, at) => (value > 0 ? 0.1 : 0.7 + 0.25 * ((at % 28) / 28))),
    })
    expect(photograph).toMatchObject({ isInverted: true, isCleaned: true })
    expect(photograph.values.filter((value, at) => value > 0 !== (values[at] as number) > 0)).toHaveLength(0)
  })
})
