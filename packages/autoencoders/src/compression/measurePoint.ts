import { clipToUnit } from '../metrics/clipToUnit.js'
import { peakSignalToNoiseRatio } from '../metrics/peakSignalToNoiseRatio.js'
import { squaredErrors } from '../metrics/squaredErrors.js'
import type { RateDistortionPoint } from './RateDistortionPoint.js'

export interface Compressed {
  readonly setting: number
  /** Length of the compressed images. */
  readonly bytes: number
  /** Both [n, size]. */
  readonly originals: Float32Array
  readonly decompressed: Float32Array
  readonly size: number
  /** How many images are kept. @default none */
  readonly keep?: number | undefined
}

/** A point of a curve, and what the first of its images look like there. */
export interface PicturedPoint extends RateDistortionPoint {
  /** [kept, size] in 0…1 */
  readonly images: Float32Array
}

/** Measures rate and distortion of compressed images, clipped to 0…1. */
export function measurePoint({ setting, bytes, originals, decompressed, size, keep = 0 }: Compressed): PicturedPoint {
  const { clipped } = squaredErrors(originals, decompressed, size)
  return {
    setting,
    bitsPerPixel: (8 * bytes) / originals.length,
    meanSquaredError: clipped.reduce((sum, error) => sum + error, 0) / clipped.length,
    peakSignalToNoiseRatio: peakSignalToNoiseRatio(clipped),
    images: clipToUnit(decompressed.subarray(0, keep * size)),
  }
}
