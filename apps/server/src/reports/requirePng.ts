import { crc32, createInflate } from 'node:zlib'
import { errorCodes, HourglassError } from '../HourglassError.js'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Length, type and check sum of a chunk. */
const AROUND_DATA = 12
const HEADER_BYTES = 13
const LONGEST_SIDE = 16_384
/** Pixels of the largest image: what a browser decodes of it takes four bytes each. */
const MOST_PIXELS = 64_000_000
/** Inflated at a time, in bytes: pixels are counted and not kept, of which a small file may have half a gigabyte. */
const PIECE = 256 * 1024
/** More than any browser writes. */
const MOST_CHUNKS = 10_000
/** Samples of a pixel by the type of its colour (PNG specification, 11.2.1). */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/**
 * Checks that bytes are one whole PNG image and nothing else: each chunk with its check sum, pixels as many as the header says, and nothing behind the end.
 * Throws BAD_USER_INPUT with what is wrong.
 */
export async function requirePng(png: Buffer): Promise<ImageSize> {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw refusal('got other bytes')
  const chunks = readChunks(png)
  const [header] = chunks
  if (header?.type !== 'IHDR' || header.data.length !== HEADER_BYTES) throw refusal('it does not begin with its header')
  const size = { width: header.data.readUInt32BE(0), height: header.data.readUInt32BE(4) }
  const [depth = 0, colour = -1, , , interlace] = header.data.subarray(8)
  const { width, height } = size
  const channels = samples[colour]
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(depth) || interlace !== 0) {
    throw refusal('its pixels are laid out in another way than browsers write them')
  }
  if (Math.min(width, height) < 1 || Math.max(width, height) > LONGEST_SIDE || width * height > MOST_PIXELS) {
    throw refusal(
      `at most ${LONGEST_SIDE} pixels a side and ${MOST_PIXELS.toLocaleString('en')} in all are kept, got ${width} by ${height}`,
    )
  }
  const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
  const expected = height * (1 + Math.ceil((width * channels * depth) / 8))
  if ((await countInflated(packed, expected)) !== expected) throw refusal(`its pixels are not those of an image of ${width} by ${height}`)
  return size
}

/** Counts what deflated bytes come to; no further than just beyond `most`, and null where they are damaged. */
async function countInflated(packed: readonly Buffer[], most: number): Promise<number | null> {
  const inflating = createInflate({ chunkSize: PIECE })
  inflating.end(Buffer.concat(packed))
  let bytes = 0
  try {
    for await (const piece of inflating) {
      bytes += (piece as Buffer).length
      if (bytes > most) break
    }
    return bytes
  } catch {
    return null
  }
}

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

function readChunks(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = []
  let at = SIGNATURE.length
  while (chunks.at(-1)?.type !== 'IEND') {
    if (at + AROUND_DATA > png.length) throw refusal('it ends in the middle')
    if (chunks.length === MOST_CHUNKS) throw refusal('it has more parts than browsers write')
    const length = png.readUInt32BE(at)
    const end = at + AROUND_DATA + length
    if (end > png.length) throw refusal('it ends in the middle')
    if (crc32(png.subarray(at + 4, end - 4)) !== png.readUInt32BE(end - 4)) throw refusal('a check sum in it is wrong')
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end - 4) })
    at = end
  }
  if (at !== png.length) throw refusal('something stands behind its end')
  return chunks
}

const refusal = (what: string) => new HourglassError(errorCodes.badUserInput, `image: expected a whole PNG image, but ${what}.`)
