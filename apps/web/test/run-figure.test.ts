import { describe, expect, it } from 'vitest'
import { type Chart, charts, chartsOf, curvesOf, isBesidePca } from '../src/entities/metric/curvesOf'
import { scatterCodes } from '../src/features/experiment/scatterCodes'
import { fromPixels, toPixels } from '../src/files/paintExample'
import { pointSize } from '../src/files/pointSize'
import { sliceStrip } from '../src/files/sliceStrip'
import { extentOf, fromUnit, toUnit, unite, widen } from '../src/ui/plotExtent'

describe('a strip of images', () => {
  it('is cut into images side by side', () => {
    expect(sliceStrip({ width: 84, height: 28, count: 3 })).toEqual([
      { x: 0, y: 0, width: 28, height: 28 },
      { x: 28, y: 0, width: 28, height: 28 },
      { x: 56, y: 0, width: 28, height: 28 },
    ])
  })

  it('is refused when its images do not fit evenly', () => {
    expect(() => sliceStrip({ width: 85, height: 28, count: 3 })).toThrow('3 images share evenly, got 85 pixels')
    expect(() => sliceStrip({ width: 0, height: 28, count: 3 })).toThrow(RangeError)
    expect(() => sliceStrip({ width: 28, height: 28, count: 0 })).toThrow(RangeError)
  })
})

describe('pixels of an example', () => {
  it('are grey, opaque, and kept within what a screen can show', () => {
    const pixels = new Uint8ClampedArray(12)
    toPixels([9, -0.5, 0.5, 1.5], pixels, { offset: 1 })
    expect(Array.from(pixels)).toEqual([0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255])
  })

  it('come back from a picture as the values that made them', () => {
    const values = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)
    const pixels = new Uint8ClampedArray(1024)
    toPixels(values, pixels)
    expect(fromPixels(pixels)).toEqual(values)
  })

  it('have colours when there are three channels', () => {
    const pixels = new Uint8ClampedArray(4)
    toPixels([1, 0, 0.2], pixels, { channels: 3 })
    expect(Array.from(pixels)).toEqual([255, 0, 51, 255])
    expect(Array.from(fromPixels(pixels, 3))).toEqual([1, 0, Math.fround(0.2)])
  })
})

describe('places in a plot', () => {
  it('cover the points and leave out what is not finite', () => {
    const { minimum, maximum } = extentOf([0, 5, Number.NaN, 6, 10, Number.POSITIVE_INFINITY], { axis: 0 })
    expect(minimum).toBeCloseTo(-0.6)
    expect(maximum).toBeCloseTo(10.6)
    expect(extentOf([], { axis: 0 })).toEqual({ minimum: -1, maximum: 1 })
  })

  it('have room even where all points are one', () => {
    const { minimum, maximum } = widen({ minimum: 3, maximum: 3 })
    expect(minimum).toBeLessThan(3)
    expect(maximum).toBeGreaterThan(3)
  })

  it('map to the plot and back, staying inside', () => {
    const extent = unite({ minimum: -2, maximum: 1 }, { minimum: 0, maximum: 2 })
    expect(extent).toEqual({ minimum: -2, maximum: 2 })
    expect(toUnit(1, extent)).toBe(0.75)
    expect(fromUnit(0.75, extent)).toBe(1)
    expect(fromUnit(1.4, extent)).toBe(2)
  })

  it('are smaller the more there are, and never too small to be seen', () => {
    expect(pointSize(0)).toBe(pointSize(16))
    expect(pointSize(100)).toBeLessThan(pointSize(16))
    expect(pointSize(100) ** 2 * 100).toBeCloseTo(pointSize(160) ** 2 * 160)
    expect(pointSize(1e9)).toBe(pointSize(1e6))
    expect(pointSize(1e9)).toBeGreaterThan(1)
  })

  it('show two dimensions of each code, or one in rows', () => {
    const codes = [1, 2, 3, 4, 5, 6]
    expect(Array.from(scatterCodes(codes, { size: 3, across: 2, up: 0 }))).toEqual([3, 1, 6, 4])
    const rows = scatterCodes(codes, { size: 1, across: 0, up: (index) => index % 2 })
    for (let index = 0; index < 6; index++) {
      expect(Math.floor(rows[index * 2 + 1] ?? Number.NaN)).toBe(index % 2)
    }
  })
})

describe('curves of a run', () => {
  const chartNamed = (wanted: string): Chart => {
    const chart = charts.find(({ id }) => id === wanted)
    if (!chart) throw new Error(`charts: expected one named ${wanted}, got ${charts.map(({ id }) => id).join(', ')}`)
    return chart
  }
  const metrics = [
    { epoch: 1, trainLoss: 0.5, validationLoss: null, validationMeanSquaredError: 0.1 },
    { epoch: 2, trainLoss: Number.NaN, validationLoss: 0.3, validationMeanSquaredError: 0.05 },
  ]

  it('leave out epochs without a number, so that one NaN breaks nothing', () => {
    const [training, validation] = curvesOf(metrics, { chart: chartNamed('loss'), colour: 'teal', scored: 'validation' })
    expect(training?.points).toEqual([{ x: 1, y: 0.5 }])
    expect(validation?.points).toEqual([{ x: 2, y: 0.3 }])
  })

  it('show the squared error alone when that is asked for', () => {
    expect(curvesOf(metrics, { chart: chartNamed('mse'), colour: 'teal', scored: 'validation' }).map(({ points }) => points)).toEqual([
      [
        { x: 1, y: 0.1 },
        { x: 2, y: 0.05 },
      ],
    ])
  })

  it('show what was measured, and offer nothing that was not', () => {
    const measured = metrics.map((point) => ({ ...point, peakSignalToNoiseRatio: 10 + point.epoch }))
    expect(chartsOf(measured, 'loss').map(({ id }) => id)).toEqual(['loss', 'mse', 'peakSignalToNoiseRatio'])
    const [curve] = curvesOf(measured, { chart: chartNamed('peakSignalToNoiseRatio'), colour: 'teal', scored: 'validation' })
    expect(curve?.points[0]).toEqual({ x: 1, y: 11 })
  })

  it('leave out what says the same as the loss of every epoch', () => {
    const repeated = metrics.map(({ validationLoss, ...point }) => ({
      ...point,
      validationLoss,
      validationMeanSquaredError: validationLoss && validationLoss * (1 + 1e-8),
      validationReconstructionError: validationLoss,
    }))
    expect(chartsOf(repeated, 'loss').map(({ id }) => id)).toEqual(['loss'])
    const [first, ...others] = repeated
    const regularized = [{ ...first, epoch: 1, validationReconstructionError: 0.2 }, ...others]
    expect(chartsOf(regularized, 'loss').map(({ id }) => id)).toEqual(['loss', 'validationReconstructionError'])
  })

  it('stand beside PCA where they are its error, and nothing is added to it', () => {
    const same = metrics.map((point) => ({ ...point, validationMeanSquaredError: point.validationLoss }))
    expect(isBesidePca(chartNamed('loss'), same)).toBe(true)
    expect(isBesidePca(chartNamed('loss'), metrics)).toBe(false)
    expect(isBesidePca(chartNamed('mse'), metrics)).toBe(true)
  })
})
