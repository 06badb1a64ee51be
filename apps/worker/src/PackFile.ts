import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Where the system knows it: a link in the place of a pack is not written through. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0

/**
 * Appends to a file that holds many. What lies there never changes: an append that broke off is overwritten by the next, since nothing lists it.
 */
export class PackFile {
  readonly number: number
  #length = 0

  constructor(number: number) {
    this.number = number
  }

  /** Bytes that stand. */
  get length(): number {
    return this.#length
  }

  /** Writes contents one behind the other, and resolves once they stand on the disk. */
  async append(path: string, contents: readonly Uint8Array[]): Promise<void> {
    const isNew = this.#length === 0
    const file = await open(path, constants.O_RDWR | NO_FOLLOW | (isNew ? constants.O_CREAT | constants.O_TRUNC : 0))
    let end = this.#length
    try {
      for (const content of contents) {
        await writeAt(file, content, end)
        end += content.length
      }
      await file.datasync()
    } finally {
      await file.close()
    }
    // The name of a new file is an entry of its folder.
    if (isNew) await syncFolder(dirname(path))
    this.#length = end
  }
}

async function writeAt(file: FileHandle, content: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < content.length; ) {
    written += (await file.write(content, written, content.length - written, position + written)).bytesWritten
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders.
  const folder = await open(path, 'r').catch(() => undefined)
  try {
    await folder?.sync().catch(() => undefined)
  } finally {
    await folder?.close()
  }
}
