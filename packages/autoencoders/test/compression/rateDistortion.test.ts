import { createRandom } from '@hourglass/datasets'
import { loadDataset } from '@hourglass/datasets/node'
import * as tf from '@tensorflow/tfjs-core'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { takeExamples } from '../../src/analysis/takeExamples.js'
import { codeColumns } from '../../src/compression/CodeColumn.js'
import { CodeCompressor } from '../../src/compression/CodeCompressor.js'
import { codeRateDistortion, defaultSteps } from '../../src/compression/codeRateDistortion.js'
import { decoderSensitivity } from '../../src/compression/decoderSensitivity.js'
import type { ExampleCodec } from '../../src/compression/ExampleCodec.js'
import { comparedRates, nearestInRate, pointsToShow } from '../../src/compression/equalRates.js'
import {
  type JpegCurveOptions,
  type JpegRateDistortionOptions,
  jpegCurve,
  jpegImages,
  measureJpeg,
} from '../../src/compression/jpegCurve.js'
import { Mosaic } from '../../src/compression/Mosaic.js'
import { measurePoint } from '../../src/compression/measurePoint.js'
import type { RateDistortionPoint } from '../../src/compression/RateDistortionPoint.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { EngineModel } from '../../src/inference/EngineModel.js'
import { meanSquaredError } from '../../src/metrics/meanSquaredError.js'
import { toLinearModel } from '../../src/pca/toLinearModel.js'
import { computePcaBaseline } from '../../src/training.js'
import { loadSmallDigits } from '../smallDigits.js'

const normals = (count: number, stream: string) => {
  const values = new Float32Array(count)
  createRandom(5, stream).fillNormal(values)
  return values
}

describe('CodeCompressor', () => {
  const steps = Float64Array.of(0.5, 0.125)
  const compressor = new CodeCompressor(codeColumns(normals(40_000, 'train'), steps.length), steps)

  it('returns codes within half a step of each dimension, also far outside of what it was fitted to', () => {
    const codes = normals(2000, 'test').map((value, index) => (index % 100 === 0 ? 50 * value : value))
    const decompressed = compressor.decompress(compressor.compress(codes), 1000)
    decompressed.forEach((value, index) => {
      expect(Math.abs(value - (codes[index] ?? Number.NaN))).toBeLessThanOrEqual((steps[index % 2] ?? 0) / 2 + 1e-5)
    })
  })

  it('takes the bits that rounding a normal variable needs: its differential entropy less log₂ of the step', () => {
    const message = compressor.compress(normals(40_000, 'test'))
    // ½ log₂(2πe) − log₂ Δ for each of two dimensions (Cover & Thomas 2006, theorem 8.3.1).
    const bits = [0.5, 0.125].reduce((sum, step) => sum + 0.5 * Math.log2(2 * Math.PI * Math.E) - Math.log2(step), 0)
    expect(Math.abs((8 * message.length) / 20_000 - bits)).toBeLessThan(0.05)
  })
})

