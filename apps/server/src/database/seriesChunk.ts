import { crc32 } from 'node:zlib'
import type { Read } from '@hourglass/protocol'
import { z } from 'zod'
import type { SeriesPoint } from './SeriesPoint.js'

/**
 * A chunk is, little-endian: the letters `HGS` and a byte for the version; uint32 CRC-32 of all that follows; uint32 length of the header; the header, a JSON
 * list of names, padded with spaces so that what follows begins at a multiple of 8 bytes; for each point its place, float64, exact to 2^53; then for each
 * name the values of all points, float64. A value that is missing is a NaN whose lowest bit is set.
 *
 * Version 1 begins with the length of the header. Padding makes that 4 more than a multiple of 8, which no `H` (0x48) is: so the two are told apart.
 */
const VERSION = 2
const LETTERS = [0x48, 0x47, 0x53]
/** Where the length of the header stands, by version. */
const LENGTH_AT = { 1: 0, 2: 8 } as const
const MISSING = 0x7ff8000000000001n
const WORD = 8

const namesSchema = z.array(z.string())

/** Encodes points in ascending order of their places; 8 bytes for each value. */
export function encodeChunk(points: readonly SeriesPoint[]): Uint8Array<ArrayBuffer> {
  const names = [...new Set(points.flatMap(({ values }) => Object.keys(values)))]
  const json = new TextEncoder().encode(JSON.stringify(names))
  const lengthAt = LENGTH_AT[VERSION]
  const start = Math.ceil((lengthAt + 4 + json.length) / WORD) * WORD
  const chunk = new Uint8Array(start + (names.length + 1) * points.length * WORD)
  const view = new DataView(chunk.buffer)
  chunk.set([...LETTERS, VERSION])
  view.setUint32(lengthAt, start - lengthAt - 4, true)
  chunk.fill(0x20, lengthAt + 4, start)
  chunk.set(json, lengthAt + 4)
  points.forEach(({ at }, index) => {
    view.setFloat64(start + index * WORD, at, true)
  })
  names.forEach((name, column) => {
    points.forEach(({ values }, index) => {
      const offset = start + ((column + 1) * points.length + index) * WORD
      // Names are anybody's: `toString` is one of every object.
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      if (value === undefined) view.setBigUint64(offset, MISSING, true)
      else view.setFloat64(offset, value, true)
    })
  })
  view.setUint32(4, crc32(chunk.subarray(lengthAt)), true)
  return chunk
}

/** Reads the points of a chunk; says why where it is damaged or of a version that is not known here. */
export function readChunk(chunk: Uint8Array): Read<readonly SeriesPoint[]> {
  try {
    const version = versionOf(chunk)
    if (version > VERSION) {
      return { problem: `expected version 1 to ${VERSION}, got ${version}. A newer Hourglass wrote it; update this one to read it.` }
    }
    return { value: decodePoints(chunk, LENGTH_AT[version === 1 ? 1 : 2]) }
  } catch (error) {
    return { problem: `it is damaged: ${error instanceof RangeError ? error.message : 'expected a list of names, got something else'}` }
  }
}

/** Tells which version wrote a chunk; throws a RangeError where it is none. */
function versionOf(chunk: Uint8Array): number {
  const [first = 0] = chunk
  if (chunk.length >= 4 && first % WORD === 4) return 1
  const version = chunk[3] ?? 0
  if (!LETTERS.every((letter, index) => chunk[index] === letter) || version < 2) {
    throw new RangeError(`expected the beginning of a chunk, got ${chunk.length} bytes that begin otherwise`)
  }
  const view = viewOf(chunk)
  if (version === VERSION && (chunk.length < 12 || view.getUint32(4, true) !== crc32(chunk.subarray(LENGTH_AT[VERSION])))) {
    throw new RangeError('expected bytes of its checksum, got others')
  }
  return version
}

function decodePoints(chunk: Uint8Array, lengthAt: number): readonly SeriesPoint[] {
  const view = viewOf(chunk)
  const start = lengthAt + 4 + view.getUint32(lengthAt, true)
  const names = namesSchema.parse(JSON.parse(new TextDecoder().decode(chunk.subarray(lengthAt + 4, start))))
  const count = (chunk.byteLength - start) / ((names.length + 1) * WORD)
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`expected whole points of ${names.length} values, got ${chunk.byteLength} bytes`)
  }
  return Array.from({ length: count }, (_, index) => {
    const values: Record<string, number> = {}
    names.forEach((name, column) => {
      const offset = start + ((column + 1) * count + index) * WORD
      if (view.getBigUint64(offset, true) !== MISSING) values[name] = view.getFloat64(offset, true)
    })
    const at = view.getFloat64(start + index * WORD, true)
    if (!Number.isSafeInteger(at)) throw new RangeError(`expected whole numbers as places, got ${at}`)
    return { at, values }
  })
}

const viewOf = (chunk: Uint8Array) => new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
