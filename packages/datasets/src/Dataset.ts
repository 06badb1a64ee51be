import type { DatasetId } from './catalog.js'

/** Examples that belong together, row after row. */
export interface Split {
  readonly count: number
  /** `[count, size]`, row-major. Bytes are pixels, 255 standing for 1.0; floats are coordinates. */
  readonly values: Uint8Array | Float32Array
  /** `[count]`: the class of each example, from 0. */
  readonly labels: Uint8Array
}

/** Training and test examples of one shape. */
export interface Dataset {
  readonly id: DatasetId
  /** Shape of one example: `[28, 28]` for images, `[2]` for points. */
  readonly exampleShape: readonly number[]
  readonly train: Split
  readonly test: Split
}
