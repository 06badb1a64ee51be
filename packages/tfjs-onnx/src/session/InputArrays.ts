/** The array that holds an input's values, by its element type. */
export interface InputArrays {
  readonly float32: Float32Array
  readonly int32: Int32Array
  readonly bool: Uint8Array
}
