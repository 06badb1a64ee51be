import { DatasetError, type DatasetErrorCode, type DatasetErrorDetails } from '../DatasetError.js'
import { type IdxElementType, type IdxValues, idxElementTypes } from './idxElementTypes.js'

const magicBytes = 4

/** An array read from an IDX file. */
export interface IdxArray {
  readonly elementType: IdxElementType
  readonly shape: readonly number[]
  /** Row-major; as many as the product of the shape. */
  readonly values: IdxValues
}

/**
 * Parses a whole IDX file: two zero bytes, type code, number of dimensions, big-endian sizes, big-endian values, and nothing after them.
 *
 * Single-byte values share memory with `file`; wider ones are copied.
 *
 * @param name What error messages call the file.
 * @throws DatasetError TRUNCATED_FILE, SURPLUS_BYTES, INVALID_IDX_HEADER or UNSUPPORTED_IDX_TYPE.
 */
export function parseIdx(file: Uint8Array, name: string): IdxArray {
  const elementType = readElementType(file, name)
  const shape = readShape(file, name)
  const element = idxElementTypes[elementType]
  const headerBytes = magicBytes + 4 * shape.length
  // BigInt: 255 sizes of up to 2^32 - 1 can be claimed, and the message should name the exact number.
  const expectedBytes = shape.reduce((product, size) => product * BigInt(size), BigInt(element.bytes)) + BigInt(headerBytes)
  if (BigInt(file.length) !== expectedBytes) {
    const truncated = BigInt(file.length) < expectedBytes
    throw idxError(truncated ? 'TRUNCATED_FILE' : 'SURPLUS_BYTES', name, {
      expected: `${expectedBytes} bytes (a header of ${headerBytes} and ${shape.join(' x ')} values of ${element.bytes})`,
      found: String(file.length),
      advice: truncated ? 'Get the file again; its download or copy was cut short.' : 'Get the file again; something was appended to it.',
    })
  }
  return { elementType, shape, values: element.decode(file.subarray(headerBytes)) }
}

function readElementType(file: Uint8Array, name: string): IdxElementType {
  const [zero0, zero1, code, dimensions] = file
  if (zero0 === undefined || zero1 === undefined || code === undefined || dimensions === undefined) {
    throw truncatedHeader(file, name, magicBytes)
  }
  if (zero0 !== 0 || zero1 !== 0) {
    throw idxError('INVALID_IDX_HEADER', name, {
      expected: 'an IDX file, which begins with the bytes 00 00 (or a gzip file, which begins with 1f 8b)',
      found: `${hex(zero0)} ${hex(zero1)}`,
      advice: 'Check that this is the right file and that it is not an archive of another kind or an error page saved under its name.',
    })
  }
  for (const elementType of Object.keys(idxElementTypes) as IdxElementType[]) {
    if (idxElementTypes[elementType].code === code) return elementType
  }
  throw idxError('UNSUPPORTED_IDX_TYPE', name, {
    expected: `as its third byte a type code: ${describeElementTypes()}`,
    found: hex(code),
    advice: 'Write the file with one of these element types.',
  })
}

function readShape(file: Uint8Array, name: string): number[] {
  const dimensions = file[magicBytes - 1] ?? 0
  if (dimensions === 0) {
    throw idxError('INVALID_IDX_HEADER', name, {
      expected: 'as its fourth byte a number of dimensions from 1 to 255',
      found: '0',
      advice: 'Get the file again, or write its shape into the header.',
    })
  }
  const headerBytes = magicBytes + 4 * dimensions
  if (file.length < headerBytes) throw truncatedHeader(file, name, headerBytes)
  const view = new DataView(file.buffer, file.byteOffset, headerBytes)
  return Array.from({ length: dimensions }, (_, dimension) => view.getUint32(magicBytes + 4 * dimension))
}

function truncatedHeader(file: Uint8Array, name: string, headerBytes: number): DatasetError {
  return idxError('TRUNCATED_FILE', name, {
    expected: `an IDX header of ${headerBytes} bytes`,
    found: `${file.length} in the whole file`,
    advice: 'Get the file again; its download or copy was cut short.',
  })
}

function idxError(code: DatasetErrorCode, name: string, details: Omit<DatasetErrorDetails, 'subject'>): DatasetError {
  return new DatasetError(code, { subject: name, ...details })
}

function describeElementTypes(): string {
  return Object.entries(idxElementTypes)
    .map(([elementType, { code }]) => `${hex(code)} (${elementType})`)
    .join(', ')
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
