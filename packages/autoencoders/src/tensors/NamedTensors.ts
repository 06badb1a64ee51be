export interface PlainTensor {
  readonly shape: readonly number[]
  /** Row-major. */
  readonly values: Float32Array
}

/** Tensors by name, outside any engine: parameters, optimizer state, the content of a checkpoint. */
export type NamedTensors = Readonly<Record<string, PlainTensor>>

/** Counts the values of one tensor of a shape; the empty shape is a scalar. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1)
}
