/** Examples that belong together, row after row. */
export interface Split {
  readonly count: number
  /** `[count, size]`, row-major. Bytes are pixels, 255 standing for 1.0; floats are coordinates. */
  readonly values: Uint8Array | Float32Array
  /** `[count]`: the class of each example, from 0. */
  readonly labels: Uint8Array
}
