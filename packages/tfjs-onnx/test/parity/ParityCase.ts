import type { Tensor } from '@tensorflow/tfjs-core'

export interface ParityInput {
  readonly shape: readonly number[]
  /** @default 'float32' */
  readonly dtype?: 'float32' | 'int32' | 'bool'
  /** Values are drawn uniformly from here. @default [-2, 2]; int32: [-9, 9] */
  readonly range?: readonly [number, number]
}

/** One call to compare with tfjs's cpu backend. */
export interface ParityCase {
  /** The kernel whose rule it tests; its tolerance holds. */
  readonly kernel: string
  /** What distinguishes it from other calls of the same kernel. */
  readonly title?: string
  /** Makes the inputs from a random shape of 1 to 3 axes. */
  readonly inputs: (shape: readonly number[]) => readonly ParityInput[]
  readonly call: (...inputs: Tensor[]) => Tensor
  /** Whether to compare gradients with respect to the float32 inputs. @default true */
  readonly gradient?: boolean
}
