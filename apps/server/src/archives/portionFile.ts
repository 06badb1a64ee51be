import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { deserialize, serialize } from 'node:v8'
import { type Portion, portionSchema } from './ArchiveRows.js'

const LENGTH_BYTES = 4
/** More than what is put into a portion and the largest row together. */
const MOST_BYTES = 32 * 1024 ** 2

/** Writes portions one behind the other, each with its length before it (uint32, little-endian). */
export async function writePortions(path: string, portions: Iterable<Portion>): Promise<void> {
  await pipeline(encode(portions), createWriteStream(path))
}

function* encode(portions: Iterable<Portion>): Generator<Buffer> {
  for (const portion of portions) {
    const bytes = serialize(portion)
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32LE(bytes.length)
    yield length
    yield bytes
  }
}

/** Reads one portion after another, and holds one at a time. */
export async function* readPortions(path: string): AsyncGenerator<Portion> {
  const file = await open(path)
  try {
    for (;;) {
      const { buffer: head, bytesRead } = await file.read(Buffer.alloc(LENGTH_BYTES))
      if (bytesRead === 0) return
      const length = head.readUInt32LE()
      if (length > MOST_BYTES) throw new RangeError(`${path}: expected portions of at most ${MOST_BYTES} bytes, got one of ${length}`)
      const { buffer } = await file.read(Buffer.alloc(length))
      yield portionSchema.parse(deserialize(buffer))
    }
  } finally {
    await file.close()
  }
}
