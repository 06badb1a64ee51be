import { Mosaic } from './Mosaic.js'
import { measurePoint, type PicturedPoint } from './measurePoint.js'

export interface JpegRateDistortionOptions {
  readonly height: number
  readonly width: number
  /** @default eight, poor to good */
  readonly qualities?: readonly number[]
  /** Qualities at which the encoder may also drop what costs more than it brings, for rates that plain rounding does not reach. @default four */
  readonly trellisQualities?: readonly number[]
  /** How many of the decompressed images are kept of each point. @default none */
  readonly keep?: number
  /** Given the least rate that is reached, names those, in bits per pixel, that a point is to come as near to as whole qualities do. @default none */
  readonly rates?: (least: number) => readonly number[]
  /** Rates, in bits per pixel, of each of which there is to be the best point that costs no more: that of the highest whole quality. @default none */
  readonly within?: readonly number[]
}

const defaultQualities: readonly number[] = [1, 5, 10, 20, 35, 50, 70, 90]
const defaultTrellisQualities: readonly number[] = [1, 3, 6, 10]
/** The flat table of quantisation in libvips: every frequency costs the same error, which is best for a squared error. */
const FLAT_TABLE = 1
/** Tiles are padded to whole blocks of 8 × 8 pixels, or not at all where blocks that hold parts of two images cost less. */
const PADDINGS = [1, 8] as const
/** Quality at which they are compared. */
const COMPARED_QUALITY = 20

/**
 * Compresses grey images [n, height, width] in 0…1 with JPEG as it reaches the least squared error at each rate: a flat table of quantisation in
 * place of one tuned to the eye, progressive scans and Huffman tables that fit the images, and what no other setting beats in both rate and error.
 * All images go into one file as tiles, so that its header and tables are paid once and not by each small image. Rate counts the pixels of the
 * images, not the padding.
 */
export async function jpegRateDistortion(originals: Float32Array, options: JpegRateDistortionOptions): Promise<PicturedPoint[]> {
  const {
    height,
    width,
    qualities = defaultQualities,
    trellisQualities = defaultTrellisQualities,
    keep,
    rates = () => [],
    within = [],
  } = options
  const count = originals.length / (height * width)
  const layouts = PADDINGS.map((multiple) => {
    const mosaic = new Mosaic({ count, height, width, multiple })
    return { mosaic, pixels: mosaic.compose(originals) }
  })
  const compared = await Promise.all(layouts.map((tiles) => encode(tiles, { quality: COMPARED_QUALITY })))
  const smallest = Math.min(...compared.map(({ length }) => length))
  const best = compared.findIndex(({ length }) => length === smallest)
  const [tiles, known] = [layouts[best], compared[best]]
  if (!tiles || !known) throw new TypeError('expected a layout of tiles')
  const measure = async (settings: JpegSettings) => {
    const file = settings.quality === COMPARED_QUALITY && !settings.trellis ? known : await encode(tiles, settings)
    const decompressed = tiles.mosaic.extract(await decode(file))
    return measurePoint({ setting: settings.quality, bytes: file.length, originals, decompressed, size: height * width, keep })
  }
  const measureAll = async (wanted: readonly number[], trellis: boolean) => {
    const measured: PicturedPoint[] = []
    for (const quality of wanted) measured.push(await measure({ quality, trellis }))
    return measured
  }
  // At rates that both reach, the trellis reaches less error.
  const branches = [
    { trellis: true, points: await measureAll(trellisQualities, true) },
    { trellis: false, points: await measureAll(qualities, false) },
  ]
  const points = branches.flatMap((branch) => branch.points)
  for (const rate of rates(Math.min(...points.map(({ bitsPerPixel }) => bitsPerPixel)))) {
    const branch = branches.find((each) => qualityAt(each.points, rate) !== null)
    const quality = branch ? qualityAt(branch.points, rate) : null
    if (!branch || quality === null || branch.points.some(({ setting }) => setting === quality)) continue
    points.push(await measure({ quality, trellis: branch.trellis }))
  }
  for (const { trellis, points: known } of branches) {
    const measured = new Map(known.map((point) => [point.setting, point]))
    for (const rate of within.filter((each) => qualityAt(known, each) !== null)) {
      points.push(...(await climb(rate, measured, (quality) => measure({ quality, trellis }))))
    }
  }
  return undominated(points)
}

/** Measures qualities from the highest known one that costs no more than a rate upwards, until one costs more; every quality is measured once. */
async function climb(
  rate: number,
  measured: Map<number, PicturedPoint>,
  measure: (quality: number) => Promise<PicturedPoint>,
): Promise<readonly PicturedPoint[]> {
  const found: PicturedPoint[] = []
  const affordable = [...measured.values()].filter(({ bitsPerPixel }) => bitsPerPixel <= rate)
  for (let quality = Math.max(...affordable.map(({ setting }) => setting)) + 1; ; quality++) {
    const point = measured.get(quality) ?? (await measure(quality))
    if (!measured.has(quality)) found.push(point)
    measured.set(quality, point)
    if (point.bitsPerPixel > rate) return found
  }
}

interface Tiles {
  readonly mosaic: Mosaic
  readonly pixels: Uint8Array
}

interface JpegSettings {
  readonly quality: number
  readonly trellis?: boolean
}

async function encode({ mosaic, pixels }: Tiles, { quality, trellis = false }: JpegSettings): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return sharp(pixels, { raw: { width: mosaic.width, height: mosaic.height, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({
      quality,
      mozjpeg: false,
      quantisationTable: FLAT_TABLE,
      optimiseCoding: true,
      progressive: true,
      optimiseScans: true,
      trellisQuantisation: trellis,
    })
    .toBuffer()
}

async function decode(file: Buffer): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const { data, info } = await sharp(file).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  return info.channels === 1 ? data : data.filter((_, index) => index % info.channels === 0)
}

/** Guesses the whole quality of a rate from measured points of rising quality, between which rates are as if on a straight line; null outside of them. */
function qualityAt(points: readonly PicturedPoint[], rate: number): number | null {
  const above = points.findIndex(({ bitsPerPixel }) => bitsPerPixel >= rate)
  const [low, high] = [points[above - 1], points[above]]
  if (!low || !high) return null
  const share = (rate - low.bitsPerPixel) / (high.bitsPerPixel - low.bitsPerPixel)
  return Math.round(low.setting + share * (high.setting - low.setting))
}

/** Leaves out points that another one beats in both rate and error; by rising rate. */
function undominated(points: readonly PicturedPoint[]): PicturedPoint[] {
  const best: PicturedPoint[] = []
  for (const point of points.toSorted((a, b) => a.bitsPerPixel - b.bitsPerPixel || b.peakSignalToNoiseRatio - a.peakSignalToNoiseRatio)) {
    if (point.peakSignalToNoiseRatio > (best.at(-1)?.peakSignalToNoiseRatio ?? Number.NEGATIVE_INFINITY)) best.push(point)
  }
  return best
}
