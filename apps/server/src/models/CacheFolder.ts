import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { readCachedFileName } from '@hourglass/protocol'
import { FileHashes } from '../artifacts/FileHashes.js'
import type { Log } from '../log.js'

export interface CacheFolderOptions {
  /** Holds the files, and nothing else. */
  readonly folder: string
  /** Kind of the files, without a dot. */
  readonly extension: string
  /** That the files may have together. The one made last is kept however large it is. */
  readonly mostBytes: number
  readonly log: Log
}

/** Files that are made again where they are missing, of which those used last are kept. One that is not what was written is made anew. */
export class CacheFolder {
  readonly #options: CacheFolderOptions
  readonly #hashes = new FileHashes()

  constructor(options: CacheFolderOptions) {
    this.#options = options
  }

  get path(): string {
    return this.#options.folder
  }

  /** Removes what was left unfinished, what nobody could check, and more than may be kept. */
  async sweep(): Promise<void> {
    const { folder } = this.#options
    await mkdir(folder, { recursive: true })
    for (const name of await readdir(folder)) if (!this.#isKept(name)) await this.#remove(name)
    await this.evict('')
  }

  /** Finds the file of a key and marks it as used now; null where it has to be made. One that is not what was written goes. */
  async find(key: string): Promise<string | null> {
    const { folder, log } = this.#options
    for (const name of await readdir(folder)) {
      const read = readCachedFileName(name)
      if (read?.key !== key) continue
      const path = join(folder, name)
      try {
        const { size, mtime } = await stat(path)
        const expected = Buffer.from(read.sha256, 'hex')
        if (!expected.equals(await this.#hashes.of({ path, offset: 0, bytes: size }, expected)))
          throw new TypeError('its content is another')
        // Only the time of use: its content is known by when it was written.
        await utimes(path, new Date(), mtime).catch(() => undefined)
        return path
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue
        log.warn({ err: error, name }, 'cached file is not what was written and is made anew')
        await this.#remove(name)
      }
    }
    return null
  }

  /** Removes the files that were used longest ago until the others are no larger than they may be; one that was just made is kept. */
  async evict(kept: string): Promise<void> {
    const { folder, mostBytes } = this.#options
    const files = await Promise.all(
      (await readdir(folder)).map(async (name) => ({ name, info: await stat(join(folder, name)).catch(() => null) })),
    )
    let total = files.reduce((sum, { info }) => sum + (info?.size ?? 0), 0)
    for (const { name, info } of files.sort((one, other) => (one.info?.atimeMs ?? 0) - (other.info?.atimeMs ?? 0))) {
      if (total <= mostBytes) return
      if (name === kept || !this.#isKept(name)) continue
      await this.#remove(name)
      total -= info?.size ?? 0
    }
  }

  async #remove(name: string): Promise<void> {
    const { folder, log } = this.#options
    await rm(join(folder, name), { recursive: true, force: true }).catch((error: unknown) =>
      log.warn({ err: error, name }, 'cached file cannot be removed'),
    )
  }

  #isKept(name: string): boolean {
    return readCachedFileName(name)?.extension === this.#options.extension
  }
}
