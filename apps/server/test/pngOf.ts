import { crc32, deflateSync } from 'node:zlib'

interface PngParts {
  /** What the header says, where it is to say something else than the pixels. */
  readonly width?: number
  /** What stands for the pixels. */
  readonly packed?: Buffer
}

/** Writes a grey image by the specification, or one that does not hold to it. */
export function pngOf(width: number, height: number, { width: said = width, packed = pixelsOf(width, height) }: PngParts = {}): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(said, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))])
}

function pixelsOf(width: number, height: number): Buffer {
  return deflateSync(Buffer.concat(Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(width, 128)]))))
}

function chunk(type: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(12 + data.length)
  whole.writeUInt32BE(data.length, 0)
  whole.write(type, 4, 'latin1')
  data.copy(whole, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length)
  return whole
}
