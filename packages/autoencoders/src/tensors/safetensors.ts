import { AutoencoderError } from '../AutoencoderError.js'
import { type NamedTensors, type PlainTensor, sizeOfShape } from './NamedTensors.js'

const LENGTH_BYTES = 8
/** The reference implementation's limit; a longer header is an attack or another format. */
const MAXIMUM_HEADER_BYTES = 100_000_000
const METADATA = '__metadata__'

interface HeaderEntry {
  readonly name: string
  readonly dtype: DataType
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/** How stored bytes become float32 values. A new dtype is a new row. */
const dataTypes = {
  F32: {
    bytes: 4,
    // The copy aligns the values, and frees the file's buffer once its tensors are read. A Node Buffer's own slice would not copy.
    read: (bytes: Uint8Array) => new Float32Array(Uint8Array.prototype.slice.call(bytes).buffer),
  },
  U8: { bytes: 1, read: (bytes: Uint8Array) => Float32Array.from(bytes) },
} as const satisfies Record<string, { bytes: number; read: (bytes: Uint8Array) => Float32Array }>

type DataType = keyof typeof dataTypes

/**
 * Encodes tensors as a safetensors file: 8 bytes of little-endian header length, a JSON header padded with spaces to 8 bytes, then the
 * float32 values of each tensor, little-endian, in the order of the object's keys.
 * Source: https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors(tensors: NamedTensors): Uint8Array {
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    if (values.length !== sizeOfShape(shape)) {
      throw invalid(`tensor ${name}: expected ${sizeOfShape(shape)} values for shape [${shape.join(', ')}], got ${values.length}`)
    }
  }
  const head = encodeSafetensorsHead(Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])))
  const file = new Uint8Array(Object.values(tensors).reduce((sum, { values }) => sum + values.byteLength, head.length))
  file.set(head)
  let position = head.length
  for (const { values } of Object.values(tensors)) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position)
    position += values.byteLength
  }
  return file
}

/** Encodes what a safetensors file of float32 tensors begins with: whoever appends the values of each, in the order of the object's keys, has the file. */
export function encodeSafetensorsHead(shapes: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const header: Record<string, { dtype: 'F32'; shape: readonly number[]; data_offsets: [number, number] }> = {}
  let offset = 0
  for (const [name, shape] of Object.entries(shapes)) {
    if (name === METADATA) throw invalid(`tensor name: expected any but ${METADATA}, which the format reserves`)
    const end = offset + sizeOfShape(shape) * dataTypes.F32.bytes
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, end] }
    offset = end
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const headerBytes = Math.ceil(json.length / 8) * 8
  const head = new Uint8Array(LENGTH_BYTES + headerBytes).fill(0x20)
  new DataView(head.buffer).setBigUint64(0, BigInt(headerBytes), true)
  head.set(json, LENGTH_BYTES)
  return head
}

/**
 * Decodes a safetensors file of F32 and U8 tensors (U8 becomes floats 0…255); ignores its metadata.
 * Throws AutoencoderError INVALID_SAFETENSORS, naming the tensor, where the header is malformed, a type is unsupported, or the data has
 * gaps, overlaps or bytes left over.
 */
export function decodeSafetensors(file: Uint8Array): NamedTensors {
  const headerBytes = readHeaderLength(file)
  const header = parseHeader(file.subarray(LENGTH_BYTES, LENGTH_BYTES + headerBytes))
  const data = file.subarray(LENGTH_BYTES + headerBytes)
  const entries = Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, value]) => checkEntry(name, value))
  checkCoverage(entries, data.length)
  return Object.fromEntries(
    entries.map(({ name, dtype, shape, begin, end }): [string, PlainTensor] => [
      name,
      { shape, values: dataTypes[dtype].read(data.subarray(begin, end)) },
    ]),
  )
}

export type SafetensorsStart =
  | {
      readonly tensors: NamedTensors
      /** Shapes of all tensors of the file. */
      readonly shapes: Readonly<Record<string, readonly number[]>>
      /** Where the values of each begin in the file, in bytes. */
      readonly offsets: Readonly<Record<string, number>>
    }
  /** So many bytes of the file are needed. */
  | { readonly missingUpTo: number }

