import { clipToUnit } from '../metrics/clipToUnit.js'
import { type LatentModel, reconstruct } from './LatentModel.js'

export interface FillInOptions {
  /** `[values of one example]` */
  readonly example: Float32Array
  /** 1 where a value is missing, `[values of one example]`. */
  readonly missing: Uint8Array
  /** What missing values begin with, `[values of one example]`. */
  readonly start: Float32Array
  /** How often the example is encoded and decoded. */
  readonly iterations: number
  readonly signal?: AbortSignal
}

/**
 * Fills in missing values in 0…1 of one example: encodes and decodes the whole, puts what comes out in place of what is missing, and repeats
 * (Rezende, Mohamed & Wierstra 2014, appendix F, with means in place of draws). What is there stays as it is.
 */
export async function fillIn(model: LatentModel, { example, missing, start, iterations, signal }: FillInOptions): Promise<Float32Array> {
  const withMissing = (values: Float32Array) => example.map((value, at) => (missing[at] ? (values[at] as number) : value))
  let filled = withMissing(start)
  for (let iteration = 0; iteration < iterations; iteration++) {
    filled = withMissing(clipToUnit(await reconstruct(model, { examples: filled, count: 1, ...(signal ? { signal } : {}) })))
  }
  return filled
}
