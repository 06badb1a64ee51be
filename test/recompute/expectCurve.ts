import { expect } from 'vitest'
import { compressionOf } from './compression.js'
import { expectClose, expectCloseOfRounded } from './expectClose.js'
import { jpegsOf } from './jpeg.js'
import { type Measured, pick, placesOf, rowsOf, sidesOf } from './Measured.js'

interface ToldPoint {
  readonly setting: number
  readonly bitsPerPixel: number
  readonly meanSquaredError: number
  readonly peakSignalToNoiseRatio: number
}

/** What is told of a codec. */
export interface ToldCurve {
  readonly codec: 'MODEL' | 'PCA' | 'JPEG'
  readonly points: readonly ToldPoint[]
  readonly pictures: readonly Pick<ToldPoint, 'bitsPerPixel' | 'peakSignalToNoiseRatio'>[]
}

/** Expects the points of a codec to be what it makes of the test images, and what is shown to be some of them. */
export async function expectCurve({ codec, points, pictures }: ToldCurve, measured: Measured): Promise<void> {
  if (codec === 'JPEG') await expectJpeg(points, measured)
  else expectCodes(codec, points, measured)
  for (const { bitsPerPixel, peakSignalToNoiseRatio } of pictures)
    expect(points, `what is shown of ${codec}`).toContainEqual(expect.objectContaining({ bitsPerPixel, peakSignalToNoiseRatio }))
}

/** Expects a file of that many bytes and that error of each quality, and a curve on which whatever costs more is better. */
async function expectJpeg(points: readonly ToldPoint[], measured: Measured): Promise<void> {
  const { dataset, counts } = measured
  const sides = sidesOf(dataset)
  if (!sides) throw new Error('expected images')
  const images = pick(rowsOf(dataset.test), placesOf(measured, 'test', counts.compression ?? 0))
  const pixels = sides[0] * sides[1] * images.length
  expect(points.length).toBeGreaterThan(1)
  for (const [index, { setting, bitsPerPixel, meanSquaredError, peakSignalToNoiseRatio }] of points.entries()) {
    const files = await jpegsOf(images, sides, setting)
    const bytes = Math.round((bitsPerPixel * pixels) / 8)
    const found = files.find((file) => file.bytes === bytes && Math.abs(file.meanSquaredError - meanSquaredError) < 1e-6)
    const what = `JPEG of quality ${setting}`
    expectClose((bitsPerPixel * pixels) / 8, found?.bytes, `${what}: bytes, among ${files.map((file) => file.bytes)}`)
    expectClose(peakSignalToNoiseRatio, found?.peakSignalToNoiseRatio, `${what}: decibels`)
    const before = points[index - 1]
    if (!before) continue
    expect(bitsPerPixel, what).toBeGreaterThan(before.bitsPerPixel)
    expect(peakSignalToNoiseRatio, what).toBeGreaterThan(before.peakSignalToNoiseRatio)
  }
}

/** A coder may lose so much of a byte for each of 256, and ends its message with few more. */
const [LOST, LAST_BYTES] = [1 / 128, 6]

const MOST_MOVED = 256

function expectCodes(codec: 'MODEL' | 'PCA', points: readonly ToldPoint[], measured: Measured): void {
  const [height = 0, width = 0] = sidesOf(measured.dataset) ?? []
  const pixels = height * width * (measured.counts.compression ?? 0)
  // Each unit of a code is moved by itself, which takes minutes for the feature maps of convolutions.
  const units = measured.network.encoder.at(-1)?.outputs ?? 0
  const expected =
    codec === 'PCA' || units <= MOST_MOVED
      ? compressionOf(
          measured,
          codec,
          points.map(({ setting }) => setting),
        )
      : undefined
  for (const [index, { bitsPerPixel, meanSquaredError, peakSignalToNoiseRatio, setting }] of points.entries()) {
    const what = `${codec} at ${setting}`
    const bytes = (bitsPerPixel * pixels) / 8
    // Files are whole bytes.
    expect(Math.abs(bytes - Math.round(bytes)), what).toBeLessThan(1e-6)
    if (!expected) {
      // The mean of decibels is at least that of the mean error, as images that are better than others count for more.
      expect(peakSignalToNoiseRatio, what).toBeGreaterThanOrEqual(-10 * Math.log10(meanSquaredError) - 1e-9)
      continue
    }
    const point = expected[index]
    expectCloseOfRounded(meanSquaredError, point?.meanSquaredError, `${what}: error`)
    expectCloseOfRounded(peakSignalToNoiseRatio, point?.peakSignalToNoiseRatio, `${what}: decibels`)
    const ideal = (point?.idealBits ?? Number.NaN) / 8
    // A code that lies between two steps may be rounded to the other one.
    expect(bytes, `${what}: bytes beside ${ideal}`).toBeGreaterThanOrEqual(ideal * (1 - LOST) - 1)
    expect(bytes, `${what}: bytes beside ${ideal}`).toBeLessThanOrEqual(ideal * (1 + LOST) + LAST_BYTES)
  }
}
