/** Values of an IDX file, in the machine's byte order. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array

interface IdxElement {
  /** Third byte of the file. */
  readonly code: number
  readonly bytes: number
  /** Turns big-endian bytes into values; single bytes are viewed in place. */
  readonly decode: (bytes: Uint8Array) => IdxValues
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

// A fresh copy is aligned for the wider views, and is what gets its bytes reversed.
function toMachineOrder(bytes: Uint8Array, width: number): ArrayBuffer {
  const copy = new Uint8Array(bytes.length)
  if (!littleEndian) copy.set(bytes)
  else for (let i = 0; i < bytes.length; i++) copy[i] = bytes[i + width - 1 - 2 * (i % width)] as number
  return copy.buffer
}

/** The element types of the IDX format, with the codes from its description on the MNIST page (LeCun, Cortes, Burges). */
export const idxElementTypes = {
  uint8: { code: 0x08, bytes: 1, decode: (bytes) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) },
  int8: { code: 0x09, bytes: 1, decode: (bytes) => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) },
  int16: { code: 0x0b, bytes: 2, decode: (bytes) => new Int16Array(toMachineOrder(bytes, 2)) },
  int32: { code: 0x0c, bytes: 4, decode: (bytes) => new Int32Array(toMachineOrder(bytes, 4)) },
  float32: { code: 0x0d, bytes: 4, decode: (bytes) => new Float32Array(toMachineOrder(bytes, 4)) },
  float64: { code: 0x0e, bytes: 8, decode: (bytes) => new Float64Array(toMachineOrder(bytes, 8)) },
} as const satisfies Record<string, IdxElement>

export type IdxElementType = keyof typeof idxElementTypes
