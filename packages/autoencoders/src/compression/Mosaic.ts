export interface MosaicOptions {
  readonly count: number
  readonly height: number
  readonly width: number
  /** Tiles are padded to multiples of so many pixels a side. */
  readonly multiple: number
}

/** Lays images of one size out as tiles of one image of 8-bit pixels, each tile padded by repeating the image's last row and column. */
export class Mosaic {
  readonly width: number
  readonly height: number
  readonly #tileWidth: number
  readonly #tileHeight: number
  readonly #columns: number

  constructor(private readonly images: MosaicOptions) {
    const { count, multiple } = images
    this.#tileWidth = Math.ceil(images.width / multiple) * multiple
    this.#tileHeight = Math.ceil(images.height / multiple) * multiple
    this.#columns = Math.ceil(Math.sqrt(count))
    this.width = this.#columns * this.#tileWidth
    this.height = Math.ceil(count / this.#columns) * this.#tileHeight
  }

  /** Rounds images [count, height, width] in 0…1 to pixels [mosaic height, mosaic width]; tiles without an image are black. */
  compose(values: Float32Array): Uint8Array {
    const { count, height, width } = this.images
    const pixels = new Uint8Array(this.width * this.height)
    for (let image = 0; image < count; image++) {
      const corner = this.#cornerOf(image)
      for (let row = 0; row < this.#tileHeight; row++) {
        for (let column = 0; column < this.#tileWidth; column++) {
          const source = (image * height + Math.min(row, height - 1)) * width + Math.min(column, width - 1)
          pixels[corner + row * this.width + column] = Math.round(255 * Math.min(1, Math.max(0, values[source] as number)))
        }
      }
    }
    return pixels
  }

  /** Returns the images of a mosaic, [count, height, width] in 0…1, without the padding. */
  extract(pixels: Uint8Array): Float32Array {
    const { count, height, width } = this.images
    const values = new Float32Array(count * height * width)
    for (let image = 0; image < count; image++) {
      const corner = this.#cornerOf(image)
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          values[(image * height + row) * width + column] = (pixels[corner + row * this.width + column] as number) / 255
        }
      }
    }
    return values
  }

  /** Index of a tile's first pixel. */
  #cornerOf(image: number): number {
    return Math.floor(image / this.#columns) * this.#tileHeight * this.width + (image % this.#columns) * this.#tileWidth
  }
}
