const SIGNATURE_BYTES = 8
const KEYWORD_BYTES = 79
const encoder = new TextEncoder()

/**
 * Adds texts to a PNG image, each as an uncompressed iTXt chunk under its keyword, right after the header (PNG specification, 11.3.4.5).
 * Throws a RangeError where the bytes are no PNG or a keyword is not 1 to 79 printable ASCII characters.
 */
export function addPngText(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  if (!SIGNATURE.every((byte, index) => png[index] === byte)) throw new RangeError('expected a PNG image, got other bytes')
  const chunks = Object.entries(texts).map(([keyword, text]) => writeChunk('iTXt', textData(keyword, text)))
  const header = SIGNATURE_BYTES + chunkBytes(new DataView(png.buffer, png.byteOffset).getUint32(SIGNATURE_BYTES))
  const joined = new Uint8Array(png.length + chunks.reduce((total, { length }) => total + length, 0))
  joined.set(png.subarray(0, header))
  let at = header
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  joined.set(png.subarray(header), at)
  return joined
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Keyword, no compression, no language, no translated keyword, text. */
function textData(keyword: string, text: string): Uint8Array {
  if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(keyword) || keyword.length > KEYWORD_BYTES) {
    throw new RangeError(`PNG keyword: expected 1 to ${KEYWORD_BYTES} printable ASCII characters, got ${JSON.stringify(keyword)}`)
  }
  return encoder.encode(`${keyword}\0\0\0\0\0${text}`)
}

function chunkBytes(dataBytes: number): number {
  return 4 + 4 + dataBytes + 4
}

/** Length, type, data, and the check sum over type and data. */
function writeChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(chunkBytes(data.length))
  const view = new DataView(chunk.buffer)
  view.setUint32(0, data.length)
  chunk.set(encoder.encode(type), 4)
  chunk.set(data, 8)
  view.setUint32(8 + data.length, checkSum(chunk.subarray(4, 8 + data.length)))
  return chunk
}

/** CRC-32 (ISO 3309) of each byte value. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function checkSum(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (value >>> 8) ^ (remainders[(value ^ byte) & 0xff] ?? 0)
  return (value ^ 0xffffffff) >>> 0
}
