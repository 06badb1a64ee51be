import type { TensorData, Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'

const uniform = new WeakMap<TensorData, number | null>()

/** Finds the number that all elements of a constant are; undefined for other values, and for int64. */
export function uniformValue(builder: GraphBuilder, value: Value | undefined): number | undefined {
  const constant = value && builder.constantOf(value)
  if (!constant || constant.data instanceof BigInt64Array || constant.data.length === 0) return undefined
  const known = uniform.get(constant.data)
  if (known !== undefined) return known ?? undefined
  const data: ArrayLike<number> = constant.data
  const first = data[0] ?? 0
  let isUniform = true
  for (let index = 1; index < data.length && isUniform; index++) isUniform = data[index] === first
  uniform.set(constant.data, isUniform ? first : null)
  return isUniform ? first : undefined
}
