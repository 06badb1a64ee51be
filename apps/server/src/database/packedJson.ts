import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** More than any value that is packed takes, in bytes: what comes in an archive must not grow without bound. */
const MOST_BYTES = 8 * 1024 ** 2
/** First byte of what is packed, which no JSON begins with. */
const PACKED = 1
/** The highest, which takes milliseconds; and one that takes a twentieth of these and leaves a tenth more, for what is written again and again. */
const qualities = { once: 11, often: 5 } as const

/** Packs a value into less than half the bytes that its JSON takes. */
export function packJson(value: unknown, written: keyof typeof qualities = 'once'): Uint8Array<ArrayBuffer> {
  const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_QUALITY]: qualities[written] }
  return Uint8Array.from([PACKED, ...brotliCompressSync(JSON.stringify(value ?? null), { params })])
}

/** Reads what was packed, and what earlier versions stored: JSON, or in a text of JSON what they packed, as base64. Undefined where it is none of these. */
export function unpackJson(stored: Uint8Array, mostBytes = MOST_BYTES): unknown {
  try {
    if (stored[0] === PACKED) return unpack(stored.subarray(1), mostBytes)
    const value: unknown = JSON.parse(Buffer.from(stored).toString())
    return typeof value === 'string' ? unpack(Buffer.from(value, 'base64'), mostBytes) : value
  } catch {
    return undefined
  }
}

function unpack(packed: Uint8Array, maxOutputLength: number): unknown {
  return JSON.parse(brotliDecompressSync(packed, { maxOutputLength }).toString())
}
