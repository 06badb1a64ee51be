import { Mosaic } from './Mosaic.js'
import { measurePoint, type PicturedPoint } from './measurePoint.js'

export interface JpegTilesOptions {
  readonly height: number
  readonly width: number
  /** Tiles are padded to multiples of so many pixels a side. */
  readonly padding: number
}

/** How JPEG compresses. */
export interface JpegSettings {
  /** From 1 to 100. */
  readonly quality: number
  /** Whether the encoder may also drop what costs more than it brings, for rates that plain rounding does not reach. */
  readonly trellis: boolean
}

/** The flat table of quantisation in libvips: every frequency costs the same error, which is best for a squared error. */
const FLAT_TABLE = 1

/**
 * Grey images [n, height, width] in 0…1 as tiles of one JPEG file, so that its header and tables are paid once and not by each small image, with
 * progressive scans and Huffman tables that fit the images.
 */
export class JpegTiles {
  readonly #originals: Float32Array
  readonly #size: number
  readonly #mosaic: Mosaic
  readonly #pixels: Uint8Array

  constructor(originals: Float32Array, { height, width, padding }: JpegTilesOptions) {
    this.#originals = originals
    this.#size = height * width
    this.#mosaic = new Mosaic({ count: originals.length / this.#size, height, width, multiple: padding })
    this.#pixels = this.#mosaic.compose(originals)
  }

  async encode({ quality, trellis }: JpegSettings): Promise<Uint8Array> {
    const { default: sharp } = await import('sharp')
    return sharp(this.#pixels, { raw: { width: this.#mosaic.width, height: this.#mosaic.height, channels: 1 } })
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

  /** Measures a file of these tiles, by its quality. Rate counts the pixels of the images, not the padding. `keep` says how many images stay with it. */
  async measure(file: Uint8Array, quality: number, keep?: number): Promise<PicturedPoint> {
    const decompressed = this.#mosaic.extract(await decode(file))
    return measurePoint({ setting: quality, bytes: file.length, originals: this.#originals, decompressed, size: this.#size, keep })
  }
}

async function decode(file: Uint8Array): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const { data, info } = await sharp(file).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  return info.channels === 1 ? data : data.filter((_, index) => index % info.channels === 0)
}
