import type { DatasetId } from './catalog.js'
import type { Split } from './Split.js'

/** Training, validation and test examples of one shape. */
export interface Dataset {
  readonly id: DatasetId
  /** Shape of one example: `[28, 28]` for images, `[2]` for points in the plane, `[3]` for points in space. */
  readonly exampleShape: readonly number[]
  readonly train: Split
  /** Held out of the training split: scored after each epoch, never learned from; null where none are. */
  readonly validation: Split | null
  readonly test: Split
}