describe('codeRateDistortion', () => {
  /** Codes that are four of the example's values themselves, two of them scaled; the other values are 0.5. */
  const scales = [1, 10, 0.1, 1]
  const codec: ExampleCodec = {
    exampleSize: 8,
    latentDimension: 4,
    encode: async (examples) =>
      Float32Array.from({ length: examples.length / 2 }, (_, i) => (examples[2 * (i - (i % 4)) + (i % 4)] ?? 0) * (scales[i % 4] ?? 0)),
    decode: async (codes) =>
      Float32Array.from({ length: codes.length * 2 }, (_, i) =>
        i % 8 < 4 ? (codes[Math.floor(i / 8) * 4 + (i % 8)] ?? 0) / (scales[i % 8] ?? 0) : 0.5,
      ),
  }
  const makeExamples = (stream: string) => normals(16_000, stream).map((value, i) => (i % 8 < 4 ? 0.5 + 0.1 * value : 0.5))

  it('measures how far the decoder moves for each dimension', async () => {
    const codes = await codec.encode(makeExamples('train').slice(0, 80))
    const sensitivity = await decoderSensitivity(codec, codes, Float64Array.of(0.1, 1, 0.01, 0))
    ;[1, 0.1, 10, 0].forEach((expected, dimension) => {
      expect(sensitivity[dimension]).toBeCloseTo(expected, 3)
    })
  })

  it('distorts by step² / 12 a code value and takes the entropy of a rounded normal variable', async () => {
    const points = await codeRateDistortion(codec, { train: makeExamples('train'), test: makeExamples('test'), steps: [0.2, 0.4] })
    points.forEach((point, index) => {
      // One standard deviation of every dimension is 0.1 in the example.
      const step = 0.02 * (index + 1)
      expect(Math.abs(point.meanSquaredError / (step ** 2 / 12 / 2) - 1)).toBeLessThan(0.05)
      const bits = (0.5 * Math.log2(2 * Math.PI * Math.E) + Math.log2(0.1 / step)) / 2
      expect(Math.abs(point.bitsPerPixel - bits)).toBeLessThan(0.04)
    })
  })

  it('compresses digits with PCA: coarser steps take fewer bits, and fine ones approach PCA’s own error', async () => {
    const dataset = await loadSmallDigits(2000, 500)
    const engine = await createEngine('onnx', { threads: 2 })
    const { principalComponents } = await computePcaBaseline({ dataset })
    const model = new EngineModel(engine, toLinearModel(principalComponents, 16, dataset.exampleShape))
    const train = takeExamples(dataset.train, 2000).features
    const test = takeExamples(dataset.test, 500).features
    const points = await codeRateDistortion(model, { train, test })
    const codes = await model.encode(test)
    expect(meanSquaredError(codes, principalComponents.encode(test, 16))).toBeLessThan(1e-10)
    const unrounded = (await model.decode(codes)).map((value) => Math.min(1, Math.max(0, value)))
    await model.dispose()
    expect(points.map(({ setting }) => setting)).toEqual(defaultSteps)
    const rates = points.map(({ bitsPerPixel }) => bitsPerPixel)
    expect(rates).toEqual([...rates].sort((a, b) => b - a))
    const errors = points.map((point) => point.meanSquaredError)
    expect(errors).toEqual([...errors].sort((a, b) => a - b))
    expect((errors[0] ?? 1) / meanSquaredError(test, unrounded)).toBeLessThan(1.02)
    expect(tf.memory().numTensors).toBe(0)
  })
})

describe('Mosaic', () => {
  it('returns images of 8 bits as they were, tiles them and repeats their edges', () => {
    const mosaic = new Mosaic({ count: 5, height: 2, width: 3, multiple: 4 })
    expect([mosaic.width, mosaic.height]).toEqual([12, 8])
    const images = Float32Array.from({ length: 30 }, (_, index) => index / 255)
    const pixels = mosaic.compose(images)
    expect([...pixels.subarray(0, 12)]).toEqual([0, 1, 2, 2, 6, 7, 8, 8, 12, 13, 14, 14])
    expect([...pixels.subarray(36, 40)]).toEqual([3, 4, 5, 5])
    expect(mosaic.extract(pixels)).toEqual(images)
  })
})

/** Measures JPEG, and draws its curve. */
async function curveOf(originals: Float32Array, options: JpegRateDistortionOptions & JpegCurveOptions) {
  return jpegCurve(originals, await measureJpeg(originals, options), options)
}

describe('jpegCurve', () => {
  it('reaches less error at each rate than tables tuned to the eye do', async () => {
    const { features: originals } = takeExamples((await loadDataset('mnist', { trainCount: 1, testCount: 200 })).test, 200)
    const points = await curveOf(originals, { height: 28, width: 28 })
    // The encoder that is tuned to the eye, on the same images, each padded to whole blocks.
    const mosaic = new Mosaic({ count: 200, height: 28, width: 28, multiple: 8 })
    const raw = { width: mosaic.width, height: mosaic.height, channels: 1 } as const
    for (const quality of [5, 20, 50, 90]) {
      const file = await sharp(mosaic.compose(originals), { raw }).toColourspace('b-w').jpeg({ quality, mozjpeg: true }).toBuffer()
      const decompressed = mosaic.extract(await sharp(file).extractChannel(0).raw().toBuffer())
      const tuned = measurePoint({ setting: quality, bytes: file.length, originals, decompressed, size: 784 })
      expect(ratioAt(points, tuned.bitsPerPixel), `quality ${quality}`).toBeGreaterThan(tuned.peakSignalToNoiseRatio + 0.2)
    }
  })

  it('reaches at rates that it is asked for what the highest quality does that costs no more', async () => {
    const { features: originals } = takeExamples((await loadDataset('mnist', { trainCount: 1, testCount: 200 })).test, 200)
    const whole = Array.from({ length: 12 }, (_, index) => index + 1)
    const size = { height: 28, width: 28 }
    const every = await curveOf(originals, { ...size, qualities: whole, trellisQualities: whole })
    const few = await curveOf(originals, size)
    const searched = await curveOf(originals, { ...size, within: comparedRates })
    const bestWithin = (points: readonly RateDistortionPoint[], rate: number) =>
      Math.max(...points.filter(({ bitsPerPixel }) => bitsPerPixel <= rate).map((point) => point.peakSignalToNoiseRatio))
    for (const rate of comparedRates) expect(bestWithin(searched, rate), String(rate)).toBe(bestWithin(every, rate))
    expect(bestWithin(few, 0.25)).toBeLessThan(bestWithin(every, 0.25) - 1)
  })

  it('gives more bits and less error with quality, from the bytes of one file', async () => {
    const { features: originals } = takeExamples((await loadDataset('mnist', { trainCount: 1, testCount: 200 })).test, 200)
    const points = await curveOf(originals, { height: 28, width: 28 })
    expect(points.length).toBeGreaterThanOrEqual(6)
    const rates = points.map(({ bitsPerPixel }) => bitsPerPixel)
    expect(rates).toEqual([...rates].sort((a, b) => a - b))
    const errors = points.map((point) => point.meanSquaredError)
    expect(errors).toEqual([...errors].sort((a, b) => b - a))
    expect(points.at(-1)?.peakSignalToNoiseRatio).toBeGreaterThan(30)
  })
})

