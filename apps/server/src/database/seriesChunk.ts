import { brotliCompressSync, brotliDecompressSync, constants, crc32 } from 'node:zlib'
import type { Read } from '@hourglass/protocol'
import { z } from 'zod'
import { type Cell, decodeColumn, encodeColumn } from './chunkColumns.js'
import type { SeriesPoint } from './SeriesPoint.js'

/**
 * A chunk is, little-endian: the letters `HGS` and a byte for the version; uint32 CRC-32 of all that follows; uint32 length of the header; the header, a JSON
 * list of names, padded with spaces so that what follows begins at a multiple of 8 bytes; for each point its place, float64, exact to 2^53; then for each
 * name the values of all points, float64. A value that is missing is a NaN whose lowest bit is set. That is version 2. In version 3 what follows the CRC-32
 * is compressed by Brotli. In version 4 the header is a JSON list of the number of points and the names, and the columns, places first, follow as encodeColumn lays
 * them out.
 *
 * Version 1 begins with the length of the header. Padding makes that 4 more than a multiple of 8, which no `H` (0x48) is: so it is told apart.
 */
const VERSION = 4
/** The version whose numbers lie one behind the other when they are compressed. */
const WHOLE_NUMBERS = 3
/** The version that is not compressed. */
const PLAIN = 2
const LETTERS = [0x48, 0x47, 0x53]
/** Where what the CRC-32 is of begins, from version 2 on. */
const BODY = 8
/** A chunk is written anew with every point: one of more bytes is not compressed, which would take longer than all else. */
const MOST_COMPRESSED = 64 * 1024
/** More than any chunk takes, in bytes: what comes in an archive must not grow without bound. */
const MOST_BYTES = 4 * 1024 ** 2
/** Nearly as small as with the highest quality, in a hundredth of the time. */
const COMPRESSION = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
const MISSING = 0x7ff8000000000001n
const WORD = 8

const namesSchema = z.array(z.string())
const headerSchema = z.tuple([z.int().min(1)], z.string())

/** Encodes points in ascending order of their places; at most 8 bytes for each value. */
export function encodeChunk(points: readonly SeriesPoint[]): Uint8Array<ArrayBuffer> {
  const names = [...new Set(points.flatMap(({ values }) => Object.keys(values)))]
  if ((names.length + 1) * points.length * WORD > MOST_COMPRESSED) return seal(PLAIN, encodePlain(names, points))
  const header = new TextEncoder().encode(JSON.stringify([points.length, ...names]))
  const length = new Uint8Array(4)
  viewOf(length).setUint32(0, header.length, true)
  const columns = [points.map(({ at }) => at), ...names.map((name) => points.map(({ values }) => cellOf(values, name)))]
  return seal(VERSION, brotliCompressSync(Buffer.concat([length, header, ...columns.map(encodeColumn)]), COMPRESSION))
}

/** Names are anybody's: `toString` is one of every object. */
const cellOf = (values: SeriesPoint['values'], name: string): Cell => (Object.hasOwn(values, name) ? values[name] : undefined)

function encodePlain(names: readonly string[], points: readonly SeriesPoint[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(names))
  const start = Math.ceil((4 + json.length) / WORD) * WORD
  const body = new Uint8Array(start + (names.length + 1) * points.length * WORD)
  const view = viewOf(body)
  view.setUint32(0, start - 4, true)
  body.fill(0x20, 4, start)
  body.set(json, 4)
  points.forEach(({ at }, index) => {
    view.setFloat64(start + index * WORD, at, true)
  })
  names.forEach((name, column) => {
    points.forEach(({ values }, index) => {
      const offset = start + ((column + 1) * points.length + index) * WORD
      const value = cellOf(values, name)
      if (value === undefined) view.setBigUint64(offset, MISSING, true)
      else view.setFloat64(offset, value, true)
    })
  })
  return body
}

function seal(version: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(BODY + body.length)
  chunk.set([...LETTERS, version])
  viewOf(chunk).setUint32(4, crc32(body), true)
  chunk.set(body, BODY)
  return chunk
}

/** Reads the points of a chunk; says why where it is damaged or of a version that is not known here. */
export function readChunk(chunk: Uint8Array): Read<readonly SeriesPoint[]> {
  try {
    const version = versionOf(chunk)
    if (version > VERSION) {
      return { problem: `expected version 1 to ${VERSION}, got ${version}. A newer Hourglass wrote it; update this one to read it.` }
    }
    const body = bodyOf(chunk, version)
    return { value: version > WHOLE_NUMBERS ? decodeColumns(body) : decodePoints(body) }
  } catch (error) {
    return { problem: `it is damaged: ${error instanceof RangeError ? error.message : 'expected a list of names, got something else'}` }
  }
}

function bodyOf(chunk: Uint8Array, version: number): Uint8Array {
  if (version === 1) return chunk
  const body = chunk.subarray(BODY)
  return version === PLAIN ? body : brotliDecompressSync(body, { maxOutputLength: MOST_BYTES })
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
  if (version <= VERSION && (chunk.length < BODY || view.getUint32(4, true) !== crc32(chunk.subarray(BODY)))) {
    throw new RangeError('expected bytes of its checksum, got others')
  }
  return version
}

function decodeColumns(body: Uint8Array): readonly SeriesPoint[] {
  const start = 4 + viewOf(body).getUint32(0, true)
  const [count, ...names] = headerSchema.parse(JSON.parse(new TextDecoder().decode(body.subarray(4, start))))
  const places = decodeColumn(body, start, count)
  const points = places.cells.map((at) => ({ at: placeOf(at), values: {} as Record<string, number> }))
  let { end } = places
  for (const name of names) {
    const column = decodeColumn(body, end, count)
    end = column.end
    column.cells.forEach((cell, index) => {
      const values = points[index]?.values
      if (cell !== undefined && values) values[name] = cell
    })
  }
  return points
}

function decodePoints(body: Uint8Array): readonly SeriesPoint[] {
  const view = viewOf(body)
  const start = 4 + view.getUint32(0, true)
  const names = namesSchema.parse(JSON.parse(new TextDecoder().decode(body.subarray(4, start))))
  const count = (body.byteLength - start) / ((names.length + 1) * WORD)
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`expected whole points of ${names.length} values, got ${body.byteLength} bytes`)
  }
  return Array.from({ length: count }, (_, index) => {
    const values: Record<string, number> = {}
    names.forEach((name, column) => {
      const offset = start + ((column + 1) * count + index) * WORD
      if (view.getBigUint64(offset, true) !== MISSING) values[name] = view.getFloat64(offset, true)
    })
    return { at: placeOf(view.getFloat64(start + index * WORD, true)), values }
  })
}

function placeOf(at: Cell): number {
  if (Number.isSafeInteger(at)) return at as number
  throw new RangeError(`expected whole numbers as places, got ${at}`)
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