/**
 * Decodes the named tensors of a file of which only the beginning is at hand; a file that has one of them not leaves it out. Throws as
 * {@link decodeSafetensors} does for a malformed header.
 */
export function decodeSafetensorsStart(start: Uint8Array, names: readonly string[]): SafetensorsStart {
  if (start.length < LENGTH_BYTES) throw invalid(`file: expected at least ${LENGTH_BYTES} bytes, got ${start.length}`)
  const headerEnd = LENGTH_BYTES + Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true))
  if (headerEnd > LENGTH_BYTES + MAXIMUM_HEADER_BYTES) throw invalid(`header length: expected at most ${MAXIMUM_HEADER_BYTES} bytes`)
  if (headerEnd > start.length) return { missingUpTo: headerEnd }
  const header = parseHeader(start.subarray(LENGTH_BYTES, headerEnd))
  const entries = Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, value]) => checkEntry(name, value))
  const wanted = entries.filter(({ name }) => names.includes(name))
  const missingUpTo = headerEnd + Math.max(0, ...wanted.map(({ end }) => end))
  if (missingUpTo > start.length) return { missingUpTo }
  const read = ({ name, dtype, shape, begin, end }: HeaderEntry): [string, PlainTensor] => [
    name,
    { shape, values: dataTypes[dtype].read(start.subarray(headerEnd + begin, headerEnd + end)) },
  ]
  return {
    tensors: Object.fromEntries(wanted.map(read)),
    shapes: Object.fromEntries(entries.map(({ name, shape }) => [name, shape])),
    offsets: Object.fromEntries(entries.map(({ name, begin }) => [name, headerEnd + begin])),
  }
}

function readHeaderLength(file: Uint8Array): number {
  if (file.length < LENGTH_BYTES) throw invalid(`file: expected at least ${LENGTH_BYTES} bytes, got ${file.length}`)
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true)
  if (length > MAXIMUM_HEADER_BYTES) throw invalid(`header length: expected at most ${MAXIMUM_HEADER_BYTES} bytes, got ${length}`)
  if (LENGTH_BYTES + Number(length) > file.length) {
    throw invalid(`header: expected ${length} bytes, got ${file.length - LENGTH_BYTES} before the end of the file`)
  }
  return Number(length)
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw invalid('header: expected a JSON object, got text that is not JSON', { cause })
  }
  if (!isRecord(header)) throw invalid(`header: expected a JSON object, got ${JSON.stringify(header)?.slice(0, 40)}`)
  return header
}

function checkEntry(name: string, entry: unknown): HeaderEntry {
  if (!isRecord(entry)) throw invalid(`tensor ${name}: expected an object of dtype, shape and data_offsets`)
  const { dtype, shape, data_offsets: offsets } = entry
  if (typeof dtype !== 'string' || !Object.hasOwn(dataTypes, dtype)) {
    throw invalid(`tensor ${name}: expected dtype ${Object.keys(dataTypes).join(' or ')}, got ${JSON.stringify(dtype)}`)
  }
  if (!isSizes(shape)) throw invalid(`tensor ${name}: expected a shape of whole numbers, got ${JSON.stringify(shape)}`)
  const [begin, end] = isSizes(offsets) && offsets.length === 2 ? offsets : []
  if (begin === undefined || end === undefined || end < begin) {
    throw invalid(`tensor ${name}: expected data_offsets [begin, end], got ${JSON.stringify(offsets)}`)
  }
  const type = dtype as DataType
  const expected = sizeOfShape(shape) * dataTypes[type].bytes
  if (end - begin !== expected) {
    throw invalid(`tensor ${name}: expected ${expected} bytes for ${dtype} of shape [${shape.join(', ')}], got ${end - begin}`)
  }
  return { name, dtype: type, shape, begin, end }
}

/** Checks that the tensors tile the data exactly, as the format demands: files with holes can smuggle other content. */
function checkCoverage(entries: readonly HeaderEntry[], dataBytes: number): void {
  let position = 0
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== position) throw invalid(`tensor ${name}: expected its data to begin at ${position}, got ${begin}`)
    position = end
  }
  if (position !== dataBytes) throw invalid(`data: expected ${position} bytes, got ${dataBytes}`)
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)

const invalid = (message: string, options?: ErrorOptions) => new AutoencoderError('INVALID_SAFETENSORS', message, options)
