import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { LRUCache } from 'lru-cache'
import type { StoredFile } from './StoredFile.js'

export type HashedPart = Pick<StoredFile, 'path' | 'offset' | 'bytes'>

/** Files whose content was found to be what was written; hashed again when they change. */
const MOST_KNOWN = 10_000
/** And after so many milliseconds: of what a disk loses, the file system knows nothing. */
const KNOWN_FOR = 60_000
/** Bytes that are hashed at a time, in about a millisecond. */
const PIECE = 512 * 1024

/** Knows the SHA-256 of files, or of parts of them, as long as they do not change, and a minute at most. */
export class FileHashes {
  readonly #whole = new LRUCache<string, Uint8Array>({ max: MOST_KNOWN, ttl: KNOWN_FOR })
  readonly #hashing = new Map<string, Promise<Buffer>>()

  /** Hashes what lies at a path, once where it is what was expected; rejects where it cannot be read. */
  async of(part: HashedPart, expected: Uint8Array): Promise<Uint8Array> {
    // Whoever changes a file may give it its old time and size, but not when that was done.
    const { ino, ctimeMs, size } = await stat(part.path)
    const key = [part.path, part.offset, part.bytes, ino, ctimeMs, size].join('\n')
    const known = this.#whole.get(key)
    if (known) return known
    const hash = await this.#hash(part, key)
    if (hash.equals(expected)) this.#whole.set(key, hash)
    return hash
  }

  /** Hashes a piece at a time, once for all who ask meanwhile. */
  #hash(part: HashedPart, key: string): Promise<Buffer> {
    const shared = this.#hashing.get(key)
    if (shared) return shared
    const hashing = hashPart(part).finally(() => this.#hashing.delete(key))
    this.#hashing.set(key, hashing)
    return hashing
  }
}

/** Computes the SHA-256 of what lies at a path. */
export async function hashPart({ path, offset, bytes }: HashedPart): Promise<Buffer> {
  const hash = createHash('sha256')
  // An empty file has no last byte.
  const range = bytes > 0 ? { start: offset, end: offset + bytes - 1 } : {}
  await pipeline(createReadStream(path, { highWaterMark: PIECE, ...range }), hash)
  return hash.digest()
}
