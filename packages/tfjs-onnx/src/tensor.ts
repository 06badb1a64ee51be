/** Element types of the graph. `int64` occurs only where ONNX wants shapes, axes and indices. */
export type DType = 'float32' | 'int32' | 'bool' | 'int64'

export type Shape = readonly number[]

export interface TensorType {
  readonly dtype: DType
  readonly shape: Shape
}

/** The elements of a constant, row-major; `bool` is one byte an element. */
export type TensorData = Float32Array | Int32Array | Uint8Array | BigInt64Array

/** One tensor that flows through a graph. It is defined once: by an input, a state, a constant or a node. */
export interface Value extends TensorType {
  /** Unique within its graph. */
  readonly id: number
}

export interface Constant {
  readonly value: Value
  readonly data: TensorData
}

export type AttributeValue = number | readonly number[] | string

export type Attributes = Readonly<Record<string, AttributeValue>>

/** One application of an operator, whatever its name. */
export interface OperatorUse {
  readonly op: string
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly attributes: Attributes
}

/** Counts the elements of a tensor of this shape; a scalar has one. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, dimension) => size * dimension, 1)
}

/** Tells whether two shapes have the same sizes in the same order. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis])
}

/** Writes a type as messages and printed graphs show it: `float32[128,784]`. */
export function formatType({ dtype, shape }: TensorType): string {
  return `${dtype}[${shape.join(',')}]`
}

const arrayTypes = { float32: Float32Array, int32: Int32Array, bool: Uint8Array, int64: BigInt64Array } as const

/** Copies numbers into the array type of `dtype`: truncates for integers, nonzero is 1 for `bool`. */
export function toTensorData(dtype: DType, values: ArrayLike<number | bigint | boolean>): TensorData {
  switch (dtype) {
    case 'float32':
      // Large ones are floats already.
      return values instanceof Float32Array ? values.slice() : Float32Array.from(values, Number)
    case 'int32':
      return Int32Array.from(values, Number)
    case 'bool':
      return Uint8Array.from(values, (value) => (Number(value) === 0 ? 0 : 1))
    case 'int64':
      return BigInt64Array.from(Array.from(values, (value) => BigInt(value)))
  }
}

/** Makes a constant's elements, all of them `value`. */
export function filledTensorData(dtype: Exclude<DType, 'int64'>, size: number, value: number): TensorData {
  return new arrayTypes[dtype](size).fill(dtype === 'bool' ? (value === 0 ? 0 : 1) : value)
}
