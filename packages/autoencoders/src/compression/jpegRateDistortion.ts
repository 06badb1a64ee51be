import { Mosaic } from './Mosaic.js'
import { measurePoint } from './measurePoint.js'
import type { RateDistortionPoint } from './RateDistortionPoint.js'

export interface JpegRateDistortionOptions {
  readonly height: number
  readonly width: number
  /** @default eight, poor to good */
  readonly qualities?: readonly number[]
}

export const defaultQualities: readonly number[] = [1, 5, 10, 20, 35, 50, 70, 90]
/** Side of the blocks that JPEG transforms. */
const BLOCK = 8

/**
 * Compresses grey images [n, height, width] in 0…1 with JPEG (MozJPEG's encoder: optimised tables, trellis quantisation). All images go into
 * one file as tiles, so that its header and tables are paid once and not by each small image; each tile is padded to whole 8 × 8 blocks by
 * repeating its edge, so that no block holds parts of two images. Rate counts the pixels of the images, not the padding.
 */
export async function jpegRateDistortion(originals: Float32Array, options: JpegRateDistortionOptions): Promise<RateDistortionPoint[]> {
  const { height, width, qualities = defaultQualities } = options
  const { default: sharp } = await import('sharp')
  const mosaic = new Mosaic({ count: originals.length / (height * width), height, width, multiple: BLOCK })
  const raw = { width: mosaic.width, height: mosaic.height, channels: 1 } as const
  const pixels = mosaic.compose(originals)
  const points: RateDistortionPoint[] = []
  for (const setting of qualities) {
    const file = await sharp(pixels, { raw }).toColourspace('b-w').jpeg({ quality: setting, mozjpeg: true }).toBuffer()
    const { data, info } = await sharp(file).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
    const decompressed = mosaic.extract(info.channels === 1 ? data : data.filter((_, index) => index % info.channels === 0))
    points.push(measurePoint({ setting, bytes: file.length, originals, decompressed, size: height * width }))
  }
  return points
}
