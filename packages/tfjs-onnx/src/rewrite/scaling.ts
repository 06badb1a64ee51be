import type { GraphNode, Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { uniformValue } from './constants.js'

export interface Scaling {
  readonly x: Value
  readonly factor: number
}

/** Reads a node as x times a scalar constant; a division only by a power of two. */
export function readScaling({ op, inputs: [a, b] }: GraphNode, builder: GraphBuilder): Scaling | undefined {
  if ((op !== 'Mul' && op !== 'Div') || a?.dtype !== 'float32' || !b) return undefined
  const right = b.shape.length === 0 ? uniformValue(builder, b) : undefined
  if (op === 'Div') return right !== undefined && isPowerOfTwo(right) ? { x: a, factor: 1 / right } : undefined
  if (right !== undefined) return { x: a, factor: right }
  const left = a.shape.length === 0 ? uniformValue(builder, a) : undefined
  return left === undefined ? undefined : { x: b, factor: left }
}

/** Multiplies a value by a number. */
export function scale(builder: GraphBuilder, { x, factor }: Scaling): Value {
  return builder.node('Mul', [x, builder.scalar('float32', factor)])
}

/** Tells whether multiplying by a number is exact. */
export function isPowerOfTwo(factor: number): boolean {
  return isNormal(factor) && Number.isInteger(Math.log2(Math.abs(factor)))
}

/** Far from overflow and from numbers that lose digits near zero. */
export function isNormal(factor: number): boolean {
  const size = Math.abs(factor)
  return size > 2 ** -60 && size < 2 ** 60
}
