import sharp from 'sharp'
import type { Row } from './network.js'

export interface JpegPoint {
  readonly bytes: number
  readonly meanSquaredError: number
  readonly peakSignalToNoiseRatio: number
}

type Sides = readonly [height: number, width: number]

/**
 * Compresses images as tiles of one JPEG of a quality, in each way in which that may be done for a squared error: tiles as they are or padded to whole blocks, coefficients
 * rounded or chosen by what they cost. The table of quantisation is flat.
 */
export async function jpegsOf(images: readonly Row[], sides: Sides, quality: number): Promise<readonly JpegPoint[]> {
  const ways = [1, 8].flatMap((block) => [false, true].map((trellis) => ({ block, trellis })))
  return Promise.all(ways.map((way) => compress(images, sides, { quality, ...way })))
}

interface Way {
  readonly quality: number
  readonly block: number
  readonly trellis: boolean
}

async function compress(images: readonly Row[], [height, width]: Sides, { quality, block, trellis }: Way): Promise<JpegPoint> {
  const [tall, wide] = [height, width].map((side) => Math.ceil(side / block) * block) as [number, number]
  const across = Math.ceil(Math.sqrt(images.length))
  const raw = { width: across * wide, height: Math.ceil(images.length / across) * tall, channels: 1 as const }
  const placeOf = (image: number, y: number, x: number) => (Math.floor(image / across) * tall + y) * raw.width + (image % across) * wide + x
  const pixels = new Uint8Array(raw.width * raw.height)
  images.forEach((values, image) => {
    for (let y = 0; y < tall; y++) {
      for (let x = 0; x < wide; x++) {
        const value = values[Math.min(y, height - 1) * width + Math.min(x, width - 1)] ?? 0
        pixels[placeOf(image, y, x)] = Math.round(255 * value)
      }
    }
  })
  const file = await sharp(pixels, { raw })
    .toColourspace('b-w')
    .jpeg({ quality, quantisationTable: 1, progressive: true, optimiseScans: true, trellisQuantisation: trellis })
    .toBuffer()
  const decoded = await sharp(file).extractChannel(0).raw().toBuffer()
  const errors = images.map((values, image) => {
    let sum = 0
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) sum += ((values[y * width + x] ?? 0) - (decoded[placeOf(image, y, x)] ?? 0) / 255) ** 2
    }
    return sum / (height * width)
  })
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    bytes: file.length,
    meanSquaredError: mean(errors),
    peakSignalToNoiseRatio: mean(errors.map((error) => Math.min(100, -10 * Math.log10(error)))),
  }
}