describe('images at equal rates', () => {
  it('are those of a file whose whole quality comes nearest, as they are decoded', async () => {
    const { features: originals } = takeExamples((await loadDataset('mnist', { trainCount: 1, testCount: 200 })).test, 200)
    const plain = await curveOf(originals, { height: 28, width: 28 })
    const [third, fourth] = plain.filter(({ setting }) => setting >= 20)
    const wanted = Math.sqrt((third?.bitsPerPixel ?? 0) * (fourth?.bitsPerPixel ?? 0))
    let asked = 0
    const rates = (least: number) => {
      asked = least
      return [wanted]
    }
    const points = await curveOf(originals, { height: 28, width: 28, rates })
    expect(asked).toBe(plain[0]?.bitsPerPixel)
    const found = nearestInRate(points, wanted)
    expect(Math.abs(Math.log((found?.bitsPerPixel ?? 0) / wanted))).toBeLessThan(0.03)
    expect(found?.setting).toBeGreaterThan(third?.setting ?? 100)
    expect(found?.setting).toBeLessThan(fourth?.setting ?? 0)
    // Of files so small that only the trellis makes them, too.
    const [least, next] = plain
    const small = Math.sqrt((least?.bitsPerPixel ?? 0) * (next?.bitsPerPixel ?? 0))
    const smallest = await curveOf(originals, { height: 28, width: 28, rates: () => [small] })
    const between = nearestInRate(smallest, small)?.bitsPerPixel ?? 0
    expect([between > (least?.bitsPerPixel ?? 0), between < (next?.bitsPerPixel ?? 0)]).toEqual([true, true])
    // The error of all 200 images is that of other images too: those three that were kept are of that size.
    const { padding } = await measureJpeg(originals, { height: 28, width: 28 })
    if (!found) throw new Error('expected a point, got none')
    const images = await jpegImages(originals, found, { height: 28, width: 28, padding, keep: 3 })
    expect(images).toHaveLength(3 * 784)
    expect(meanSquaredError(originals.slice(0, 3 * 784), images) / found.meanSquaredError).toBeCloseTo(1, 0)
  })

  it('are shown where the other codec reaches at all: at the least such rate, and at the finest where that is another', () => {
    const point = (bitsPerPixel: number) => ({ setting: 1, bitsPerPixel, meanSquaredError: 0.1, peakSignalToNoiseRatio: 10 })
    const rates = (points: readonly number[], least: number) =>
      pointsToShow(points.map(point), least).map(({ bitsPerPixel }) => bitsPerPixel)
    expect(rates([0.9, 0.1, 0.3, 0.5], 0.2)).toEqual([0.3, 0.9])
    expect(rates([0.9, 0.8], 0.2)).toEqual([0.8])
    expect(rates([0.1, 0.05], 0.2)).toEqual([0.1])
    expect(rates([], 0.2)).toEqual([])
  })
})

/** Reads a curve at a rate, between its points on a logarithmic axis. */
function ratioAt(points: readonly RateDistortionPoint[], rate: number): number {
  const above = points.findIndex(({ bitsPerPixel }) => bitsPerPixel >= rate)
  const [low, high] = [points[above - 1], points[above]]
  if (!low || !high) return points.at(-1)?.peakSignalToNoiseRatio ?? Number.NaN
  const share = Math.log(rate / low.bitsPerPixel) / Math.log(high.bitsPerPixel / low.bitsPerPixel)
  return low.peakSignalToNoiseRatio + share * (high.peakSignalToNoiseRatio - low.peakSignalToNoiseRatio)
}
