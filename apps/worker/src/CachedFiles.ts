import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cachedFileName, readCachedFileName } from '@hourglass/protocol'
import { hashOf } from './hashOf.js'
import { writeAtomically } from './writeAtomically.js'

export interface CachedFilesOptions {
  readonly folder: string
  /** Kind of the files, without a dot. */
  readonly extension: string
  /** Told what is wrong with a file that is not used, and where one cannot be kept. */
  readonly onProblem?: (problem: string) => void
}

/** Files that are kept so that they need not be made again. Their names hold the SHA-256 of their content: one that is not what was written is made anew. */
export class CachedFiles {
  readonly #options: Required<CachedFilesOptions>

  constructor({ onProblem = () => undefined, ...options }: CachedFilesOptions) {
    this.#options = { onProblem, ...options }
  }

  /** Reads what is kept of a key, or makes and keeps it. Whatever `read` throws, the file is not used. */
  async use<Value>(key: string, { read, make, write }: CachedValue<Value>): Promise<Value> {
    const { folder, onProblem } = this.#options
    const unusable: string[] = []
    for (const name of await this.#namesOf(key)) {
      try {
        return read(await this.#readWhole(name))
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        // Somebody else has replaced it meanwhile.
        if (code === 'ENOENT') continue
        onProblem(`${name}: ${message} It is made anew.`)
        unusable.push(name)
      }
    }
    const value = await make()
    try {
      for (const name of unusable) await rm(join(folder, name), { recursive: true, force: true })
      await this.keep(key, write(value))
    } catch (error) {
      onProblem(`${key}.${this.#options.extension} cannot be kept (${String(error)}): it is made again by whoever needs it next.`)
    }
    return value
  }

  /** Keeps a file; returns its name. */
  async keep(key: string, content: Uint8Array): Promise<string> {
    const { folder, extension } = this.#options
    const name = cachedFileName({ key, sha256: hashOf(content), extension })
    await writeAtomically(join(folder, name), content)
    return name
  }

  /** Names what may be kept of a key; early versions wrote files without a hash. */
  async #namesOf(key: string): Promise<string[]> {
    const { folder, extension, onProblem } = this.#options
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code !== 'ENOENT') onProblem(`${folder} cannot be read (${error.message}): what is kept there is made anew.`)
      return []
    })
    return names.filter((name) => {
      const read = readCachedFileName(name)
      return read ? read.key === key && read.extension === extension : name === `${key}.${extension}`
    })
  }

  async #readWhole(name: string): Promise<Uint8Array> {
    const content = await readFile(join(this.#options.folder, name))
    const expected = readCachedFileName(name)?.sha256
    if (expected === undefined) throw new TypeError('expected a name with the SHA-256 of its content, got none.')
    const got = hashOf(content)
    if (got === expected) return content
    throw new TypeError(
      `expected the content that was written (SHA-256 ${expected.slice(0, 12)}…), got other bytes (${got.slice(0, 12)}…).`,
    )
  }
}

/** How something that is kept is read, made and written. */
export interface CachedValue<Value> {
  readonly read: (content: Uint8Array) => Value
  readonly make: () => Promise<Value>
  readonly write: (value: Value) => Uint8Array
}
