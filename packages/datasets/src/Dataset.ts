import type { DatasetId } from './catalog.js'
import type { Split } from './Split.js'

/** Training and test examples of one shape. */
export interface Dataset {
  readonly id: DatasetId
  /** Shape of one example: `[28, 28]` for images, `[2]` for points in the plane, `[3]` for points in space. */
  readonly exampleShape: readonly number[]
  readonly train: Split
  readonly test: Split
}
