import { z } from 'zod'
import type { SeriesPoint } from './SeriesPoint.js'

/**
 * A chunk is, little-endian: uint32 length of the header; the header, a JSON list of names, padded with spaces to 8 bytes; for each point its place,
 * float64, exact to 2^53; then for each name the values of all points, float64. A value that is missing is a NaN whose lowest bit is set.
 */
const MISSING = 0x7ff8000000000001n
const WORD = 8

const namesSchema = z.array(z.string())

/** Encodes points in ascending order of their places; 8 bytes for each value. */
export function encodeChunk(points: readonly SeriesPoint[]): Uint8Array<ArrayBuffer> {
  const names = [...new Set(points.flatMap(({ values }) => Object.keys(values)))]
  const json = new TextEncoder().encode(JSON.stringify(names))
  const start = Math.ceil((4 + json.length) / WORD) * WORD
  const chunk = new Uint8Array(start + (names.length + 1) * points.length * WORD)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, start - 4, true)
  chunk.fill(0x20, 4, start)
  chunk.set(json, 4)
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
  return chunk
}

/** Decodes a chunk; throws where it is none. */
export function decodeChunk(chunk: Uint8Array): readonly SeriesPoint[] {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  const start = 4 + view.getUint32(0, true)
  const names = namesSchema.parse(JSON.parse(new TextDecoder().decode(chunk.subarray(4, start))))
  const count = (chunk.byteLength - start) / ((names.length + 1) * WORD)
  if (!Number.isInteger(count))
    throw new RangeError(`series: expected whole points of ${names.length} values, got ${chunk.byteLength} bytes`)
  return Array.from({ length: count }, (_, index) => {
    const values: Record<string, number> = {}
    names.forEach((name, column) => {
      const offset = start + ((column + 1) * count + index) * WORD
      if (view.getBigUint64(offset, true) !== MISSING) values[name] = view.getFloat64(offset, true)
    })
    return { at: view.getFloat64(start + index * WORD, true), values }
  })
}
