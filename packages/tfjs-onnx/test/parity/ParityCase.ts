import type { Tensor } from '@tensorflow/tfjs-core'
import type fc from 'fast-check'
import { shapes } from './arbitraries.js'

export interface ParityInput {
  readonly shape: readonly number[]
  /** @default 'float32' */
  readonly dtype?: 'float32' | 'int32' | 'bool'
  /** Values are drawn uniformly from here. @default [-2, 2]; int32: [-9, 9] */
  readonly range?: readonly [number, number]
}

/** What is called, and on what: drawn anew for each run of a case. */
export interface ParityExample {
  readonly inputs: readonly ParityInput[]
  readonly call: (...inputs: Tensor[]) => Tensor
}

/** Calls of one kind to compare with tfjs's cpu backend. */
export interface ParityCase {
  /** The kernel whose rule it tests; its tolerance holds. */
  readonly kernel: string
  /** What distinguishes it from other calls of the same kernel. */
  readonly title?: string
  /** For calls of several kernels. @default that of the kernel's rule */
  readonly tolerance?: number
  readonly example: fc.Arbitrary<ParityExample>
  /** Whether to compare gradients with respect to the float32 inputs. @default true */
  readonly gradient?: boolean
}

export interface ShapedCase extends Omit<ParityCase, 'example'> {
  /** Makes the inputs from a random shape of 1 to 3 axes. */
  readonly inputs: (shape: readonly number[]) => readonly ParityInput[]
  readonly call: ParityExample['call']
}

/** Makes a case whose call is always the same and whose inputs follow from one random shape. */
export function shaped({ inputs, call, ...rest }: ShapedCase): ParityCase {
  return { ...rest, example: shapes.map((shape) => ({ inputs: inputs(shape), call })) }
}
