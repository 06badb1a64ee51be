import type { GraphNode } from '../../graph.js'

/** How windows lie on the two spatial axes of an image: what an operator's attributes say, with their defaults. */
export interface ImageWindows {
  readonly strides: readonly [number, number]
  readonly dilations: readonly [number, number]
  /** Before the first row and column, then after the last. */
  readonly padsBegin: readonly [number, number]
  readonly padsEnd: readonly [number, number]
  readonly group: number
}

/** Reads the attributes of a convolution or a pooling, with their defaults. */
export function readWindows({ attributes }: GraphNode): ImageWindows {
  const list = (name: string) => {
    const value = attributes[name]
    return Array.isArray(value) ? value : []
  }
  const [top = 0, left = 0, bottom = 0, right = 0] = list('pads')
  const pair = ([first = 1, second = 1]: readonly number[]) => [first, second] as const
  return {
    strides: pair(list('strides')),
    dilations: pair(list('dilations')),
    padsBegin: [top, left],
    padsEnd: [bottom, right],
    group: Number(attributes.group ?? 1),
  }
}

/** The attributes of the same windows on [rows, columns, batch], where the batch is a third spatial axis that windows do not reach along. */
export function withBatchAxis({ strides, dilations, padsBegin, padsEnd }: Omit<ImageWindows, 'group'>) {
  return { strides: [...strides, 1], dilations: [...dilations, 1], pads: [...padsBegin, 0, ...padsEnd, 0] }
}
