import { type IdxElementType, idxElementTypes } from '../../src/node/idxElementTypes.js'

export interface IdxContent {
  readonly elementType: IdxElementType
  readonly shape: readonly number[]
  readonly values: ArrayLike<number>
}

const setters = {
  uint8: 'setUint8',
  int8: 'setInt8',
  int16: 'setInt16',
  int32: 'setInt32',
  float32: 'setFloat32',
  float64: 'setFloat64',
} as const satisfies Record<IdxElementType, keyof DataView>

/** Writes an IDX file the slow and obvious way, value by value through a DataView. */
export function encodeIdx({ elementType, shape, values }: IdxContent): Uint8Array {
  const { code, bytes } = idxElementTypes[elementType]
  const header = 4 + 4 * shape.length
  const file = new Uint8Array(header + bytes * values.length)
  file.set([0, 0, code, shape.length])
  const view = new DataView(file.buffer)
  shape.forEach((size, dimension) => {
    view.setUint32(4 + 4 * dimension, size)
  })
  for (let i = 0; i < values.length; i++) view[setters[elementType]](header + bytes * i, values[i] ?? 0)
  return file
}
