import { type JpegSettings, JpegTiles } from './JpegTiles.js'
import type { RateDistortionPoint } from './RateDistortionPoint.js'

export interface JpegRateDistortionOptions {
  readonly height: number
  readonly width: number
  /** @default eight, poor to good */
  readonly qualities?: readonly number[]
  /** Qualities at which the encoder may also drop what costs more than it brings, for rates that plain rounding does not reach. @default four */
  readonly trellisQualities?: readonly number[]
  /** Rates, in bits per pixel, of each of which there is to be the best point that costs no more: that of the highest whole quality. @default none */
  readonly within?: readonly number[]
}

/** What JPEG comes to on images whatever they are compared with. */
export interface JpegMeasurements {
  /** Tiles are padded to multiples of so many pixels a side. */
  readonly padding: number
  /** With the trellis, which reaches less error at rates that both reach, and without. */
  readonly branches: readonly JpegBranch[]
}

export interface JpegBranch {
  readonly trellis: boolean
  /** At the qualities that were asked for. */
  readonly points: readonly RateDistortionPoint[]
  /** Up to the rates that were asked for. */
  readonly searched: readonly RateDistortionPoint[]
}

/** A point of JPEG's curve, whose `setting` is the quality. */
export interface JpegPoint extends RateDistortionPoint, Pick<JpegSettings, 'trellis'> {}

const defaultQualities: readonly number[] = [1, 5, 10, 20, 35, 50, 70, 90]
const defaultTrellisQualities: readonly number[] = [1, 3, 6, 10]
/** Tiles are padded to whole blocks of 8 × 8 pixels, or not at all where blocks that hold parts of two images cost less. */
const PADDINGS = [1, 8] as const
/** Quality at which they are compared. */
const COMPARED = { quality: 20, trellis: false } as const

/**
 * Compresses grey images [n, height, width] in 0…1 with JPEG as it reaches the least squared error at each rate: a flat table of quantisation in
 * place of one tuned to the eye, and all images as tiles of one file.
 */
export async function measureJpeg(originals: Float32Array, options: JpegRateDistortionOptions): Promise<JpegMeasurements> {
  const { height, width, qualities = defaultQualities, trellisQualities = defaultTrellisQualities, within = [] } = options
  const padding = await cheaperPadding(originals, { height, width })
  const tiles = new JpegTiles(originals, { height, width, padding })
  const branches: JpegBranch[] = []
  for (const [trellis, wanted] of [[true, trellisQualities] as const, [false, qualities] as const]) {
    const measure = (quality: number) => measureAt(tiles, { quality, trellis })
    const points: RateDistortionPoint[] = []
    for (const quality of wanted) points.push(await measure(quality))
    const searched: RateDistortionPoint[] = []
    for (const rate of within.filter((each) => qualityAt(points, each) !== null)) {
      searched.push(...(await climb(rate, [...points, ...searched], measure)))
    }
    branches.push({ trellis, points, searched })
  }
  return { padding, branches }
}

async function cheaperPadding(originals: Float32Array, sides: Pick<JpegRateDistortionOptions, 'height' | 'width'>): Promise<number> {
  const sizes = await Promise.all(
    PADDINGS.map(async (padding) => (await new JpegTiles(originals, { ...sides, padding }).encode(COMPARED)).length),
  )
  return PADDINGS[sizes.indexOf(Math.min(...sizes))] ?? 1
}

async function measureAt(tiles: JpegTiles, settings: JpegSettings): Promise<RateDistortionPoint> {
  const { images: _, ...point } = await tiles.measure(await tiles.encode(settings), settings.quality)
  return point
}

/** Measures qualities from the highest known one that costs no more than a rate upwards, until one costs more; every quality is measured once. */
async function climb(
  rate: number,
  known: readonly RateDistortionPoint[],
  measure: (quality: number) => Promise<RateDistortionPoint>,
): Promise<readonly RateDistortionPoint[]> {
  const measured = new Map(known.map((point) => [point.setting, point]))
  const found: RateDistortionPoint[] = []
  const affordable = known.filter(({ bitsPerPixel }) => bitsPerPixel <= rate)
  for (let quality = Math.max(...affordable.map(({ setting }) => setting)) + 1; ; quality++) {
    const point = measured.get(quality) ?? (await measure(quality))
    if (!measured.has(quality)) found.push(point)
    if (point.bitsPerPixel > rate) return found
  }
}

export interface JpegCurveOptions extends Pick<JpegRateDistortionOptions, 'height' | 'width'> {
  /** Given the least rate that is reached, names those, in bits per pixel, that a point is to come as near to as whole qualities do. @default none */
  readonly rates?: (least: number) => readonly number[]
}

/** Draws JPEG's curve of what was measured of images, by rising rate: points that no other one beats in both rate and error. */
export async function jpegCurve(
  originals: Float32Array,
  { padding, branches }: JpegMeasurements,
  { height, width, rates = () => [] }: JpegCurveOptions,
): Promise<JpegPoint[]> {
  const pointsOf = ({ trellis }: JpegBranch, points: readonly RateDistortionPoint[]) => points.map((point) => ({ ...point, trellis }))
  const points: JpegPoint[] = branches.flatMap((branch) => pointsOf(branch, branch.points))
  const tiles = new JpegTiles(originals, { height, width, padding })
  for (const rate of rates(Math.min(...points.map(({ bitsPerPixel }) => bitsPerPixel)))) {
    const branch = branches.find((each) => qualityAt(each.points, rate) !== null)
    const quality = branch ? qualityAt(branch.points, rate) : null
    if (!branch || quality === null) continue
    const isKnown = [...branch.points, ...branch.searched].some(({ setting }) => setting === quality)
    if (!isKnown) points.push({ ...(await measureAt(tiles, { quality, trellis: branch.trellis })), trellis: branch.trellis })
  }
  return undominated([...points, ...branches.flatMap((branch) => pointsOf(branch, branch.searched))])
}

/** Returns the first images as they are at a point of the curve, [keep, height · width] in 0…1. */
export async function jpegImages(
  originals: Float32Array,
  { setting: quality, trellis }: JpegPoint,
  { keep, ...tiled }: { readonly height: number; readonly width: number; readonly padding: number; readonly keep: number },
): Promise<Float32Array> {
  const tiles = new JpegTiles(originals, tiled)
  return (await tiles.measure(await tiles.encode({ quality, trellis }), quality, keep)).images
}

/** Guesses the whole quality of a rate from measured points of rising quality, between which rates are as if on a straight line; null outside of them. */
function qualityAt(points: readonly RateDistortionPoint[], rate: number): number | null {
  const above = points.findIndex(({ bitsPerPixel }) => bitsPerPixel >= rate)
  const [low, high] = [points[above - 1], points[above]]
  if (!low || !high) return null
  const share = (rate - low.bitsPerPixel) / (high.bitsPerPixel - low.bitsPerPixel)
  return Math.round(low.setting + share * (high.setting - low.setting))
}

/** Leaves out points that another one beats in both rate and error; by rising rate. */
function undominated(points: readonly JpegPoint[]): JpegPoint[] {
  const best: JpegPoint[] = []
  for (const point of points.toSorted((a, b) => a.bitsPerPixel - b.bitsPerPixel || b.peakSignalToNoiseRatio - a.peakSignalToNoiseRatio)) {
    if (point.peakSignalToNoiseRatio > (best.at(-1)?.peakSignalToNoiseRatio ?? Number.NEGATIVE_INFINITY)) best.push(point)
  }
  return best
}
